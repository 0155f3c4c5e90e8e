import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { URI } from 'vscode-uri'
import { isInside, uriKey } from '../../server/src/lsp/uri.ts'

test.for([
  '/a/b.json',
  '/a (b)/[id]/{x}/c@d!e+f,g;h=i&j$k~l|m^n`.json',
  '/rülé/100%25 50%/a?b#c.yaml',
  '/it\'s "x"/\\.json',
])('a path has one spelling, whoever writes its uri: %s', path => {
  const key = uriKey(pathToFileURL(path).href)
  expect(uriKey(key)).toBe(key)
  expect(new URL(key).href).toBe(key)
  expect(fileURLToPath(key)).toBe(path)
  expect(uriKey(URI.file(path).toString())).toBe(key)
  expect(uriKey(`file://${path.split('/').map(encodeURIComponent).join('/')}`)).toBe(key)
})

test('a drive has one spelling', () => {
  for (const uri of ['file:///C:/a b.json', 'file:///c%3A/a%20b.json', 'file:///c:/a%20b.json']) {
    expect(uriKey(uri)).toBe('file:///c:/a%20b.json')
  }
})

test('other schemes are the editor’s own, and what is no uri stays as it is', () => {
  expect(uriKey('untitled:Untitled-1')).toBe('untitled:Untitled-1')
  expect(uriKey('vscode-vfs://github/a/b/c.json')).toBe('vscode-vfs://github/a/b/c.json')
  expect(() => uriKey('')).not.toThrow()
  for (const odd of [':', 'a b:c', 'file://%%%', 'file:///%E0%A4%A', '\0'])
    expect(uriKey(uriKey(odd))).toBe(uriKey(odd))
})

test('a folder holds what is below it, not what is called alike', () => {
  expect(isInside('file:///a', 'file:///a/b')).toBe(true)
  expect(isInside('file:///a/', 'file:///a/b')).toBe(true)
  expect(isInside('file:///a', 'file:///ab')).toBe(false)
  expect(isInside('file:///a', 'file:///a')).toBe(false)
})
