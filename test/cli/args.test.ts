import { describe, expect, test } from 'vitest'
import { readArguments } from '../../server/src/cli/args.ts'
import { COMMANDS, type CommandName, GENERAL, type Option, type Spec } from '../../server/src/cli/options.ts'
import { usageOf } from '../../server/src/cli/usage.ts'

const DEFAULTS = {
  baseline: undefined,
  baselineFile: undefined,
  config: undefined,
  diff: false,
  failLevel: 'error',
  fix: undefined,
  format: 'text',
  profile: undefined,
  stdinFilename: undefined,
}

test('lints the current folder when nothing else is said', () => {
  expect(readArguments([])).toEqual({ name: 'lint', paths: ['.'], options: DEFAULTS })
})

test('reads options and paths in any order, and paths that look like options behind --', () => {
  const argv = [
    'a.json',
    '--format=json',
    '--fix',
    'b',
    '--fail-level',
    'info',
    '--config',
    'c.yaml',
    '--profile',
    'strict',
    '--',
    '-d',
  ]
  expect(readArguments(argv)).toEqual({
    name: 'lint',
    paths: ['a.json', 'b', '-d'],
    options: {
      ...DEFAULTS,
      config: 'c.yaml',
      failLevel: 'info',
      fix: 'safe',
      format: 'json',
      profile: 'strict',
    },
  })
})

test.each([
  [['--help'], { name: 'help', of: 'lint' }],
  [['-h', 'a.json'], { name: 'help', of: 'lint' }],
  [['--version'], { name: 'version' }],
  [['explain', '--help'], { name: 'help', of: 'explain' }],
  [['rules', '-h', 'a.json'], { name: 'help', of: 'rules' }],
  [['token', '--help'], { name: 'help', of: 'token' }],
])('%j asks for %j', (argv, command) => {
  expect(readArguments(argv)).toEqual(command)
})

test.each([
  [['explain', 'match/tenant-wide'], { name: 'explain', word: 'match/tenant-wide', options: {} }],
  [['explain', 'rules'], { name: 'explain', word: 'rules', options: {} }],
  [['explain', '--', 'rules'], { name: 'explain', word: 'rules', options: {} }],
  [['rules'], { name: 'rules', options: { format: 'text' } }],
  [['--format', 'json', 'rules'], { name: 'rules', options: { format: 'json' } }],
  [['rules', '--format=json'], { name: 'rules', options: { format: 'json' } }],
  [['completion', 'fish'], { name: 'completion', word: 'fish', options: {} }],
  [['lsp', '--stdio'], { name: 'lsp', options: { stdio: true } }],
  [['help'], { name: 'help', of: 'lint' }],
  [['help', 'token'], { name: 'help', of: 'token' }],
])('%j is a command', (argv, command) => {
  expect(readArguments(argv)).toEqual(command)
})

test.each([
  [['./rules']],
  [['rules/']],
  [['rule']],
  [['lint']],
  [['toString']],
  [['a.json', 'rules']],
  [['help', 'me']],
])('%j are paths', argv => {
  expect(readArguments(argv)).toMatchObject({ name: 'lint', paths: argv })
})

test('behind --, the name of a command is a path', () => {
  expect(readArguments(['--', 'rules'])).toMatchObject({ name: 'lint', paths: ['rules'] })
})

test.each([
  [['--fromat', 'json'], 'unknown option --fromat (did you mean --format?)'],
  [['--banana'], 'unknown option --banana'],
  [['-x'], 'unknown option -x'],
  [['--format', 'xml'], '--format is text, json, sarif, github or markdown, not "xml"'],
  [['rules', '--format', 'jsn'], '--format is text or json, not "jsn" (did you mean json?)'],
  [['--format'], '--format needs a value'],
  [['--fail-level', 'errors'], '--fail-level is error, warning or info, not "errors" (did you mean error?)'],
  [['--fix=yes'], '--fix is safe or all, not "yes"'],
  [
    ['--fix', 'all'],
    '--fix takes its value behind a =, --fix=all; a file or folder of this name is written ./all',
  ],
  [['--diff=all'], '--diff takes no value'],
  [['--config='], '--config needs a value'],
  [['--profile', 'loud'], '--profile is quiet, default or strict, not "loud"'],
  [[''], 'a path is empty'],
  [['explain'], 'explain needs the id of a rule'],
  [['explain', ''], 'explain needs the id of a rule'],
  [['explain', 'a/b', 'c/d'], 'explain takes one id'],
  [['explain', 'a/b', '--fix'], 'explain takes no --fix'],
  [['explain', 'a/b', '--format', 'json'], 'explain takes no --format'],
  [['rules', 'k8s'], 'rules takes no path; to check a file or folder of this name, write ./rules'],
  [['rules', '--profile', 'strict'], 'rules takes no --profile'],
  [['rules', '--format', 'xml'], '--format is text or json, not "xml"'],
  [['--jwks', 'a.json'], '--jwks is an option of wif-lint token'],
  [['completion'], 'completion needs a shell: bash, zsh, fish or powershell'],
  [['completion', 'tcsh'], 'the shell is bash, zsh, fish or powershell, not "tcsh"'],
  [
    ['completion', 'powershel'],
    'the shell is bash, zsh, fish or powershell, not "powershel" (did you mean powershell?)',
  ],
  [['lsp', 'a.json'], 'lsp takes no path; to check a file or folder of this name, write ./lsp'],
])('%j is wrong usage', (argv, problem) => {
  expect(readArguments(argv)).toMatchObject({ name: 'misuse', problem })
})

test('what may be a token is in no message', () => {
  const token = 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'
  for (const argv of [
    ['token', token],
    ['--format', 'json', 'token', token],
    ['token', `--${token}`],
    ['token', `--tken=${token}`],
    ['token', '--format', token],
  ])
    expect(JSON.stringify(readArguments(argv))).not.toContain('eyJ')
})

describe('the table of options', () => {
  const specs = Object.entries<Spec>(COMMANDS)

  test('has one kind of option under one name, so that a value is told from a path', () => {
    const kinds = new Map<string, string>()
    for (const [command, { options }] of specs)
      for (const [name, { value, bare, short }] of Object.entries<Option>({ ...options, ...GENERAL })) {
        const kind = JSON.stringify([value !== undefined, bare !== undefined, short])
        expect([command, name, kinds.get(name) ?? kind]).toEqual([command, name, kind])
        kinds.set(name, kind)
      }
  })

  test('is what the usage says, in lines that fit a terminal', () => {
    for (const [name, { options, about, exits }] of specs) {
      const usage = usageOf(name as CommandName)
      expect(usage).toMatch(/^Usage: wif-lint /)
      for (const [option, { value, help }] of Object.entries(options)) {
        expect(usage).toContain(`--${option}`)
        if (value) expect(usage).toContain(value)
        expect(usage.replace(/\s+/g, ' ')).toContain(help)
      }
      for (const text of [about, exits]) expect(usage).toContain(text)
      for (const line of usage.split('\n')) expect(line.length).toBeLessThanOrEqual(108)
    }
    for (const [name, { summary }] of specs)
      expect(usageOf('lint')).toMatch(new RegExp(`${name}.*${summary}`))
  })

  test('has defaults that are choices', () => {
    for (const [, { options }] of specs)
      for (const option of Object.values(options))
        for (const value of [option.default, option.bare])
          if (value !== undefined) expect(option.choices).toContain(value)
  })
})
