import { applyFixes, type Fix as CelFix } from '../cel/index.ts'
import type { Node, StringNode } from '../syntax/node.ts'
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
  const by = written(text, tree.text[node.start] ?? '')
  const after = tree.text.slice(0, range.start) + by + tree.text.slice(range.end)
  const moved = { ...node, value: to, end: node.end + after.length - tree.text.length }
  const isWhole = range.start === node.start && range.end === node.end
  const holds =
    sourceOffsets(tree.text, node) && !isWhole && !breaksPlain(after, moved) && sourceOffsets(after, moved)
  return holds ? { replace: range, by } : { set: node, to }
}

/** `text` as it is written in a scalar that begins with `quote`. */
function written(text: string, quote: string): string {
  if (quote === '"') return JSON.stringify(text).slice(1, -1)
  return quote === "'" ? text.replaceAll("'", "''") : text
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
