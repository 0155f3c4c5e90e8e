import { conditionText } from '../lint/condition-edit.ts'
import type { Range, StringNode } from '../syntax/node.ts'
import { valueOffset, valueRange } from '../syntax/scalar.ts'
import { providerOf } from '../wif/pairing.ts'
import type { Provider } from '../wif/providers/provider.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** A cursor within the condition of a rule. */
export interface CelCursor {
  rule: FederationRule
  node: StringNode
  provider: Provider | undefined
  /** The condition as CEL, without the quotes and escapes of the file. */
  source: string
  /** Where in `source` the cursor is. */
  at: number
  /** Where a part of `source` stands in the file. */
  rangeOf(part: Range): Range
  /** A piece of CEL as it is written between the quotes around the condition. */
  write(text: string): string
}

/** The condition at `offset` of a file, undefined where there is none. */
export function celCursor(workspace: Workspace, uri: string, offset: number): CelCursor | undefined {
  const file = workspace.file(uri)
  for (const rule of file?.rules ?? []) {
    const node = rule.condition
    const { text } = rule.tree
    if (!node || offset < node.start) continue
    const blanks = blanksBehind(text, node, offset)
    const source = node.value + blanks
    const at = blanks === '' ? valueOffset(text, node, Math.min(offset, text.length)) : source.length
    if (at === undefined || offset > node.end + blanks.length) continue
    const place = (unit: number) =>
      unit > node.value.length
        ? node.end + unit - node.value.length
        : valueRange(text, node, unit, unit).start
    return {
      rule,
      node,
      provider: providerOf(workspace.view(), rule),
      source,
      at,
      rangeOf: ({ start, end }) =>
        end > node.value.length
          ? { start: place(start), end: place(end) }
          : valueRange(text, node, start, end),
      write: piece => conditionText(piece, text, node),
    }
  }
  return undefined
}

/** What was typed behind a condition without quotes: a blank there is no part of it until more follows. */
function blanksBehind(text: string, { start, end }: StringNode, offset: number): string {
  const behind = text.slice(end, offset)
  return offset > end && /^[^"'|>]/.test(text.slice(start, end)) && /^[ \t]+$/.test(behind) ? behind : ''
}
