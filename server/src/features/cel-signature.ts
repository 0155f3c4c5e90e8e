import { type Signature, signatures } from '../cel/index.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { celCursor } from './cel-cursor.ts'

/** The call that the cursor is in. */
export interface CelCall {
  signatures: Signature[]
  /** Which of them has room for the argument. */
  active: number
  /** The argument the cursor is in, from 0. */
  argument: number
}

/** The signatures of the call at `offset`, if it is between the parentheses of one in a condition. */
export function celSignatures(workspace: Workspace, uri: string, offset: number): CelCall | undefined {
  const cursor = celCursor(workspace, uri, offset)
  if (!cursor) return undefined
  // Most likely unfinished, so not to be parsed: strings are blanked, and brackets counted back.
  const before = cursor.source
    .slice(0, cursor.at)
    .replace(/"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)/g, text => ' '.repeat(text.length))
  let [depth, argument] = [0, 0]
  for (let at = before.length - 1; at >= 0; at--) {
    const sign = before[at] ?? ''
    if (')]}'.includes(sign)) depth++
    else if ('([{'.includes(sign) && depth-- === 0)
      return sign === '(' ? call(before.slice(0, at), argument) : undefined
    else if (sign === ',' && depth === 0) argument++
  }
  return undefined
}

function call(before: string, argument: number): CelCall | undefined {
  const [, dot, name] = /(\.\s*)?(\w+)\s*$/.exec(before) ?? []
  const found = signatures.filter(s => s.name === name && s.method === (dot !== undefined))
  if (found.length === 0) return undefined
  return {
    signatures: found,
    active: Math.max(
      0,
      found.findIndex(s => s.params.length > argument),
    ),
    argument,
  }
}
