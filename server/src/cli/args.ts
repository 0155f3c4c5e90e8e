import { parseArgs } from 'node:util'
import { joined } from '../text/joined.ts'
import {
  COMMANDS,
  type CommandName,
  camel,
  GENERAL,
  type Option,
  type Options,
  type Spec,
  type Words,
} from './options.ts'
import { didYouMean } from './suggest.ts'

/** A command line, read. */
export type Command =
  | { [Name in CommandName]: { name: Name; options: Options<Name> } & Words<Name> }[CommandName]
  | { name: 'help'; of: CommandName }
  | { name: 'version' }
  | { name: 'misuse'; of: CommandName; problem: string }

/** A command line taken apart: its options by name, and the words that are none. */
interface Given {
  options: Map<string, string>
  words: string[]
}

const SPECS: Readonly<Record<string, Spec>> = COMMANDS

/** The options of all commands. One that two commands take is of one kind in both, so a value is told from a path. */
const EVERY_OPTION: Readonly<Record<string, Option>> = Object.assign(
  {},
  GENERAL,
  ...Object.values(SPECS).map(({ options }) => options),
)

/** Reads the arguments behind the program's name. */
export function readArguments(argv: readonly string[]): Command {
  const [first, of = 'lint', ...more] = argv
  if (first === 'help' && Object.hasOwn(COMMANDS, of) && more.length === 0)
    return { name: 'help', of: of as CommandName }
  const tokens = tokensOf(argv)
  const name = commandIn(tokens)
  const spec: Spec = COMMANDS[name]
  const misuse = (problem: string): Command => ({ name: 'misuse', of: name, problem })
  const given = take(tokens, name)
  if (typeof given === 'string') return misuse(given)
  if (given.options.has('help')) return { name: 'help', of: name }
  if (given.options.has('version')) return { name: 'version' }
  const foreign = [...given.options.keys()].find(option => !Object.hasOwn(spec.options, option))
  if (foreign) return misuse(foreignOption(foreign, name))
  const options = valuesOf(spec, given)
  if (typeof options === 'string') return misuse(options)
  const words = wordsOf(name, given.words)
  if (typeof words === 'string') return misuse(words)
  // What is checked above is what the types are made from.
  return { name, options, ...words } as Command
}

type Token = ReturnType<typeof tokensOf>[number]

function tokensOf(argv: readonly string[]) {
  const options = Object.entries(EVERY_OPTION).map(([name, { value, bare, short }]) => [
    name,
    {
      type: value !== undefined && bare === undefined ? 'string' : 'boolean',
      ...(short && { short }),
    } as const,
  ])
  // Not strict, so that the messages are ours.
  return parseArgs({ args: [...argv], options: Object.fromEntries(options), strict: false, tokens: true })
    .tokens
}

/** The first word names the command, if there is one of that name; behind `--`, it is a path. */
function commandIn(tokens: readonly Token[]): CommandName {
  const first = tokens.find(({ kind }) => kind !== 'option')
  return first?.kind === 'positional' && isCommand(first.value) ? first.value : 'lint'
}

/** The tokens behind the name of the command; or what is wrong with one. */
function take(tokens: readonly Token[], command: CommandName): Given | string {
  const given: Given = { options: new Map(), words: [] }
  let named = command === 'lint'
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'positional') {
      const problem = meantAsValue(token.value, tokens[i - 1])
      if (problem !== undefined) return problem
      if (named) given.words.push(token.value)
      named = true
    }
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    const option = Object.hasOwn(EVERY_OPTION, name) ? EVERY_OPTION[name] : undefined
    if (!option) return unknownOption(rawName, command)
    if (option.value === undefined && value !== undefined) return `${rawName} takes no value`
    const text = value ?? option.bare
    if (option.value !== undefined && !text) return `${rawName} needs a value`
    given.options.set(name, text ?? '')
  }
  return given
}

/** A path that is most likely meant as the value of the option before it. */
function meantAsValue(word: string, before: Token | undefined): string | undefined {
  if (before?.kind !== 'option' || before.value !== undefined) return undefined
  const { bare, choices } = Object.hasOwn(EVERY_OPTION, before.name) ? (EVERY_OPTION[before.name] ?? {}) : {}
  if (bare === undefined || !choices?.includes(word)) return undefined
  return `${before.rawName} takes its value behind a =, ${before.rawName}=${word}; a file or folder of this name is written ./${word}`
}

function valuesOf(spec: Spec, { options }: Given): Record<string, unknown> | string {
  const values: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(spec.options)) {
    const value = options.get(name) ?? option.default
    const { choices } = option
    if (choices && value !== undefined && !choices.includes(value))
      return spec.secret ? `--${name} is ${joined(choices, 'or')}` : notOneOf(`--${name}`, choices, value)
    values[camel(name)] = option.value === undefined ? options.has(name) : value
  }
  return values
}

function wordsOf(name: CommandName, words: string[]): { word?: string; paths?: string[] } | string {
  const spec: Spec = COMMANDS[name]
  if (spec.words === 'paths') {
    // Most likely a variable that is not set: the current folder is not what was meant.
    if (words.includes('')) return 'a path is empty'
    return { paths: words.length > 0 ? words : ['.'] }
  }
  const [word, ...more] = words
  if (spec.words === 'none') {
    if (word === undefined) return {}
    if (spec.secret) return 'the token is read from standard input or --token-file, never from an argument'
    return `${name} takes no path; to check a file or folder of this name, write ./${name}`
  }
  const { one, choices } = spec.words
  if (!word) return `${name} needs ${choices ? `a shell: ${joined(choices, 'or')}` : 'the id of a rule'}`
  if (more.length > 0) return `${name} takes one ${one.toLowerCase()}`
  return choices && !choices.includes(word) ? notOneOf(`the ${one.toLowerCase()}`, choices, word) : { word }
}

function unknownOption(rawName: string, command: CommandName): string {
  const own = Object.keys({ ...COMMANDS[command].options, ...GENERAL }).map(name => `--${name}`)
  const suggestion = didYouMean(rawName, own)
  if (!SPECS[command]?.secret) return `unknown option ${rawName}${suggestion}`
  return suggestion ? `there is no option ${rawName}${suggestion}` : 'unknown option'
}

function foreignOption(option: string, command: CommandName): string {
  if (command !== 'lint') return `${command} takes no --${option}`
  const owner = Object.keys(SPECS).find(name => Object.hasOwn(SPECS[name]?.options ?? {}, option))
  return `--${option} is an option of wif-lint ${owner}`
}

function notOneOf(what: string, choices: readonly string[], value: string): string {
  return `${what} is ${joined(choices, 'or')}, not "${value}"${didYouMean(value, choices)}`
}

/** Whether `word` has to be said for a command; linting is what happens without a word. */
function isCommand(word: string): word is CommandName {
  return word !== 'lint' && Object.hasOwn(COMMANDS, word)
}
