import { parseArgs } from 'node:util'
import type { Severity } from '../lint/rule.ts'
import { PROFILES, type Profile } from '../wif/config.ts'
import { didYouMean } from './suggest.ts'

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
  /** Instead of the one that the configuration names. */
  profile: Profile | undefined
  failLevel: FailLevel
  fix: boolean
}

/** A command line, read. */
export type Command =
  | { name: 'lint'; options: LintOptions }
  | { name: 'explain'; id: string }
  | { name: 'rules'; format: Format }
  | { name: 'help' }
  | { name: 'version' }
  | { name: 'misuse'; problem: string }

const OPTIONS = {
  fix: { type: 'boolean' },
  format: { type: 'string' },
  'fail-level': { type: 'string' },
  config: { type: 'string' },
  profile: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

type OptionName = keyof typeof OPTIONS

/** The options that each command takes, besides --help and --version. */
const TAKES = {
  lint: ['fix', 'format', 'fail-level', 'config', 'profile'],
  explain: [],
  rules: ['format'],
} as const satisfies Record<string, readonly OptionName[]>

/** A command line taken apart: its options, and the words that are none. */
interface Given {
  command: keyof typeof TAKES
  options: Map<OptionName, string>
  words: string[]
}

/** Reads the arguments behind the program's name. */
export function readArguments(argv: readonly string[]): Command {
  const given = takeApart(argv)
  if ('problem' in given) return misuse(given.problem)
  const { command, options, words } = given
  if (options.has('help')) return { name: 'help' }
  if (options.has('version')) return { name: 'version' }

  const taken: readonly OptionName[] = TAKES[command]
  const foreign = [...options.keys()].find(name => !taken.includes(name))
  if (foreign) return misuse(`${command} takes no --${foreign}`)
  if (command === 'explain') return explain(words)
  const format = options.get('format') ?? 'text'
  if (!isOneOf(FORMATS, format)) return misuse(notOneOf('--format', FORMATS, format))
  return command === 'rules' ? listRules(words, format) : lint(words, format, options)
}

/** The first word names the command, if there is one of that name; behind `--`, it is a path. */
function takeApart(argv: readonly string[]): Given | { problem: string } {
  // Not strict, so that the messages are ours.
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true })
  const given: Given = { command: 'lint', options: new Map(), words: [] }
  let mayName = true
  for (const token of tokens) {
    if (token.kind === 'option-terminator') mayName = false
    if (token.kind === 'positional') {
      if (mayName && isCommand(token.value)) given.command = token.value
      else given.words.push(token.value)
      mayName = false
    }
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    if (!isOption(name)) return { problem: unknownOption(rawName) }
    if (OPTIONS[name].type === 'boolean' && value !== undefined)
      return { problem: `${rawName} takes no value` }
    if (OPTIONS[name].type === 'string' && !value) return { problem: `${rawName} needs a value` }
    given.options.set(name, value ?? '')
  }
  return given
}

function explain([id, ...more]: readonly string[]): Command {
  if (!id) return misuse('explain needs the id of a rule')
  return more.length > 0 ? misuse('explain takes one id') : { name: 'explain', id }
}

function listRules(words: readonly string[], format: Format): Command {
  if (words.length === 0) return { name: 'rules', format }
  return misuse('rules takes no path; to check a file or folder of this name, write ./rules')
}

function lint(paths: string[], format: Format, options: Given['options']): Command {
  const failLevel = options.get('fail-level') ?? 'error'
  if (!isOneOf(FAIL_LEVELS, failLevel)) return misuse(notOneOf('--fail-level', FAIL_LEVELS, failLevel))
  const profile = options.get('profile')
  if (profile !== undefined && !isOneOf(PROFILES, profile))
    return misuse(notOneOf('--profile', PROFILES, profile))
  // Most likely a variable that is not set: the current folder is not what was meant.
  if (paths.includes('')) return misuse('a path is empty')
  return {
    name: 'lint',
    options: {
      paths: paths.length > 0 ? paths : ['.'],
      format,
      config: options.get('config'),
      profile,
      failLevel,
      fix: options.has('fix'),
    },
  }
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

/** Whether `word` has to be said for a command; linting is what happens without a word. */
function isCommand(word: string): word is Given['command'] {
  return word !== 'lint' && Object.hasOwn(TAKES, word)
}

function isOneOf<const T extends string>(choices: readonly T[], value: string): value is T {
  return (choices as readonly string[]).includes(value)
}
