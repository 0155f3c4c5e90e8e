import { expect, test } from 'vitest'
import type { LintRule, Report } from '../lint/rule.ts'
import type { StringNode } from '../syntax/node.ts'
import type { WifFile } from '../wif/entity.ts'
import { createWorkspace } from '../workspace/workspace.ts'
import { hasSafeFix, quickFixes, safeFixes } from './actions.ts'

const URI = 'file:///w/issuer.json'
const ISSUER = '{"issuer_url": "https://a.example", "name": "a"}'

/** A rule over the names of issuers. */
function onNames(check: (name: StringNode, file: WifFile, report: Report) => void): LintRule {
  return {
    id: 'test/name',
    title: '',
    class: 'hygiene',
    since: '',
    check(file, report) {
      for (const { name } of file.issuers) if (name) check(name, file, report)
    },
  }
}

test.for([true, false])(
  'safe fixes are tried until none is left, and leave the workspace as it was',
  isOpen => {
    const shorten = onNames((name, _file, report) => {
      if (name.value.length < 2) return
      const to = name.value.slice(1)
      const fixes = [
        { title: 'tempting', safe: false, edits: [{ set: name, to: '' }] },
        { title: 'shorten', safe: true, edits: [{ set: name, to }] },
      ]
      report(name, 'too long', { fixes })
    })
    const workspace = createWorkspace([shorten])
    const text = ISSUER.replace('"a"', '"abcd"')
    if (isOpen) workspace.update(URI, 'disk', '{"issuer_url": 1}')
    workspace.update(URI, isOpen ? 'editor' : 'disk', text)
    expect(hasSafeFix(workspace, URI)).toBe(true)
    expect(safeFixes(workspace, URI, isOpen)).toEqual({
      start: text.indexOf('abcd'),
      end: text.indexOf('d"'),
      text: '',
    })
    expect(workspace.file(URI)?.text).toBe(text)
    expect(workspace.findings(URI)).toMatchObject([{ message: 'too long' }])
    workspace.update(URI, 'editor', undefined)
    expect(workspace.file(URI)?.text).toBe(isOpen ? '{"issuer_url": 1}' : text)
  },
)

test('one edit that mends several findings is offered once, for all of them', () => {
  const twice = onNames((name, file, report) => {
    const fix = (title: string, to: string, safe = false) => ({ title, safe, edits: [{ set: name, to }] })
    const fixes = [fix('b', 'b'), fix('b', 'other'), fix('c', 'c', true), fix('d', 'd', true)]
    report(name, 'first', { fixes })
    for (const { node } of file.issuers)
      report(node, 'elsewhere', { fixes: [fix('b', 'b'), fix('c', 'see')] })
  })
  const workspace = createWorkspace([twice])
  workspace.update(URI, 'disk', ISSUER)
  const fixes = quickFixes(workspace, URI, { start: 0, end: ISSUER.length })
  expect(
    fixes.map(({ title, preferred, findings }) => [title, preferred, findings.map(f => f.message)]),
  ).toEqual([
    ['b', false, ['elsewhere', 'first']],
    ['c', false, ['elsewhere']],
    ['c', true, ['first']],
    ['d', false, ['first']],
  ])
})

test('a fix that was made for another text of the other file is not offered', () => {
  const workspace = createWorkspace([
    onNames((name, file, report) => {
      const stale = { ...file, uri: 'file:///w/other.json' }
      report(name, 'x', {
        fixes: [{ title: 'y', safe: false, edits: [{ set: name, to: 'z', file: stale }] }],
      })
    }),
  ])
  workspace.update(URI, 'disk', ISSUER)
  expect(quickFixes(workspace, URI, { start: 0, end: ISSUER.length })).toEqual([])
})
