import fc from 'fast-check'
import { completions } from '../../../server/src/features/completion.ts'
import { fieldHover } from '../../../server/src/features/hover.ts'
import { rules } from '../../../server/src/rules/index.ts'
import { applyEdits } from '../../../server/src/text/edit.ts'
import { createWorkspace } from '../../../server/src/workspace/workspace.ts'
import type { Format, Seed } from '../corpus.ts'
import { isSound } from '../invariants.ts'
import { mutated } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

interface Input {
  document: { format: Format; text: string }
  /** Places of the cursor, as shares of the text in ten thousandths. */
  cursors: number[]
}

/** Whatever is chosen at any place keeps sound text sound; and a hover is about the place. */
export function completionProperties(seeds: readonly Seed[]): Property[] {
  const inputs = fc.record({
    document: mutated(seeds),
    cursors: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 6 }),
  })
  return [property<Input>({ name: 'completions', inputs, check: choicesAreSound })]
}

function choicesAreSound({ document: { format, text }, cursors }: Input): void {
  // A file of this name is for all that there is.
  const uri = `file:///wif.${format}`
  const workspace = createWorkspace(rules)
  workspace.update(uri, 'editor', text, format)
  const wasSound = isSound(format, text)
  for (const share of cursors) {
    const offset = Math.floor((share / 10_000) * text.length)
    const hover = fieldHover(workspace, uri, offset)
    if (hover && (offset < hover.range.start || hover.range.end < offset))
      fail(`the hover at ${offset} is about ${hover.range.start}-${hover.range.end}`)
    for (const { range, text: written, more, label } of completions(workspace, uri, offset, {
      by: 'person',
    })) {
      const replaced = text.slice(range.start, range.end)
      if (offset < range.start || range.end < offset || /[\r\n]/.test(replaced))
        fail(`"${label}" at ${offset} takes the place of ${range.start}-${range.end}`)
      const after = applyEdits(text, [{ ...range, text: written }, ...more])
      if (wasSound && !isSound(format, after)) fail(`"${label}" at ${offset} breaks the file:\n${after}`)
    }
  }
}
