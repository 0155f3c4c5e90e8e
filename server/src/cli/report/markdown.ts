import type { Severity } from '../../lint/rule.ts'
import { count } from '../../text/count.ts'
import { cellCode, code, sentence } from '../../text/markdown.ts'
import { printable } from '../../text/printable.ts'
import type { Io } from '../io.ts'
import type { Report, ReportedFinding } from './report.ts'
import { countsOf } from './text.ts'

/** What a comment on GitHub may hold (65,536 characters), less some room for what others put around it. */
const MAX_LENGTH = 60_000

const MARKS: Record<Severity, string> = { error: '🔴', warning: '🟠', info: '🔵', hint: '🔵' }

/**
 * The report for a comment on a pull request: a table of the files, and behind each file its findings, folded. What
 * files say is shown as code or escaped: it makes no link, no mention, no HTML.
 */
export function markdownReport(report: Report, env: Io['env']): string {
  const { findings } = report
  const head = `### WIF Policy Linter: ${findings.length === 0 ? 'no findings' : countsOf(report).split(' (', 1)[0]}\n`
  const files = [...new Set(findings.map(({ file }) => file))]
  if (files.length === 0) return `${head}\n${checked(report)}\n`
  const linkTo = linkMaker(env)
  const blocks = files.map(file =>
    details(
      file,
      findings.filter(each => each.file === file),
      linkTo,
    ),
  )
  const table = tableOf(files, findings)
  const { safe } = report.fixable
  const foot = [
    checked(report),
    ...(safe > 0 ? [`${count(safe, 'finding')} can be mended with \`wif-lint --fix\`.`] : []),
    '`wif-lint explain ID` shows what a rule catches and why.',
  ].join(' ')

  let length = head.length + table.length + foot.length
  const shown = blocks.filter(block => {
    length += block.length
    return length <= MAX_LENGTH
  })
  const left = blocks.length - shown.length
  const rest = left > 0 ? [`${count(left, 'more file')} with findings: see the log of this run.`] : []
  // With very many files, not even the table has room.
  const parts = [head, table.length < MAX_LENGTH / 2 ? table : '', ...shown, ...rest, foot]
  return `${parts.filter(Boolean).join('\n')}\n`
}

function checked({ summary, ofFederation }: Report): string {
  return `Checked ${count(summary.files, 'file')}, ${ofFederation || 'none'} of federation.`
}

function tableOf(files: readonly string[], findings: readonly ReportedFinding[]): string {
  const rows = files.map(file => {
    const of = (...severities: Severity[]) =>
      findings.filter(each => each.file === file && severities.includes(each.severity)).length || ''
    return `| ${cellCode(file)} | ${of('error')} | ${of('warning')} | ${of('info', 'hint')} |`
  })
  return ['| file | errors | warnings | infos |', '| --- | --: | --: | --: |', ...rows, ''].join('\n')
}

function details(file: string, findings: readonly ReportedFinding[], linkTo: LinkMaker): string {
  const items = findings.map(({ severity, rule, line, message, fixes, related }) => {
    const more = [
      ...related.map(other => `${place(other.file, other.line, linkTo)}: ${sentence(other.message)}`),
      ...fixes.map(({ title, safe }) => `${safe ? '`--fix`' : 'fix'}: ${sentence(title)}`),
    ]
    const first = `- ${MARKS[severity]} ${severity}, ${place(file, line, linkTo)}: ${sentence(message)} (\`${rule}\`)`
    return [first, ...more.map(each => `  - ${each}`)].join('\n')
  })
  // The summary is HTML, and Markdown begins again only after an empty line.
  return `<details><summary><code>${html(file)}</code>: ${count(findings.length, 'finding')}</summary>\n\n${items.join('\n')}\n\n</details>\n`
}

type LinkMaker = (file: string, line: number) => string | undefined

/** Links to a line of the commit that is checked, where the environment of GitHub Actions or GitLab CI says which. */
function linkMaker(env: Io['env']): LinkMaker {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_SHA, CI_PROJECT_URL, CI_COMMIT_SHA } = env
  const root =
    GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_SHA
      ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/${GITHUB_SHA}`
      : CI_PROJECT_URL && CI_COMMIT_SHA && `${CI_PROJECT_URL}/-/blob/${CI_COMMIT_SHA}`
  return (file, line) =>
    root && !file.startsWith('../') ? `${root}/${file.split('/').map(encoded).join('/')}#L${line}` : undefined
}

function place(file: string, line: number, linkTo: LinkMaker): string {
  const shown = code(`${file}:${line}`)
  const link = linkTo(file, line)
  return link === undefined ? shown : `[${shown}](${link})`
}

/** `encodeURIComponent` leaves parentheses, which end a link. */
function encoded(part: string): string {
  return encodeURIComponent(part).replace(/[()*'!]/g, mark => `%${mark.charCodeAt(0).toString(16)}`)
}

function html(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return printable(text).replace(/[&<>"]/g, mark => entities[mark] ?? mark)
}
