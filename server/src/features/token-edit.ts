import { type FileEdits, textEdits } from '../lint/fix.ts'
import type { ExactValue } from '../token/exact-value.ts'
import type { WifFile } from '../wif/entity.ts'

/** The edit of `file` that writes a value into a matcher, in the style of the file; undefined behind an alias, or where syntax is broken. */
export function writeExactly({ node, value }: ExactValue, file: WifFile): FileEdits | undefined {
  return textEdits({ title: '', safe: false, edits: [{ set: node, to: value }] }, file)
}
