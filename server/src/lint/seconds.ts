import type { Node } from '../syntax/node.ts'
import { filledIn } from '../wif/placeholder.ts'
import type { Fix, Report } from './rule.ts'

/** What a field of seconds takes. */
export interface SecondsRange {
  min: number
  max: number
  /** What to offer for a number below `min`. */
  low: number
  /** More about the range, for people: "49 hours". */
  words?: string
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400 }

/** Reports a value that is no integer within `range`; one that is not there, or not there yet, is fine. */
export function checkSeconds(
  given: Node | undefined,
  field: string,
  range: SecondsRange,
  report: Report,
): void {
  const node = filledIn(given)
  if (!node) return
  // An unquoted 2e848593 is a number beyond all bounds to one YAML parser, and a string to kubectl.
  if (node.type === 'number' && !Number.isFinite(node.value)) return
  const { min, max, low, words } = range
  const read = secondsIn(node)
  const inRange = read !== undefined && Number.isInteger(read) && read >= min && read <= max
  if (inRange && node.type === 'number') return

  const to = read === undefined ? undefined : read > max ? max : read < min ? low : Math.round(read)
  const fixes: Fix[] =
    to === undefined ? [] : [{ title: `Set to ${to}`, safe: inRange, edits: [{ set: node, to }] }]
  const there =
    node.type === 'number' || node.type === 'string' ? `; this is ${JSON.stringify(node.value)}` : ''
  const within = words === undefined ? '' : ` (${words})`
  report(node, `\`${field}\` must be an integer from ${min} to ${max}${within}${there}`, { fixes })
}

/** The seconds that `node` means: a number, or text such as "3600" or "1h". */
function secondsIn(node: Node): number | undefined {
  if (node.type === 'number') return node.value
  if (node.type !== 'string') return undefined
  const [, digits, unit = 's'] = /^\s*(-?\d+(?:\.\d+)?)\s*([smhd])?\s*$/.exec(node.value) ?? []
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit] ?? 1)
}
