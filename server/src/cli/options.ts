import type { Severity } from '../lint/rule.ts'
import { PROFILES } from '../wif/config.ts'

/** An option of a command. */
export interface Option {
  /** One letter, behind one dash. */
  short?: string
  /** What stands for its value in the usage; without it, the option is a flag. */
  value?: string
  /** The values it takes, when not any will do. */
  choices?: readonly string[]
  /** Which of the choices it is when it is not given. */
  default?: string
  /** Which of the choices it is when it is given without a value; with one, that is joined by `=`. */
  bare?: string
  /** What the value names, for completion in a shell. */
  names?: 'file' | 'folder'
  help: string
}

/** A command, and all that may be said behind its name. */
export interface Spec {
  /** The words that are no options: any number of paths, exactly one word, or none. */
  words: 'paths' | 'none' | { one: string; choices?: readonly string[] }
  /** How it is called, behind its name. */
  synopsis: string
  /** A few words, for the list of commands. */
  summary: string
  /** What its own help says first. */
  about: string
  options: Readonly<Record<string, Option>>
  /** What its own help says last. */
  exits: string
  /** Whether its arguments may hold a secret, and so are repeated in no message. */
  secret?: true
}

const FAIL_LEVELS = ['error', 'warning', 'info'] as const satisfies readonly Severity[]
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

const TEXT_OR_JSON = {
  value: 'FORMAT',
  choices: ['text', 'json'],
  default: 'text',
  help: 'text (default) or json',
} as const

/**
 * All of the command line, once: what is read, what is said about it in the usage, and what shells complete follow
 * from this table. `lint` is what happens when no command is named.
 */
export const COMMANDS = {
  lint: {
    words: 'paths',
    synopsis: '[options] [paths]',
    summary: '',
    about: `Checks what lets workloads in to the Claude API by Workload Identity Federation: federation issuers and
rules, Kubernetes workloads and AWS IAM policies, in JSON and YAML. A path is a file, a folder or a quoted
pattern ('k8s/**/*.yaml', or '!k8s/test/**' for what is left out); without one, the current folder is
checked. Nothing leaves this machine.`,
    options: {
      fix: {
        value: 'EXTENT',
        choices: ['safe', 'all'],
        bare: 'safe',
        help: 'apply the fixes that keep the meaning of a file; --fix=all also the first of the others that each finding offers, which may change who gets in, unless there is something to choose or to fill in',
      },
      diff: { help: 'print what --fix or --fix=all would change, as a unified diff, and write nothing' },
      format: {
        value: 'FORMAT',
        choices: ['text', 'json', 'sarif', 'github', 'markdown'],
        default: 'text',
        help: 'text (default), json, sarif, github (annotations of a workflow) or markdown (for a pull request)',
      },
      'fail-level': {
        value: 'LEVEL',
        choices: FAIL_LEVELS,
        default: 'error',
        help: 'the least severity that gives exit code 1: error (default), warning or info',
      },
      baseline: {
        value: 'MODE',
        choices: ['write', 'use', 'prune'],
        help: 'write: record the errors and warnings that there are; use: leave them out, and fail where fewer are left; prune: strike out those that are gone',
      },
      'baseline-file': {
        value: 'FILE',
        names: 'file',
        help: 'where they are recorded, instead of wif-lint-baseline.json',
      },
      'stdin-filename': {
        value: 'NAME',
        names: 'file',
        help: 'check what is piped in as if it were this file; with --fix, print it mended. Paths are what is around it',
      },
      config: {
        value: 'FILE',
        names: 'file',
        help: 'the configuration for all files, instead of the nearest wif-lint.json or .yaml',
      },
      profile: {
        value: 'PROFILE',
        choices: PROFILES,
        help: 'how much is said: quiet, default or strict, instead of what the configuration says',
      },
    },
    exits: `0 no finding at or above the fail level, 1 findings (with --diff: something to mend), 2 wrong
usage, nothing to check or unreadable input.`,
  },
  explain: {
    words: { one: 'ID' },
    synopsis: 'ID',
    summary: 'what a rule catches, why it matters and how to mend it, with examples',
    about: 'Shows what a rule catches, why it matters and how to mend it, with examples.',
    options: {},
    exits: '0, or 2 when there is no such rule.',
  },
  rules: {
    words: 'none',
    synopsis: '[--format FORMAT]',
    summary: 'the table of all rules',
    about: 'Lists all rules: id, severity, whether there is a fix, and what is caught.',
    options: { format: TEXT_OR_JSON },
    exits: '0, or 2 on wrong usage.',
  },
  token: {
    words: 'none',
    secret: true,
    synopsis: '--rule FILE [options] < token',
    summary: 'whether a rule admits an identity token, and why not',
    about: `Checks an identity token (JWT) against a federation rule and its issuer as the service would, and says why
it is denied. The token comes from standard input or a file, never from an argument, which others could
read. It is not sent anywhere; looking at it does not use it up.`,
    options: {
      rule: { value: 'FILE', names: 'file', help: 'the file with the rule' },
      'rule-id': { value: 'ID', help: 'the id or the name of the rule, when the file holds several' },
      issuer: {
        value: 'FILE',
        names: 'file',
        help: 'the file with its issuer; else it is looked for in the folder of the rule and in that of --workspace',
      },
      jwks: {
        value: 'FILE',
        names: 'file',
        help: 'the keys of the issuer (a JWKS document), unless it has inline keys',
      },
      workspace: {
        value: 'DIR',
        names: 'folder',
        help: 'says of every rule in this folder, too, whether it admits the token',
      },
      'token-file': {
        value: 'FILE',
        names: 'file',
        help: 'the file with the token, instead of standard input',
      },
      now: {
        value: 'ISO-8601',
        help: "the time of the check, such as 2026-01-31T12:00:00Z, instead of the clock's",
      },
      format: TEXT_OR_JSON,
    },
    exits: `0 admitted, 1 denied, 2 wrong usage or unreadable input, 3 unknown: not denied by anything that
is known, but not all is known, most often the keys of the issuer.`,
  },
  access: {
    words: 'paths',
    synopsis: '[--since REVISION] [options] [paths]',
    summary: 'whom each rule admits, and what a change lets in',
    about: `Lists for every federation rule which workloads of these files it admits. With --since, says what has
changed since a revision of the git repository: who is newly let in, who no longer, and which matchers
have become wider or narrower even where no workload shows it.`,
    options: {
      since: {
        value: 'REVISION',
        help: 'compare with this commit, branch or tag; with REVISION... compare with where the current branch left it',
      },
      'fail-on-widening': {
        help: 'exit code 1 when something may be let in that was not; needs --since',
      },
      format: {
        value: 'FORMAT',
        choices: ['text', 'json', 'markdown'],
        default: 'text',
        help: 'text (default), json, or markdown for a comment on a pull request',
      },
    },
    exits: `0, 1 access may have widened and --fail-on-widening is set, 2 wrong usage, unreadable input, no
git repository or no such revision.`,
  },
  init: {
    words: 'none',
    synopsis: '[--format FORMAT]',
    summary: 'writes a configuration with comments, and says what to do next',
    about: `Writes a configuration into this folder that changes nothing and says what could be changed, and tells
what is here and what to do next. What is there already is not overwritten.`,
    options: {
      format: {
        value: 'FORMAT',
        choices: ['yaml', 'json'],
        default: 'yaml',
        help: 'yaml (default): wif-lint.yaml; json: wif-lint.jsonc, JSON with comments',
      },
    },
    exits: '0, or 2 when there is a configuration already or it cannot be written.',
  },
  completion: {
    words: { one: 'SHELL', choices: SHELLS },
    synopsis: 'bash|zsh|fish|powershell',
    summary: 'a script by which a shell completes these commands and options',
    about: `Prints a script that makes a shell complete commands, options and their values:

  bash        source <(wif-lint completion bash)         in ~/.bashrc
  zsh         source <(wif-lint completion zsh)          in ~/.zshrc, behind compinit
  fish        wif-lint completion fish | source          in ~/.config/fish/config.fish
  powershell  wif-lint completion powershell | Out-String | Invoke-Expression   in $PROFILE`,
    options: {},
    exits: '0, or 2 on wrong usage.',
  },
  lsp: {
    words: 'none',
    synopsis: '--stdio',
    summary: 'the language server, for editors',
    about: 'Starts the language server. Editors start it, with this folder as their workspace.',
    options: { stdio: { help: 'speak the Language Server Protocol on standard input and output' } },
    exits: '0 when it was shut down in order, 1 when not, 2 on wrong usage.',
  },
} as const satisfies Record<string, Spec>

/** What every command takes besides. */
export const GENERAL = {
  help: { short: 'h', help: 'show this text' },
  version: { help: 'show the version' },
} as const satisfies Record<string, Option>

export type CommandName = keyof typeof COMMANDS

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name

type ValueOf<O> = O extends { choices: readonly (infer Choice)[] }
  ? O extends { default: string }
    ? Choice
    : Choice | undefined
  : O extends { value: string }
    ? string | undefined
    : boolean

/** The options of a command as they are read: each by its name, written as an identifier. */
export type Options<Name extends CommandName> = {
  [Key in keyof (typeof COMMANDS)[Name]['options'] & string as Camel<Key>]: ValueOf<
    (typeof COMMANDS)[Name]['options'][Key]
  >
}

/** The words of a command as they are read. */
export type Words<Name extends CommandName> = (typeof COMMANDS)[Name]['words'] extends infer W
  ? W extends 'paths'
    ? { paths: string[] }
    : W extends { one: string; choices: readonly (infer Choice)[] }
      ? { word: Choice }
      : W extends { one: string }
        ? { word: string }
        : object
  : never

/** `text-file` as `textFile`. */
export function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
