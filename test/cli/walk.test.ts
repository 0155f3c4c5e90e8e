import { mkdirSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { findFiles } from '../../server/src/node/walk.ts'
import { folderWith } from './harness.ts'

const found = async (folder: string, from = folder) =>
  (await findFiles(from)).paths.map(path => relative(folder, path))

test('finds JSON and YAML by name, in folders below too, hidden ones included', async () => {
  const files = ['a.json', 'b.jsonc', 'c.yaml', 'd.yml', 'e.JSON', 'sub/dir/f.json', '.github/g.yml']
  const others = ['readme.md', 'json.txt', 'x.json5', 'sub/y.ts']
  const folder = folderWith(Object.fromEntries([...files, ...others].map(name => [name, ''])))
  expect(await found(folder)).toEqual([...files].sort())
})

test('leaves out .git, node_modules and what .gitignore files say', async () => {
  const folder = folderWith({
    '.git/config.json': '',
    '.gitignore': 'dist/\n*.local.json\n/root-only.json\n',
    'node_modules/x/package.json': '',
    'dist/a.json': '',
    'a.local.json': '',
    'keep.json': '',
    'root-only.json': '',
    'sub/root-only.json': '',
    'sub/.gitignore': '!b.local.json\nsecret.yaml\n',
    'sub/b.local.json': '',
    'sub/c.local.json': '',
    'sub/secret.yaml': '',
    'sub/deep/secret.yaml': '',
    'sub/deep/dist/b.json': '',
    'secret.yaml': '',
  })
  const all = ['keep.json', 'secret.yaml', 'sub/b.local.json', 'sub/root-only.json']
  expect(await found(folder)).toEqual(all)
  // From inside, the files above count as well, up to the root of the repository.
  expect(await found(folder, join(folder, 'sub'))).toEqual(all.filter(name => name.startsWith('sub/')))
})

test('sees into an ignored folder when that is what is asked for', async () => {
  const folder = folderWith({
    '.git/HEAD': '',
    '.gitignore': 'dist\n',
    'dist/a.json': '',
    'dist/sub/b.json': '',
  })
  expect(await found(folder)).toEqual([])
  expect(await found(folder, join(folder, 'dist'))).toEqual(['dist/a.json', 'dist/sub/b.json'])
})

test('follows links to files once, and links to folders never', async () => {
  const folder = folderWith({ 'real/a.json': '', 'elsewhere.json': '' })
  const walked = join(folder, 'walked')
  mkdirSync(join(walked, 'data'), { recursive: true })
  symlinkSync('..', join(walked, 'up')) // a loop, if it were followed
  symlinkSync('../real', join(walked, 'real'))
  symlinkSync('../elsewhere.json', join(walked, 'one.json'))
  symlinkSync('one.json', join(walked, 'two.json'))
  symlinkSync('nowhere', join(walked, 'broken.json'))
  const { paths, unreadable } = await findFiles(walked)
  expect(paths.map(path => relative(walked, path))).toEqual(['one.json'])
  expect(unreadable).toEqual([{ path: join(walked, 'broken.json'), reason: 'the link leads nowhere' }])
})

test('reports a folder that is not there instead of failing', async () => {
  const path = join(folderWith(), 'gone')
  expect(await findFiles(path)).toEqual({
    paths: [],
    unreadable: [{ path, reason: 'no such file or folder' }],
  })
})

test('copes with very many files in one folder', async () => {
  const names = Array.from({ length: 3000 }, (_, i) => `${i}.json`)
  const folder = folderWith(Object.fromEntries(names.map(name => [name, ''])))
  expect(await found(folder)).toHaveLength(3000)
})
