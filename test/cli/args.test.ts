import { expect, test } from 'vitest'
import { readArguments } from '../../server/src/cli/args.ts'

test('lints the current folder when nothing else is said', () => {
  expect(readArguments([])).toEqual({
    name: 'lint',
    options: { paths: ['.'], format: 'text', config: undefined, failLevel: 'error', fix: false },
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
    '--',
    '-d',
  ]
  expect(readArguments(argv)).toEqual({
    name: 'lint',
    options: { paths: ['a.json', 'b', '-d'], format: 'json', config: 'c.yaml', failLevel: 'info', fix: true },
  })
})

test.each([
  [['--help'], 'help'],
  [['-h', 'a.json'], 'help'],
  [['--version'], 'version'],
])('%j asks for %s', (argv, name) => {
  expect(readArguments(argv)).toEqual({ name })
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
  [[''], 'a path is empty'],
])('%j is wrong usage', (argv, problem) => {
  expect(readArguments(argv)).toEqual({ name: 'misuse', problem })
})
