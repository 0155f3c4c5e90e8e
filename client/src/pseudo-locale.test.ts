import { expect, test, vi } from 'vitest'
import { URI } from 'vscode-uri'
import type { CheckedRule, CheckedStep, TokenReport } from '../../server/src/lsp/token-protocol.ts'

/**
 * The extension in a language without a Latin letter: what is still readable was never given to a translator. All that
 * files, tokens and the server say is without one here, too.
 */

const items = vi.hoisted(
  () => [] as { text?: string; detail?: string; name?: string; command?: { title: string } }[],
)
vi.mock('vscode', () => {
  const translated = (text: string) =>
    text.replace(/\{\d\}|[A-Za-z]/g, part => (part.length > 1 ? part : 'Ж'))
  return {
    l10n: {
      t: (text: string, ...values: unknown[]) =>
        translated(text).replace(/\{(\d)\}/g, (_, i) => String(values[Number(i)])),
    },
    languages: {
      createLanguageStatusItem() {
        items.push({})
        return items.at(-1)
      },
    },
    LanguageStatusSeverity: { Error: 2, Information: 0 },
    workspace: { isTrusted: false, workspaceFolders: [], asRelativePath: () => 'Д' },
    Uri: URI,
  }
})
const { reportPage } = await import('./views/token/report.ts')
const { words } = await import('./views/access-map/strings.ts')
const { createStatusItem } = await import('./status.ts')

const place = {
  uri: 'file:///Д/Д',
  range: { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } },
}
const page = { rule: 'Д', uri: 'wif-rule:/Д' }

const NAMES = [
  'rule',
  'issuer',
  'signature',
  'size',
  'time',
  'lifetime',
  'audience',
  'subject',
  'claims',
  'condition',
  'target',
  'workspace',
  'mint',
] satisfies CheckedStep['step'][]
const RESULTS = ['pass', 'fail', 'unknown', 'skipped'] as const

/** Steps of all kinds, with all that a step can come with. */
const steps = NAMES.flatMap((step, i) =>
  RESULTS.map(result => ({
    step,
    result,
    message: 'Д',
    place,
    page,
    claim: 'Д',
    write: 'Д',
    compare: i % 2 === 0 ? { token: 'ДД', wanted: 'ДЯ', at: 1, hint: 'Д' } : undefined,
    parts: [result, result].map(each => ({ text: 'Д', result: each, message: 'Д', place })),
  })),
) as unknown as CheckedStep[]

function report(verdict: CheckedRule['verdict'], rule: boolean): TokenReport {
  const ids = { rule: undefined, organization: undefined, serviceAccount: undefined, workspace: undefined }
  const ref = { uri: place.uri, index: 0 }
  const checked: CheckedRule = { ref, title: 'Д', place, verdict, message: 'Д', steps, ids }
  return {
    kind: undefined,
    size: 1024,
    now: 1_800_000_000,
    header: { Д: 'Д' },
    claims: { Д: { Д: ['Д', 1, null, true] } },
    rule: rule ? checked : undefined,
    rules: rule ? [checked] : [],
    notes: [{ severity: 'info', message: 'Д', page }],
    redacted: '',
  }
}

/** What people see or hear of markup: the text, and the attributes that are read aloud. */
function perceived(markup: string): string {
  const spoken = [...markup.matchAll(/ (?:aria-label|title|alt|placeholder)="([^"]*)"/g)].map(
    ([, text]) => text,
  )
  const text = markup.replace(/<[^>]+>/g, '\n').replace(/&\w+;/g, '')
  return [text, ...spoken].join('\n')
}

/** The Latin letters in it; of JSON the words of the language itself are the same everywhere. */
function readable(text: string): string[] {
  return [...text.matchAll(/[A-Za-z][\w ]*/g)]
    .map(([found]) => found.trim())
    .filter(found => !/^(null|true)$/.test(found))
}

const handlers = {
  open() {},
  page() {},
  choose() {},
  write() {},
  signature() {},
  draft() {},
  copy() {},
  again() {},
}

test.each(['admitted', 'denied', 'unknown'] as const)('the report of a token that is %s', verdict => {
  for (const rule of [true, false])
    expect(readable(perceived(reportPage(report(verdict, rule), handlers).body.markup))).toEqual([])
})

test.each([
  { is: 'granted', prefix: 'Д', expiresIn: 60, scope: 'Д', requestId: 'Д' },
  { is: 'refused', status: 401, type: 'Д', message: 'Д', requestId: undefined },
  { is: 'failed', sent: true, problem: 'Д' },
  { is: 'failed', sent: false, problem: 'Д' },
])('an exchange: $is', outcome => {
  const exchanged = { outcome, reasons: ['Д'] } as never
  expect(readable(perceived(reportPage(report('denied', true), handlers, exchanged).body.markup))).toEqual([])
})

test('the words of the access map', () => {
  const leaves = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value as object).flatMap(leaves)
  expect(leaves(words()).length).toBeGreaterThan(50)
  expect(leaves(words()).flatMap(readable)).toEqual([])
})

test('the status items, whatever they show', () => {
  const { show } = createStatusItem()
  const seen = new Set<string>()
  for (const state of ['idle', 'starting', 'running', 'stopped'] as const)
    for (const scanning of [true, false])
      for (const documents of [0, 1, 2])
        for (const configuration of [undefined, 'file:///Д']) {
          show({ state, scanning, documents, configuration })
          for (const { text, detail, command, name } of items)
            for (const each of [text, detail, name, command?.title]) if (each !== undefined) seen.add(each)
        }
  // Names of the product and of its files are the same everywhere.
  const names = /WIF Policy Linter|wif-lint\.(json|yaml)/g
  expect([...seen].flatMap(text => readable(text.replace(names, '')))).toEqual([])
})
