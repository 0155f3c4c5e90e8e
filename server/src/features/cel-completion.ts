import { claim, type Signature, signatures } from '../cel/index.ts'
import type { Range } from '../syntax/node.ts'
import type { ClaimInfo } from '../wif/providers/provider.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { aboutClaim, claimsBelow } from './cel-claim.ts'
import { type CelCursor, celCursor } from './cel-cursor.ts'
import { distinctBy } from './distinct.ts'

/** Something that may be written at the cursor. */
export interface CelCompletion {
  kind: 'claim' | 'function' | 'method' | 'variable'
  label: string
  /** Type or signature, in a word. */
  detail: string
  /** Markdown. */
  documentation: string
  /** What takes the place of `range`, escaped for the quotes around the condition. */
  text: string
  /** The cursor is to be before this, as between the parentheses of a call; absent at the end. */
  behind?: string
  range: Range
}

/** A path of claims just before the cursor, and the beginning of the next name. */
const PATH = /(?<![\w.])claims((?:\.\w+|\[(?:"[^"\\]*"|'[^'\\]*')\])*)(?:(\.)(\w*)|(\[\s*["']?)([^"'\]]*))$/
const STEPS = /\.(\w+)|\["([^"\\]*)"\]|\['([^'\\]*)'\]/g

/** What may be written at `offset`, if it is in a condition. */
export function celCompletions(workspace: Workspace, uri: string, offset: number): CelCompletion[] {
  const cursor = celCursor(workspace, uri, offset)
  if (!cursor) return []
  const before = cursor.source.slice(0, cursor.at)
  const found = PATH.exec(before)
  if (found && !isInString(before.slice(0, found.index))) {
    const [all, steps = '', dot, partial = ''] = found
    const path = [...steps.matchAll(STEPS)].map(
      ([, ...names]) => names.find(name => name !== undefined) ?? '',
    )
    const start = cursor.at - all.length + 'claims'.length + steps.length
    const claims = claimCompletions(cursor, path, { start, end: endOf(cursor, dot === undefined) })
    if (dot === undefined) return claims
    return path.length === 0 ? claims : [...claims, ...methods(cursor, partial, typeAt(cursor, path))]
  }
  if (isInString(before)) return []
  const member = /[\w)\]"']\.(\w*)$/.exec(before)
  return member ? methods(cursor, member[1] ?? '', undefined) : words(cursor, /\w*$/.exec(before)?.[0] ?? '')
}

/** Where the name goes on behind the cursor; with `bracket`, as far as the closing one. */
function endOf({ source, at }: CelCursor, bracket: boolean): number {
  const rest = (bracket ? /^[^"'\]\s&|)]*["']?\]?/ : /^\w*/).exec(source.slice(at))
  return at + (rest?.[0].length ?? 0)
}

function isInString(before: string): boolean {
  return /^["']/.test(before.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '').replace(/^[^"']*/, ''))
}

function claimCompletions(cursor: CelCursor, path: string[], part: Range): CelCompletion[] {
  const { provider } = cursor
  const entries = Object.entries(claimsBelow(provider, path))
  // Those that say who it is come first.
  const ranked = [
    ...entries.filter(([, info]) => isIdentity(info)),
    ...entries.filter(([, info]) => !isIdentity(info)),
  ]
  return ranked.map(([name, info]) => ({
    kind: 'claim',
    label: name,
    detail: info.callerControlled === undefined ? info.type : `${info.type}, chosen by the caller`,
    documentation: aboutClaim(info, provider),
    text: cursor.write(claim([...path, name]).slice(claim(path).length)),
    range: cursor.rangeOf(part),
  }))
}

function isIdentity({ pins, callerControlled }: ClaimInfo): boolean {
  return pins !== undefined && callerControlled === undefined
}

function typeAt({ provider }: CelCursor, path: string[]): ClaimInfo['type'] | undefined {
  const [name = ''] = path.slice(-1)
  return claimsBelow(provider, path.slice(0, -1))[name]?.type
}

/** What a method is called on, in its label, that a claim of the type can be. */
const RECEIVERS: Partial<Record<ClaimInfo['type'], RegExp>> = {
  string: /^string\./,
  array: /^list\./,
  object: /^(?:list|map)\./,
  number: /^(?:int|uint|double)\./,
}

function methods(cursor: CelCursor, partial: string, type: ClaimInfo['type'] | undefined): CelCompletion[] {
  const receiver = type ? (RECEIVERS[type] ?? /^$/) : /^/
  return calls(
    cursor,
    partial,
    signatures.filter(s => s.method && receiver.test(s.label)),
  )
}

function words(cursor: CelCursor, partial: string): CelCompletion[] {
  const claims: CelCompletion = {
    kind: 'variable',
    label: 'claims',
    detail: 'map',
    documentation: 'The claims of the token: the only variable there is.',
    text: 'claims',
    range: cursor.rangeOf({ start: cursor.at - partial.length, end: endOf(cursor, false) }),
  }
  return [
    claims,
    ...calls(
      cursor,
      partial,
      signatures.filter(s => !s.method),
    ),
  ]
}

/** One for each name; a call that is there already keeps its parentheses. */
function calls(cursor: CelCursor, partial: string, offered: Signature[]): CelCompletion[] {
  const part = { start: cursor.at - partial.length, end: endOf(cursor, false) }
  const isCalled = cursor.source.slice(part.end).trimStart().startsWith('(')
  return distinctBy(offered, ({ name }) => name).map(({ name, label, doc, method }) => ({
    kind: method ? 'method' : 'function',
    label: name,
    detail: label,
    documentation: doc,
    text: isCalled ? name : `${name}(`,
    ...(!isCalled && { behind: ')' }),
    range: cursor.rangeOf(part),
  }))
}
