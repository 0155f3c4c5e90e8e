import { count } from '../text/count.ts'
import { cellCode, code } from '../text/markdown.ts'
import type { Admission, ChangeReport, ListReport, Located, ReportedDifference } from './access-report.ts'
import { DIRECTIONS, summaryLine, wholeWord } from './access-words.ts'

/** A comment on GitHub has room for 65536 characters; what does not fit is counted. */
const MOST_LISTED = 15
const MOST_DETAILED = 30

/** Whom each rule admits, as a table. */
export function listMarkdown({ rules, summary }: ListReport): string {
  const rows = rules.map(({ title, file, line, target, scope, archived, admits }) => {
    const who = archived ? 'archived' : admits.length === 0 ? 'nobody' : short(admits)
    const gives = [target, scope].filter(each => each !== null).map(cellCode)
    return `| ${cellCode(title)} | ${cellCode(`${file}:${line}`)} | ${gives.join(' ')} | ${who} |`
  })
  return lines(
    '### Who gets in',
    '',
    `${count(summary.rules, 'rule')}, ${summary.admitted} of ${summary.workloads} workloads admitted`,
    ...(rows.length > 0
      ? ['', '| Rule | File | Gives | Admits |', '| --- | --- | --- | --- |', ...rows]
      : []),
  )
}

/** What has changed, as a comment on a pull request: what was widened first. */
export function changesMarkdown(report: ChangeReport): string {
  const { changes, since, widened } = report
  const verdict = { yes: '**Access has widened.** ', maybe: '**Access may have widened.** ', no: '' }[widened]
  const more = changes.length - MOST_DETAILED
  return lines(
    '### Who gets in: what changes',
    '',
    `${verdict}${summaryLine(report)}, since ${code(since.revision)} (${code(since.commit.slice(0, 12))})`,
    ...changes.slice(0, MOST_DETAILED).flatMap(difference),
    ...(more > 0 ? ['', `and ${more} more`] : []),
  )
}

function difference(each: ReportedDifference): string[] {
  const { kind, title, file, line, direction, changes, newlyAdmits, noLongerAdmits } = each
  const whole = changes.flatMap(change => wholeWord(change) ?? [])
  const fields = changes.filter(change => wholeWord(change) === undefined)
  const head = `#### ${direction === 'narrower' ? '➖' : '⚠️'} ${kind} ${code(title)}: ${[...whole, DIRECTIONS[direction]].join(', ')}`
  return [
    '',
    head,
    '',
    code(`${file}:${line}`),
    ...(fields.length > 0 ? ['', '| Field | Before | After | Effect |', '| --- | --- | --- | --- |'] : []),
    ...fields.map(
      ({ field, before, after, direction: own }) =>
        `| ${cellCode(field ?? '')} | ${value(before)} | ${value(after)} | ${DIRECTIONS[own]} |`,
    ),
    ...list('Newly admits', newlyAdmits),
    ...list('No longer admits', noLongerAdmits),
  ]
}

function list(heading: string, of: readonly Admission[]): string[] {
  if (of.length === 0) return []
  const more = of.length - MOST_LISTED
  return [
    '',
    `**${heading}**`,
    '',
    ...of.slice(0, MOST_LISTED).map(each => `- ${admission(each)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ]
}

function short(of: readonly Admission[]): string {
  const more = of.length - MOST_LISTED
  const named = of
    .slice(0, MOST_LISTED)
    .map(({ title, how }) => `${cellCode(title)}${how === 'possible' ? ' ?' : ''}`)
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('<br>')
}

function admission({ title, subject, file, line, how }: Admission & Located): string {
  const parts = [code(title), ...(subject === null ? [] : [code(subject)]), `in ${code(`${file}:${line}`)}`]
  return `${parts.join(' ')}${how === 'possible' ? ', possibly' : ''}`
}

function value(text: string | null): string {
  return text === null ? '*nothing*' : cellCode(text)
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`
}
