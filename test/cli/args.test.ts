import { expect, test } from 'vitest'
import { readArguments } from '../../server/src/cli/args.ts'

test('lints the current folder when nothing else is said', () => {
  expect(readArguments([])).toEqual({
    name: 'lint',
    options: {
      paths: ['.'],
      format: 'text',
      config: undefined,
      profile: undefined,
      failLevel: 'error',
      fix: false,
    },
  })
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
    options: {
      paths: ['a.json', 'b', '-d'],
      format: 'json',
      config: 'c.yaml',
      profile: 'strict',
      failLevel: 'info',
      fix: true,
    },
  })
})

test.each([
  [['--help'], 'help'],
  [['-h', 'a.json'], 'help'],
  [['--version'], 'version'],
  [['explain', '--help'], 'help'],
  [['rules', '-h', 'a.json'], 'help'],
])('%j asks for %s', (argv, name) => {
  expect(readArguments(argv)).toEqual({ name })
})

test.each([
  [['explain', 'match/tenant-wide'], { name: 'explain', id: 'match/tenant-wide' }],
  [['explain', 'rules'], { name: 'explain', id: 'rules' }],
  [['explain', '--', 'rules'], { name: 'explain', id: 'rules' }],
  [['rules'], { name: 'rules', format: 'text' }],
  [['--format', 'json', 'rules'], { name: 'rules', format: 'json' }],
  [['rules', '--format=json'], { name: 'rules', format: 'json' }],
])('%j is a command', (argv, command) => {
  expect(readArguments(argv)).toEqual(command)
})

test.each([[['./rules']], [['rules/']], [['rule']], [['lint']], [['toString']], [['a.json', 'rules']]])(
  '%j are paths',
  argv => {
    expect(readArguments(argv)).toMatchObject({ name: 'lint', options: { paths: argv } })
  },
)

test('behind --, the name of a command is a path', () => {
  expect(readArguments(['--', 'rules'])).toMatchObject({ name: 'lint', options: { paths: ['rules'] } })
})

test.each([
  [['--fromat', 'json'], 'unknown option --fromat (did you mean --format?)'],
  [['--banana'], 'unknown option --banana'],
  [['-x'], 'unknown option -x'],
  [['--format', 'xml'], '--format is text or json, not "xml"'],
  [['--format', 'jsn'], '--format is text or json, not "jsn" (did you mean json?)'],
  [['--format'], '--format needs a value'],
  [['--fail-level', 'errors'], '--fail-level is error, warning or info, not "errors" (did you mean error?)'],
  [['--fix=yes'], '--fix takes no value'],
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
])('%j is wrong usage', (argv, problem) => {
  expect(readArguments(argv)).toEqual({ name: 'misuse', problem })
})
