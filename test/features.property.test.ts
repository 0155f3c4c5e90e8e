import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Completion, completions } from '../server/src/features/completion.ts'
import { fieldHover } from '../server/src/features/hover.ts'
import { rules } from '../server/src/rules/index.ts'
import { applyEdits } from '../server/src/text/edit.ts'
import { readWifFile } from '../server/src/wif/file.ts'
import { providers } from '../server/src/wif/providers/index.ts'
import { formatOf } from '../server/src/wif/relevance.ts'
import { createWorkspace, type Workspace } from '../server/src/workspace/workspace.ts'

const issuersWithLongTokens = providers
  .filter(({ token }) => token.accept)
  .map(({ issuer }) => issuer.example)

/** Every file of examples/, in one workspace. */
const root = join(import.meta.dirname, '../examples')
const files = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(path => formatOf(path) !== undefined)
    .sort()
    .map(path => [`file:///w/${path}`, readFileSync(join(root, path), 'utf8')]),
)

function workspaceOf(texts: ReadonlyMap<string, string>): Workspace {
  const workspace = createWorkspace(rules)
  for (const [uri, text] of texts) workspace.update(uri, 'disk', text)
  return workspace
}

/** `text` after one was chosen, its places to type in as they are. */
function chosen(text: string, { range, text: written, more }: Completion): string {
  return applyEdits(text, [{ ...range, text: written }, ...more])
}

const problemsIn = (uri: string, text: string) =>
  readWifFile(uri, text, formatOf(uri) ?? 'json').trees.flatMap(({ problems, hidden = [] }) => [
    ...problems,
    ...hidden,
  ])

describe.each([...files.keys()])('%s', uri => {
  const text = files.get(uri) ?? ''
  const workspace = workspaceOf(files)

  test('says of every place what lies in it', () => {
    for (let offset = 0; offset <= text.length; offset++) {
      const { range } = fieldHover(workspace, uri, offset) ?? {}
      if (range && !(range.start <= offset && offset <= range.end))
        throw new Error(`The hover at ${offset} is about ${range.start}-${range.end}`)
    }
  })

  test('stays sound whatever is chosen, wherever', () => {
    expect(problemsIn(uri, text)).toEqual([])
    const seen = new Set<string>()
    for (let offset = 0; offset <= text.length; offset++) {
      for (const item of completions(workspace, uri, offset, { by: 'person' })) {
        const after = chosen(text, item)
        if (seen.has(after)) continue
        seen.add(after)
        const problems = problemsIn(uri, after)
        if (problems.length > 0)
          throw new Error(`${item.label} at ${offset}: ${problems[0]?.message}\n${after}`)
      }
    }
  })
})

test('nothing that is offered as a value is a finding then', () => {
  const right = [...files].filter(([uri]) => uri.includes('/right/'))
  const workspace = workspaceOf(new Map(right))
  const trial = workspaceOf(new Map(right))
  /** What they ask for is still to be written: other fields of the issuer. */
  const FURTHER = ['explicit_url', 'inline', ...issuersWithLongTokens]
  for (const [uri, text] of right) {
    expect(workspace.findings(uri)).toEqual([])
    const seen = new Set<string>()
    for (let offset = 0; offset <= text.length; offset++) {
      for (const item of completions(workspace, uri, offset, { by: 'person' })) {
        const after = chosen(text, item)
        if (item.kind === 'field' || FURTHER.includes(item.label) || seen.has(after)) continue
        seen.add(after)
        trial.update(uri, 'editor', after)
        for (const each of right.map(([other]) => other))
          expect(
            trial.findings(each).map(({ message }) => message),
            `${item.label} in ${uri}`,
          ).toEqual([])
      }
    }
    trial.update(uri, 'editor', undefined)
  }
})

test('no place of anything half typed is too much', () => {
  const started = workspaceOf(files)
  const places = fc.record({
    uri: fc.constantFrom(...files.keys()),
    end: fc.double({ min: 0, max: 1, noNaN: true }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(places, ({ uri, end, at }) => {
      const text = files.get(uri) ?? ''
      const typed = text.slice(0, Math.round(end * text.length))
      started.update(uri, 'editor', typed)
      // Mostly at the end, where somebody types.
      const offset = at < 0.5 ? typed.length : Math.round(at * typed.length)
      for (const item of completions(started, uri, offset, { by: 'person' })) chosen(typed, item)
      fieldHover(started, uri, offset)
      started.update(uri, 'editor', undefined)
    }),
    { seed: 1, numRuns: 200 },
  )
})
