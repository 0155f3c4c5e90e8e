import { claimPath, type Expr, parse, type Signature, signatures, walk } from '../cel/index.ts'
import type { Range } from '../syntax/node.ts'
import { claimAt } from '../wif/claims.ts'
import { standardClaims } from '../wif/providers/standard-claims.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { aboutClaim, claimTitle } from './cel-claim.ts'
import { type CelCursor, celCursor } from './cel-cursor.ts'

/** What to say of a place, in Markdown. */
export interface CelHover {
  range: Range
  text: string
}

/** What is known of the claim, method, macro or function at `offset`, if it is in a condition. */
export function celHover(workspace: Workspace, uri: string, offset: number): CelHover | undefined {
  const cursor = celCursor(workspace, uri, offset)
  const parsed = cursor && parse(cursor.source)
  if (!cursor || !parsed?.ok) return undefined
  for (const expr of [...walk(parsed.expr)].reverse()) {
    const found = nameAt(expr, cursor.at) ?? claimUnder(expr, cursor)
    if (found) return { range: cursor.rangeOf(found), text: found.text }
  }
  return undefined
}

interface Found extends Range {
  text: string
}

function nameAt(expr: Expr, at: number): Found | undefined {
  if (expr.kind !== 'method' && expr.kind !== 'call' && expr.kind !== 'macro' && expr.kind !== 'has')
    return undefined
  const { start, end } = expr.nameSpan
  if (at < start || end < at) return undefined
  const name = expr.kind === 'has' ? 'has' : expr.name
  const isMethod = expr.kind === 'method' || expr.kind === 'macro'
  const fitting = signatures.filter(s => s.name === name && s.method === isMethod)
  return fitting.length > 0 ? { start, end, text: shown(fitting) } : undefined
}

function shown(fitting: Signature[]): string {
  const docs = new Set(fitting.map(({ doc }) => doc))
  return `\`\`\`cel\n${fitting.map(({ label }) => label).join('\n')}\n\`\`\`\n${[...docs].join('\n\n')}`
}

/** The claim whose last name the cursor is on: before it, in the same expression, that of an object may stand. */
function claimUnder(expr: Expr, { at, provider }: CelCursor): Found | undefined {
  const path = claimPath(expr)
  if (!path || path.length === 0 || at < expr.start || expr.end < at) return undefined
  const info = provider
    ? claimAt(provider, path)
    : path.length === 1
      ? standardClaims[path[0] ?? '']
      : undefined
  const { start, end } = expr
  if (!info) return undefined
  const whose = provider ? `\n\n_${provider.name}_` : ''
  return {
    start,
    end,
    text: `\`\`\`cel\n${claimTitle(path, info)}\n\`\`\`\n${aboutClaim(info, provider)}${whose}`,
  }
}
