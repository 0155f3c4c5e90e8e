import { parseArgs } from 'node:util'
import type { Format } from './args.ts'
import { didYouMean } from './suggest.ts'

/** What `wif-lint token` was asked to do; the names of files are as given. */
export interface TokenOptions {
  rule: string
  /** The id or the name of one of several rules in the file. */
  ruleId: string | undefined
  issuer: string | undefined
  jwks: string | undefined
  workspace: string | undefined
  /** Instead of standard input. */
  tokenFile: string | undefined
  /** Seconds since 1970; the clock when it is not given. */
  now: number | undefined
  format: Format
}

export const TOKEN_USAGE = `Usage: wif-lint token --rule FILE [options] < token

Checks an identity token (JWT) against a federation rule and its issuer as the service would, and says why
it is denied. The token comes from standard input or a file, never from an argument, which others could
read. It is not sent anywhere; looking at it does not use it up.

Options:
  --rule FILE          the file with the rule
  --rule-id ID         the id or the name of the rule, when the file holds several
  --issuer FILE        the file with its issuer; else it is looked for beside the rule and in the workspace
  --jwks FILE          the keys of the issuer (a JWKS document), unless it has inline keys
  --workspace DIR      says of every rule in this folder, too, whether it admits the token
  --token-file FILE    the file with the token, instead of standard input
  --now ISO-8601       the time of the check, such as 2026-01-31T12:00:00Z, instead of the clock's
  --format FORMAT      text (default) or json
  -h, --help           show this text

Exit codes: 0 admitted, 1 denied, 2 wrong usage or unreadable input, 3 unknown: not denied by anything that
is known, but not all is known, most often the keys of the issuer.
`

const OPTIONS = {
  rule: { type: 'string' },
  'rule-id': { type: 'string' },
  issuer: { type: 'string' },
  jwks: { type: 'string' },
  workspace: { type: 'string' },
  'token-file': { type: 'string' },
  now: { type: 'string' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

type OptionName = keyof typeof OPTIONS

/** Reads the arguments behind `token`. What is wrong with them is said without them: a token may be among them. */
export function readTokenArguments(argv: readonly string[]): TokenOptions | 'help' | { problem: string } {
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true })
  const given: Partial<Record<OptionName, string>> = {}
  for (const token of tokens) {
    if (token.kind === 'positional')
      return { problem: 'the token is read from standard input or --token-file, never from an argument' }
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    if (!isOption(name)) return { problem: unknownOption(name) }
    if (OPTIONS[name].type === 'string' && !value) return { problem: `${rawName} needs a value` }
    given[name] = value ?? ''
  }
  if (given.help !== undefined) return 'help'
  const { rule, format = 'text', now } = given
  if (rule === undefined) return { problem: 'token needs --rule FILE' }
  if (format !== 'text' && format !== 'json') return { problem: '--format is text or json' }
  const seconds = now === undefined ? undefined : secondsOf(now)
  if (Number.isNaN(seconds)) return { problem: '--now is a time with its zone, such as 2026-01-31T12:00:00Z' }
  const { 'rule-id': ruleId, 'token-file': tokenFile, issuer, jwks, workspace } = given
  return { rule, ruleId, issuer, jwks, workspace, tokenFile, now: seconds, format }
}

/** Date.parse takes much more than ISO 8601, and times without a zone for local ones. */
function secondsOf(time: string): number {
  const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(time)
  return isIso ? Date.parse(time) / 1000 : Number.NaN
}

function unknownOption(name: string): string {
  const suggestion = didYouMean(name, Object.keys(OPTIONS))
  return suggestion
    ? `there is no option --${name}${suggestion.replace('mean ', 'mean --')}`
    : 'unknown option'
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name)
}
