import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

const NAMES = [
  'a.json',
  'b.yaml',
  'k8s/c.json',
  'k8s/prod/d.json',
  'k8s/test/e.json',
  '.github/f.json',
  'dist/g.json',
  '[x].json',
  '!h.json',
]
const repository = () =>
  folderWith({
    ...Object.fromEntries(NAMES.map(name => [name, TENANT_WIDE])),
    '.git/HEAD': '',
    '.gitignore': 'dist\n',
  })

/** The files that `paths` stand for. */
async function found(cwd: string, ...paths: string[]): Promise<string[]> {
  const { findings } = await wifLintJson(cwd, paths)
  return findings.filter(({ rule }) => rule === 'match/tenant-wide').map(({ file }) => file)
}

test.each([
  [['*.json'], ['!h.json', '[x].json', 'a.json']],
  [['k8s/*.json'], ['k8s/c.json']],
  [['k8s/**/*.json'], ['k8s/c.json', 'k8s/prod/d.json', 'k8s/test/e.json']],
  [['k8s/{prod,test}'], ['k8s/prod/d.json', 'k8s/test/e.json']],
  [['./k8s/p*'], ['k8s/prod/d.json']],
  [['**/[df].json'], ['.github/f.json', 'k8s/prod/d.json']],
  [
    ['k8s', '!k8s/test'],
    ['k8s/c.json', 'k8s/prod/d.json'],
  ],
  [['k8s', '!**/*.json'], []],
  [
    ['!k8s/**', '!.github'],
    ['!h.json', '[x].json', 'a.json', 'b.yaml'],
  ],
  [
    ['a.json', 'a.json', '*.yaml'],
    ['a.json', 'b.yaml'],
  ],
  // What is there is no pattern.
  [['[x].json'], ['[x].json']],
  [['!h.json'], ['!h.json']],
  // Who names a file means it, whatever is left out.
  [['dist/g.json'], ['dist/g.json']],
  [['a.json', '!*.json'], ['a.json']],
])('%j', async (paths, files) => {
  expect((await found(repository(), ...paths)).sort()).toEqual(files.sort())
})

test('a pattern is read from the working folder, also upward', async () => {
  expect(await found(join(repository(), 'k8s'), '../*.yaml', 'prod/*')).toEqual(['../b.yaml', 'prod/d.json'])
})

test('.gitignore holds for patterns', async () => {
  expect(await wifLint(repository(), ['dist/*.json', 'a.json'])).toMatchObject({ code: 0 })
})

test('a pattern without a file is a mistake', async () => {
  for (const pattern of ['k8s/*.yml', 'nowhere/**'])
    expect(await wifLint(repository(), [pattern])).toEqual({
      code: 2,
      stdout: '',
      stderr: `wif-lint: no file matches "${pattern}"\n`,
    })
})
