import { createHash } from 'node:crypto'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type {
  ArtifactChange,
  ArtifactLocation,
  Invocation,
  Log,
  Notification,
  Region,
  ReportingDescriptor,
  Result,
} from 'sarif'
import { CLASS_SEVERITY, type LintRule, type Severity } from '../../lint/rule.ts'
import { mapBounded } from '../../node/pool.ts'
import { rules } from '../../rules/index.ts'
import { printableJson } from '../../text/printable.ts'
import { displayName, type Told } from '../gather.ts'
import type { Io } from '../io.ts'
import { OTHER_FINDINGS } from '../other-findings.ts'
import { readPage } from '../pages.ts'
import { plainText, prose, summary } from './prose.ts'
import type { Change, Report, ReportedFinding, ReportedPlace } from './report.ts'
import type { Run } from './write.ts'

/** Set by the build to the version in package.json. */
declare const __VERSION__: string

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const satisfies Record<
  Severity,
  string
>
const BASE = '%SRCROOT%'

/** The report as a SARIF 2.1.0 log (OASIS), with one run. */
export async function sarifReport(report: Report, run: Run, { pages, cwd }: Io): Promise<string> {
  const descriptors = [
    ...(await mapBounded(rules, rule => describe(rule, pages))),
    ...[...OTHER_FINDINGS].map(([id, text]) => describeOther(id, text)),
  ]
  const indexes = new Map(descriptors.map(({ id }, i) => [id, i]))
  const fingerprint = fingerprints(report)
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'WIF Policy Linter',
            version: __VERSION__,
            semanticVersion: __VERSION__,
            rules: descriptors,
          },
        },
        invocations: [invocation(run, cwd)],
        originalUriBaseIds: { [BASE]: { uri: folderUri(run.base) } },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        results: report.findings.map(finding => ({
          ...result(finding, report, run.base),
          ruleIndex: indexes.get(finding.rule) ?? -1,
          partialFingerprints: { 'wif/v1': fingerprint(finding) },
        })),
      },
    ],
  }
  return printableJson(log)
}

async function describe(rule: LintRule, pages: string): Promise<ReportingDescriptor> {
  const { id, title, since } = rule
  const page = await readPage(pages, id)
  const text = prose(page)
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: title },
    fullDescription: { text: plainText(summary(page)) },
    help: { text: plainText(text), markdown: text },
    // The page of the installed version, as in the editor.
    helpUri: pathToFileURL(join(pages, `${id}.md`)).href,
    defaultConfiguration: { level: LEVELS[CLASS_SEVERITY[rule.class]], enabled: rule.profile !== 'strict' },
    properties: {
      class: rule.class,
      since,
      tags: rule.class === 'over-broad' ? ['security'] : ['correctness'],
    },
  }
}

function describeOther(id: string, markdown: string): ReportingDescriptor {
  const text = plainText(markdown)
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: text.split(/(?<=\.) /, 1)[0] ?? text },
    fullDescription: { text },
    help: { text, markdown },
    defaultConfiguration: { level: id.startsWith('config/') ? 'warning' : 'error' },
    properties: { tags: ['correctness'] },
  }
}

/** `match/tenant-wide` as `MatchTenantWide`: SARIF's names are identifiers. */
function nameOf(id: string): string {
  return id.replace(/(?:^|[/-])(\w)/g, (_, letter: string) => letter.toUpperCase())
}

const EXITS = ['nothing at or above the fail level', 'findings', 'an input could not be read']

function invocation({ base, exitCode, failures, notes }: Run, cwd: string): Invocation {
  const notified = (level: Notification.level, { path, reason }: Told): Notification => {
    const at = path === undefined ? undefined : named(displayName(path, base), base)
    return {
      level,
      message: { text: reason },
      ...(at && { locations: [{ physicalLocation: { artifactLocation: at } }] }),
    }
  }
  return {
    executionSuccessful: failures.length === 0,
    exitCode,
    exitCodeDescription: EXITS[exitCode] ?? '',
    workingDirectory: { uri: folderUri(cwd) },
    toolExecutionNotifications: [
      ...failures.map(told => notified('error', told)),
      ...notes.map(told => notified('note', told)),
    ],
  }
}

function folderUri(path: string): string {
  return `${pathToFileURL(path).href.replace(/\/$/, '')}/`
}

function result(finding: ReportedFinding, report: Report, base: string): Result {
  const { rule, severity, message, related, fixes } = finding
  const changes = report.changesOf(finding)
  const offered = fixes.flatMap(({ title, safe }, i) => {
    const artifactChanges = changed(changes[i] ?? [], base)
    return artifactChanges.length > 0
      ? { description: { text: title }, artifactChanges, properties: { safe } }
      : []
  })
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: withoutLinks(message) },
    locations: [
      { physicalLocation: { artifactLocation: named(finding.file, base), region: region(finding) } },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ file, line, column, message }, id) => ({
        id,
        physicalLocation: {
          artifactLocation: named(file, base),
          region: { startLine: line, startColumn: column },
        },
        message: { text: withoutLinks(message) },
      })),
    }),
    ...(offered.length > 0 && { fixes: offered }),
  }
}

function changed(changes: readonly Change[], base: string): ArtifactChange[] {
  const files = new Set(changes.map(({ file }) => file))
  return [...files].map(file => ({
    artifactLocation: named(file, base),
    replacements: changes
      .filter(change => change.file === file)
      .map(change => ({ deletedRegion: region(change), insertedContent: { text: change.text } })),
  }))
}

function region({ line, column, endLine, endColumn }: ReportedPlace): Region {
  return { startLine: line, startColumn: column, endLine, endColumn }
}

/** A file by its name in the report; one that lies outside of the base, where it is on this machine. */
function named(name: string, base: string): ArtifactLocation {
  if (isAbsolute(name) || name.startsWith('../')) return { uri: pathToFileURL(resolve(base, name)).href }
  return { uri: name.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE }
}

/** What the text quotes from files may look like one of SARIF's links, which viewers let people click. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (')
}

/**
 * Tells a finding again when lines move: by its rule and the text of its line, and by its number where that is there
 * more than once. (GitHub's own `primaryLocationLineHash` is added by its upload action, which warns of any other.)
 */
function fingerprints(report: Report): (finding: ReportedFinding) => string {
  const seen = new Map<string, number>()
  return ({ rule, file, line }) => {
    const text = report.sourceLine(file, line).trim()
    const hash = createHash('sha256').update(`${rule}\n${text}`).digest('hex').slice(0, 32)
    const key = `${file}\n${hash}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return `${hash}:${count}`
  }
}
