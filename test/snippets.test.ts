import { describe, expect, test } from 'vitest'
import { type Completion, completions } from '../server/src/features/completion.ts'
import { rules } from '../server/src/rules/index.ts'
import { applyEdits } from '../server/src/text/edit.ts'
import { createWorkspace } from '../server/src/workspace/workspace.ts'

/** Whole objects to start from, in an empty document. */

type Format = 'json' | 'yaml'

/** What is offered at the `$0` of a document, and the document after one was chosen. */
function offered(name: string, source: string): { items: Completion[]; after(item: Completion): string } {
  const workspace = createWorkspace(rules)
  const uri = `file:///w/${name}`
  const text = source.replace('$0', '')
  workspace.update(uri, 'editor', text)
  return {
    items: completions(workspace, uri, source.indexOf('$0'), { by: 'person' }),
    after: ({ range, text: written, more }) => applyEdits(text, [{ ...range, text: written }, ...more]),
  }
}

function findings(name: string, text: string): string[] {
  const workspace = createWorkspace(rules, undefined, 'strict')
  const uri = `file:///w/${name}`
  workspace.update(uri, 'editor', text)
  const file = workspace.file(uri)
  const known = file ? [file.issuers, file.rules, file.workloads, file.policies].flat().length : 0
  if (known !== 1) return [`${known} objects are recognised`]
  return workspace.findings(uri).map(({ rule, message }) => `${rule}: ${message}`)
}

const PLACES: [format: Format, source: string][] = [
  ['yaml', '$0'],
  ['yaml', '# A comment\n\n$0'],
  ['yaml', '---\n$0\n'],
  ['json', '$0'],
  ['json', '{$0}'],
  ['json', '{\n  $0\n}\n'],
  ['json', '[\n  $0\n]\n'],
]

describe.each(PLACES)('in %s %j', (format, source) => {
  const { items, after } = offered(`wif.${format}`, source)
  const snippets = items.filter(({ kind }) => kind === 'snippet')

  test('all are offered, those of all providers', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(38)
    expect(snippets.map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        'WIF rule: AWS STS',
        'WIF rule: GitHub Actions',
        'WIF issuer: Amazon EKS',
        ...(source.includes('[') ? [] : ['WIF Pod: Kubernetes', 'WIF IAM policy: AWS STS']),
      ]),
    )
  })

  test.each(snippets.map(item => [item.label, item] as const))('%s has nothing to find', (_, item) => {
    const text = after(item)
    expect(findings(`wif.${format}`, text), text).toEqual([])
    for (const { start, end } of item.stops) expect(item.text.slice(start, end)).toMatch(/^<.*>$|_\.\.\.$/)
  })
})
