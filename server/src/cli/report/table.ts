import type { Colors } from 'picocolors/types'
import type { ListedRule } from '../rules.ts'
import { painter } from './text.ts'

/** The rules for a person: one line each, and what the marks in it mean. */
export function rulesTable(rules: readonly ListedRule[], colors: Colors): string {
  const widest = (cell: (rule: ListedRule) => string) => Math.max(...rules.map(rule => cell(rule).length))
  const widths = { id: widest(rule => rule.id), severity: widest(rule => rule.severity) }
  const lines = rules.map(({ id, severity, title, fixable, profile }) => {
    const level = painter(severity, colors)(severity.padEnd(widths.severity))
    const fix = fixable ? colors.green('fix') : '   '
    const strict = profile === 'strict' ? colors.dim(' [strict]') : ''
    return `${colors.bold(id.padEnd(widths.id))}  ${level}  ${fix}  ${title}${strict}`
  })
  const legend = [
    `${rules.length} rules; fix: has a fix; [strict]: only in the profile \`strict\``,
    'wif-lint explain ID shows what a rule catches, why it matters and how to mend it',
  ]
  return `${lines.join('\n')}\n\n${legend.join('\n')}\n`
}
