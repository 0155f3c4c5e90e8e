import { applyFixes, type Fix as CelFix } from '../cel/index.ts'
import type { Node, Range, StringNode } from '../syntax/node.ts'
import { sourceOffsets, valueRange } from '../syntax/scalar.ts'
import type { Entity } from '../wif/entity.ts'
import type { Fix, FixEdit } from './rule.ts'

/** `change` of the condition `node`, as a fix of the file. */
export function conditionFix(at: Entity, node: StringNode, change: CelFix, safe = false): Fix {
  return { title: change.title, safe, edits: [conditionEdit(at, node, change)] }
}

/**
 * The edit that makes `change` in the condition `node` and leaves the rest of it as it is written. Where the text
 * around it cannot hold the new words, the whole value is written anew.
 */
export function conditionEdit({ tree }: Entity, node: StringNode, change: CelFix): FixEdit {
  const { start, end, text } = change
  const to = applyFixes(node.value, change)
  const range = valueRange(tree.text, node, start, end)
  const by = conditionText(text, tree.text, node)
  const isWhole = range.start === node.start && range.end === node.end
  const holds = sourceOffsets(tree.text, node) && !isWhole && holdsAfter(tree.text, node, range, by, to)
  return holds ? { replace: range, by } : { set: node, to }
}

/** Whether the node still says what it should, `to`, once `by` stands in the place of `range`. */
function holdsAfter(text: string, node: StringNode, range: Range, by: string, to: string): boolean {
  if (text[node.start] === '"') return true
  const after = text.slice(0, range.start) + by + text.slice(range.end)
  const moved = { ...node, value: to, end: node.end + after.length - text.length }
  return !breaksPlain(after, moved) && sourceOffsets(after, moved) !== undefined
}

/** `piece` as it is written in the condition `node` of a file with this text. */
export function conditionText(piece: string, text: string, node: StringNode): string {
  const quote = text[node.start]
  if (quote === '"') return JSON.stringify(piece).slice(1, -1)
  return quote === "'" ? piece.replaceAll("'", "''") : piece
}

/** Whether `node` is written without quotes, and its text is one that needs them. */
function breaksPlain(text: string, node: StringNode): boolean {
  const plain = text.slice(node.start, node.end)
  if (/^["'|>]/.test(plain)) return /^[|>]/.test(plain) && node.value === ''
  const unreadable = /^[\s#&*!%@`[\]{},?:-]|^$|:\s|:$|\s#|[\r\n]$/.test(plain)
  return unreadable || (isInFlow(node) && /[,[\]{}]/.test(plain))
}

function isInFlow(node: Node): boolean {
  const holder = node.parent?.type === 'property' ? node.parent.parent : node.parent
  return holder !== undefined && (holder.flow === true || isInFlow(holder))
}
