import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { run } from '../../server/src/cli/main.ts'
import type { ReportedFinding } from '../../server/src/cli/report/report.ts'

/** What one run of `wif-lint` came to. */
export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** The document of `--format json`. */
export interface Document {
  version: number
  findings: ReportedFinding[]
  summary: { files: number; errors: number; warnings: number; infos: number }
}

/** The pages of the rules, where they are written. */
export const PAGES = join(import.meta.dirname, '../../server/src/rules')

/** A folder of its own for one test, with these files in it; gone afterwards. */
export function folderWith(files: Record<string, string | Uint8Array> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wif-lint-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return folder
}

/** Runs `wif-lint` in this process. */
export async function wifLint(
  cwd: string,
  argv: readonly string[],
  terminal: { isTTY?: boolean; columns?: number; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const { env = {}, ...stream } = terminal
  const output = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof output) => ({
    ...stream,
    write: (text: string) => {
      output[name] += text
    },
  })
  const code = await run(argv, { cwd, env, pages: PAGES, stdout: sink('stdout'), stderr: sink('stderr') })
  return { code, ...output }
}

/** Runs `wif-lint --format json` in this process and reads the one document it prints. */
export async function wifLintJson(cwd: string, argv: readonly string[]): Promise<Outcome & Document> {
  const outcome = await wifLint(cwd, ['--format', 'json', ...argv])
  return { ...outcome, ...documentIn(outcome.stdout) }
}

/** The document that `stdout` is. */
export function documentIn(stdout: string): Document {
  const document = JSON.parse(stdout)
  expect(Object.keys(document)).toEqual(['version', 'findings', 'summary'])
  return document
}

/** What the files of these tests are made for; the catalogue grows, and may have more to say about them. */
const MEANT = /^(match\/(tenant-wide|aws-session-arn)|syntax\/.*|config\/.*)$/

/** `file:line:column rule` of each finding that is meant to be there. */
export function places(findings: readonly ReportedFinding[]): string[] {
  return findings
    .filter(({ rule }) => MEANT.test(rule))
    .map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`)
}

/** A rule in which every role of an account matches: `match/tenant-wide` in line 4, column 23, and nothing else. */
export const TENANT_WIDE = `{
  "name": "prod-inference", "issuer_id": "fdis_...",
  "match": {
    "subject_prefix": "arn:aws:iam::123456789012:role/*",
    "audience": "https://api.anthropic.com"
  },
  "target": { "type": "service_account", "service_account_id": "svac_..." },
  "workspace_id": "wrkspc_...", "oauth_scope": "workspace:inference"
}
`

/** A rule whose subject no token carries: `match/aws-session-arn`, an error, at the same place. */
export const SESSION_ARN = TENANT_WIDE.replace(
  'arn:aws:iam::123456789012:role/*',
  'arn:aws:sts::123456789012:assumed-role/worker/session',
).replace('prod-inference', 'prod-reports')

/** A rule nobody can object to. */
export const FLAWLESS = TENANT_WIDE.replace('role/*', 'role/search').replace('prod-inference', 'prod-search')
