import fc from 'fast-check'
import { type AccessComparison, compareAccess } from '../../../server/src/access/compare.ts'
import type { WorkspaceView } from '../../../server/src/wif/view.ts'
import { createWorkspace } from '../../../server/src/workspace/workspace.ts'
import type { Seed } from '../corpus.ts'
import { mutated } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

interface Input {
  before: Seed[]
  after: Seed[]
}

/** Whatever two revisions hold, one is the same as itself, and what is wider one way is narrower the other. */
export function accessProperties(seeds: readonly Seed[]): Property[] {
  const files = fc.array(mutated(seeds), { maxLength: 4 })
  return [
    property<Input>({ name: 'access', inputs: fc.record({ before: files, after: files }), check: isFair }),
  ]
}

function isFair({ before, after }: Input): void {
  const [old, now] = [viewOf(before), viewOf(after)]
  for (const view of [old, now])
    if (brief(compareAccess(view, view)) !== '') fail('a revision differs from itself')
  const [there, back] = [brief(compareAccess(old, now)), brief(compareAccess(now, old), OPPOSITE)]
  if (there !== back) fail(`one way it is\n${there}\nand the other way\n${back}`)
}

function viewOf(files: readonly Seed[]): WorkspaceView {
  const workspace = createWorkspace([])
  for (const [i, { format, text }] of files.entries())
    workspace.update(`file:///w/${i}.${format}`, 'disk', text)
  return workspace.view()
}

const OPPOSITE: Record<string, string> = { wider: 'narrower', narrower: 'wider' }

function brief({ rules, issuers }: AccessComparison, words: Record<string, string> = {}): string {
  const own = (direction: string) => words[direction] ?? direction
  return [...rules, ...issuers]
    .map(({ direction, changes }) =>
      [own(direction), ...changes.map(each => own(each.direction)).sort()].join(' '),
    )
    .sort()
    .join('\n')
}
