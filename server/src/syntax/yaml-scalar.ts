import { isScalar, parseDocument, Scalar } from 'yaml'
import type { Range, ScalarNode } from './node.ts'
import { isMasked, unmask } from './template.ts'

/** The part of a file that is read. */
export interface Source {
  /** The whole file. */
  text: string
  /** This part of it, as written. */
  written: string
  /** `written` with its templates masked: what the parser saw. */
  masked: string
  /** Where this part starts in the file. */
  base: number
}

/** The node of a scalar, which starts at `least` or behind it. */
export function readScalar(source: Source, item: Scalar, least: number): ScalarNode {
  const at = place(source, item.range, least)
  const { value } = item
  if (typeof value === 'boolean') return { type: 'boolean', value, ...at }
  if (value === null) return { type: 'null', value, ...at }
  if (typeof value === 'number' && Number.isFinite(value)) return { type: 'number', value, ...at }
  return { type: 'string', value: stringOf(source, item), ...at }
}

/** Whether a template stands there without quotes: it may render to more than a value. */
export function isUnquotedTemplate({ written, masked }: Source, { type, range }: Scalar): boolean {
  if (type !== Scalar.PLAIN || !range || !isMasked(masked.slice(range[0], range[1]))) return false
  // The `${{ }}` of a GitHub workflow gives a value and no more.
  return /(?<!\$)\{\{/.test(written.slice(range[0], range[1]))
}

function stringOf(source: Source, { value, type, range }: Scalar): string {
  const [start, end] = range ?? [0, 0]
  const written = source.written.slice(start, end)
  const masked = source.masked.slice(start, end)
  // `2e848593` overflows to Infinity here and is a string to kubectl: keep what was written.
  if (typeof value !== 'string') return written
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED)
    return blockText(written, masked) ?? value
  return isMasked(value) ? unmask(value, masked, written) : value
}

/**
 * What the block scalar `written` says, where it was `masked`: templates are text there, and those that fill a line
 * have left only blanks. Undefined where nothing was, or where it cannot be read on its own (`|2`).
 */
function blockText(written: string, masked: string): string | undefined {
  if (written === masked || /^.[+-]?[1-9]/.test(written)) return undefined
  const contents = parseDocument(written, { prettyErrors: false, logLevel: 'silent' }).contents
  return isScalar(contents) && typeof contents.value === 'string' ? contents.value : undefined
}

/** The range of a node in the file, up to its last visible character. One without any stands from `least` on. */
export function place(
  { written, base }: Source,
  range: Scalar['range'] | undefined,
  least: number,
): Range & { parent: undefined } {
  let [start, end] = range ?? [0, 0]
  // The parser ends a block scalar where the next line starts.
  while (end > start && isSpace(written[end - 1])) end--
  if (start === end) {
    // It puts an empty value behind the blanks after its colon.
    while (start > least - base && (written[start - 1] === ' ' || written[start - 1] === '\t')) start--
    end = start = Math.max(start, least - base)
  }
  return { start: base + start, end: base + end, parent: undefined }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}
