import type { Aspect, Direction } from '../access/change.ts'
import type { ChangeReport, ReportedChange } from './access-report.ts'

/** What each direction means, in a few words. */
export const DIRECTIONS: Record<Direction, string> = {
  wider: 'wider',
  other: 'lets in others',
  unclear: 'changed, and cannot be compared',
  narrower: 'narrower',
}

const WHOLE: Partial<Record<Aspect, string>> = {
  added: 'added',
  removed: 'removed',
  archived: 'archived',
  restored: 'no longer archived',
}

/** What came or went as a whole, in a word; undefined for a change of a field. */
export function wholeWord({ aspect }: ReportedChange): string | undefined {
  return WHOLE[aspect]
}

/** What it all comes to, in one line. */
export function summaryLine({ summary }: ChangeReport): string {
  const { wider, other, unclear, narrower, newlyAdmitted, noLongerAdmitted } = summary
  const parts = [
    wider > 0 && `${wider} wider`,
    other > 0 && `${other} letting in others`,
    unclear > 0 && `${unclear} that cannot be compared`,
    narrower > 0 && `${narrower} narrower`,
  ].filter(part => part !== false)
  if (parts.length === 0) return 'Who gets in has not changed'
  const workloads = `${newlyAdmitted} newly admitted, ${noLongerAdmitted} no longer`
  return `${parts.join(', ')}; workloads: ${workloads}`
}
