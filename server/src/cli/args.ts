import { parseArgs } from 'node:util'
import type { Severity } from '../lint/rule.ts'
import { nearest } from '../text/nearest.ts'

const FORMATS = ['text', 'json'] as const
export type Format = (typeof FORMATS)[number]

const FAIL_LEVELS = ['error', 'warning', 'info'] as const satisfies readonly Severity[]
export type FailLevel = (typeof FAIL_LEVELS)[number]

/** What `wif-lint [paths]` was asked to do. */
export interface LintOptions {
  paths: string[]
  format: Format
  /** The configuration file for all files, as given. */
  config: string | undefined
  failLevel: FailLevel
  fix: boolean
}

/** A command line, read. */
export type Command =
  | { name: 'lint'; options: LintOptions }
  | { name: 'help' }
  | { name: 'version' }
  | { name: 'misuse'; problem: string }

export const USAGE = `Usage: wif-lint [options] [paths]

Checks what lets workloads in to the Claude API by Workload Identity Federation: federation issuers and
rules, Kubernetes workloads and AWS IAM policies, in JSON and YAML. A path is a file or a folder; without
one, the current folder is checked. Nothing leaves this machine.

Options:
  --fix                apply the fixes that keep the meaning of a file
  --format FORMAT      text (default) or json
  --fail-level LEVEL   the least severity that gives exit code 1: error (default), warning or info
  --config FILE        the configuration for all files, instead of the nearest wif-lint.json or .yaml
  -h, --help           show this text
  --version            show the version

Exit codes: 0 no finding at or above the fail level, 1 findings, 2 wrong usage or unreadable input.
`

const OPTIONS = {
  fix: { type: 'boolean' },
  format: { type: 'string' },
  'fail-level': { type: 'string' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

type OptionName = keyof typeof OPTIONS

/** Reads the arguments behind the program's name. */
export function readArguments(argv: readonly string[]): Command {
  // Not strict, so that the messages are ours.
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true })
  const values = new Map<OptionName, string>()
  const paths: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    if (!isOption(name)) return misuse(unknownOption(rawName))
    if (OPTIONS[name].type === 'boolean' && value !== undefined) return misuse(`${rawName} takes no value`)
    if (OPTIONS[name].type === 'string' && !value) return misuse(`${rawName} needs a value`)
    values.set(name, value ?? '')
  }
  if (values.has('help')) return { name: 'help' }
  if (values.has('version')) return { name: 'version' }

  const format = values.get('format') ?? 'text'
  if (!isOneOf(FORMATS, format)) return misuse(notOneOf('--format', FORMATS, format))
  const failLevel = values.get('fail-level') ?? 'error'
  if (!isOneOf(FAIL_LEVELS, failLevel)) return misuse(notOneOf('--fail-level', FAIL_LEVELS, failLevel))
  // Most likely a variable that is not set: the current folder is not what was meant.
  if (paths.includes('')) return misuse('a path is empty')
  return {
    name: 'lint',
    options: {
      paths: paths.length > 0 ? paths : ['.'],
      format,
      config: values.get('config'),
      failLevel,
      fix: values.has('fix'),
    },
  }
}

/** ` (did you mean x?)` when one of `candidates` is near `word`, else nothing. */
function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates)
  return candidate === undefined ? '' : ` (did you mean ${candidate}?)`
}

function unknownOption(rawName: string): string {
  const known = Object.keys(OPTIONS).map(name => `--${name}`)
  return `unknown option ${rawName}${didYouMean(rawName, known)}`
}

function notOneOf(option: string, choices: readonly string[], value: string): string {
  const last = choices.at(-1)
  return `${option} is ${choices.slice(0, -1).join(', ')} or ${last}, not "${value}"${didYouMean(value, choices)}`
}

function misuse(problem: string): Command {
  return { name: 'misuse', problem }
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name)
}

function isOneOf<const T extends string>(choices: readonly T[], value: string): value is T {
  return (choices as readonly string[]).includes(value)
}
