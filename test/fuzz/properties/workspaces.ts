import fc from 'fast-check'
import { rules } from '../../../server/src/rules/index.ts'
import { label } from '../../../server/src/syntax/node.ts'
import { createWorkspace, type Workspace } from '../../../server/src/workspace/workspace.ts'
import type { Format, Seed } from '../corpus.ts'
import { mutated } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

/** What happens to the files of a workspace. */
interface Step {
  do: 'disk' | 'editor' | 'delete' | 'close' | 'rename'
  file: number
  to: number
  text: string
}

interface Input {
  format: Format
  steps: Step[]
}

const CONFIGS = [
  '{"profile": "strict"}',
  '{"severity": {"match": "off"}, "ignores": [{"files": "**", "rule": "match/tenant-wide", "reason": "x"}]}',
  '{"links": {"fdis_01A": "a/1.json"}, "audiences": ["https://claude.internal.example"]}',
  '{',
]
const KUSTOMIZATION = 'namespace: inference\nresources: [2.yaml, ../3.yaml, a]\n'

/** A file that is edited, renamed and deleted leaves nothing behind: the index is as if read anew. */
export function workspaceProperties(seeds: readonly Seed[]): Property[] {
  const inputs = fc.constantFrom<Format>('json', 'yaml').chain(format => {
    const own = mutated(seeds.filter(seed => seed.format === format)).map(({ text }) => text)
    const step: fc.Arbitrary<Step> = fc.record({
      do: fc.constantFrom('disk', 'editor', 'editor', 'delete', 'close', 'rename'),
      file: fc.nat(NAMES.length - 1),
      to: fc.nat(NAMES.length - 1),
      text: own,
    })
    return fc.record({ format: fc.constant(format), steps: fc.array(step, { minLength: 1, maxLength: 10 }) })
  })
  return [property<Input>({ name: 'workspace', inputs, check: isAsIfNew })]
}

const NAMES = ['1', 'a/1', 'a/2', 'a/b/3', 'wif-lint', 'a/wif-lint', 'a/kustomization']

function isAsIfNew({ format, steps }: Input): void {
  const workspace = createWorkspace(rules)
  const disk = new Map<string, string>()
  const editor = new Map<string, string>()
  for (const [i, step] of steps.entries()) {
    for (const [from, texts] of [
      ['disk', disk],
      ['editor', editor],
    ] as const) {
      for (const [uri, text] of changes(format, step, from, texts)) {
        if (text === undefined) texts.delete(uri)
        else texts.set(uri, text)
        workspace.update(uri, from, text)
      }
    }
    // Asked now and then, so that there is something to be out of date.
    if (i % 2 === 0) findings(workspace)
  }
  const expected = findings(fresh([...disk], [...editor]))
  const actual = findings(workspace)
  if (actual !== expected) fail(`the workspace says\n${actual}\nand read anew it says\n${expected}`)
  const reversed = findings(fresh([...disk].reverse(), [...editor].reverse()))
  if (reversed !== expected) fail(`in another order it says\n${reversed}\nand not\n${expected}`)
}

function* changes(
  format: Format,
  step: Step,
  from: 'disk' | 'editor',
  texts: ReadonlyMap<string, string>,
): Generator<[uri: string, text: string | undefined]> {
  const uri = uriOf(format, step.file)
  if (step.do === from) yield [uri, textFor(step.file, step.text)]
  if (step.do === 'close' && from === 'editor') yield [uri, undefined]
  if (step.do === 'delete' && from === 'disk') yield [uri, undefined]
  const text = texts.get(uri)
  if (step.do !== 'rename' || text === undefined) return
  yield [uri, undefined]
  yield [uriOf(format, step.to), text]
}

function textFor(file: number, text: string): string {
  const name = NAMES[file] ?? ''
  if (name.endsWith('kustomization')) return KUSTOMIZATION
  return name.endsWith('wif-lint') ? (CONFIGS[text.length % CONFIGS.length] ?? '') : text
}

function uriOf(format: Format, file: number): string {
  const name = NAMES[file] ?? ''
  return `file:///w/${name}.${name.endsWith('kustomization') ? 'yaml' : format}`
}

function fresh(disk: [string, string][], editor: [string, string][]): Workspace {
  const workspace = createWorkspace(rules)
  for (const [uri, text] of disk) workspace.update(uri, 'disk', text)
  for (const [uri, text] of editor) workspace.update(uri, 'editor', text)
  return workspace
}

function findings(workspace: Workspace): string {
  return workspace
    .files()
    .flatMap(({ uri }) =>
      workspace.findings(uri).map(({ rule, severity, message, start, end, related, fixes }) => {
        const places = related.map(({ at, file }) => {
          const range = at.type === 'property' ? at.key : label(at)
          return `${file?.uri ?? uri}:${range.start}`
        })
        return [uri, rule, severity, start, end, message, ...places, ...fixes.map(f => f.title)].join(' ')
      }),
    )
    .join('\n')
}
