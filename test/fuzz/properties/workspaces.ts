import fc from 'fast-check'
import { rules } from '../../../server/src/rules/index.ts'
import { createWorkspace, type Workspace } from '../../../server/src/workspace/workspace.ts'
import { collidingTexts } from '../collide.ts'
import type { Format, Seed } from '../corpus.ts'
import { mutated } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'
import { said, saidOf } from '../said.ts'

/** What happens to the files of a workspace. */
interface Step {
  do: 'disk' | 'editor' | 'delete' | 'close' | 'rename'
  file: number
  to: number
  text: string
  /** What is asked then: it must be up to date, and may be out of date later. */
  ask: 'nothing' | 'file' | 'all'
}

interface Input {
  format: Format
  steps: Step[]
}

const CONFIGS = [
  '{"profile": "strict"}',
  '{"severity": {"match": "off"}, "ignores": [{"files": "**", "rule": "match/tenant-wide", "reason": "x"}]}',
  '{"links": {"fdis_01A": "a/1.json", "fdrl_01A": "2.yaml"}, "audiences": ["https://other.example"]}',
  '{',
]
const KUSTOMIZATION = [
  'namespace: a\nresources: [2.yaml, ../3.yaml, b]\n',
  'namespace: b\nresources: [1.yaml]\n',
]

/** A file that is edited, renamed and deleted leaves nothing behind: the index is as if read anew. */
export function workspaceProperties(seeds: readonly Seed[]): Property[] {
  const formats = fc.constantFrom<Format>('json', 'yaml')
  const strange = formats.chain(format =>
    inputs(
      format,
      mutated(seeds.filter(seed => seed.format === format)).map(({ text }) => text),
      10,
    ),
  )
  const colliding = formats.chain(format => collidingTexts(format).chain(texts => inputs(format, texts, 24)))
  return [
    property<Input>({ name: 'workspace', inputs: strange, check: isAsIfNew }),
    property<Input>({ name: 'collisions', inputs: colliding, check: isAsIfNew }),
  ]
}

/** More files than are followed one by one between two questions. */
const NAMES = [
  ...['1', '2', '3', 'a/1', 'a/2', 'a/b/1', 'a/b/3', 'b/1', 'b/2', 'c/1', 'c/2', 'z'],
  ...['wif-lint', 'a/wif-lint', 'a/kustomization'],
]

function inputs(format: Format, text: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<Input> {
  // Mostly a few, so that one of them is many things in turn.
  const file = fc.oneof(fc.nat(2), fc.nat(NAMES.length - 1))
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom('disk', 'disk', 'editor', 'editor', 'delete', 'delete', 'close', 'rename'),
    file,
    to: file,
    text,
    ask: fc.constantFrom('nothing', 'nothing', 'nothing', 'file', 'all', 'all'),
  })
  return fc.record({ format: fc.constant(format), steps: fc.array(step, { minLength: 1, maxLength }) })
}

function isAsIfNew({ format, steps }: Input): void {
  const workspace = createWorkspace(rules)
  const disk = new Map<string, string>()
  const editor = new Map<string, string>()
  const anew = () => said(fresh([...disk], [...editor]))
  for (const step of steps) {
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
    const file = workspace.file(uriOf(format, step.file))
    if (step.ask === 'file' && file) saidOf(workspace, file)
    if (step.ask === 'all') expectSame('the workspace', said(workspace), 'read anew it', anew())
  }
  const expected = anew()
  expectSame('the workspace', said(workspace), 'read anew it', expected)
  const reversed = said(fresh([...disk].reverse(), [...editor].reverse()))
  expectSame('in another order it', reversed, 'in the first', expected)
}

function expectSame(one: string, actual: string, other: string, expected: string): void {
  if (actual === expected) return
  const [a, b] = [actual.split('\n'), expected.split('\n')]
  const [more, less] = [a.filter(line => !b.includes(line)), b.filter(line => !a.includes(line))]
  fail(`${one} says\n${more.join('\n')}\nand ${other} says\n${less.join('\n')}`)
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
  const choice = (all: readonly string[]) => all[text.length % all.length] ?? ''
  if (name.endsWith('kustomization')) return choice(KUSTOMIZATION)
  return name.endsWith('wif-lint') ? choice(CONFIGS) : text
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
