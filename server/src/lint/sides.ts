import type { NodeEdit } from '../syntax/write.ts'
import type { WifFile } from '../wif/entity.ts'
import { fileName } from './narrow.ts'
import type { Fix } from './rule.ts'

/** What would make one of two files agree with the other. */
export interface Side {
  file: WifFile
  title: string
  /** Undefined where this side cannot be changed. */
  edit: NodeEdit | undefined
  choice?: true
}

/**
 * Where two files disagree, either may be wrong: a fix for each side, that of the linted file first. They decide what
 * is asked for and who gets in, so none is safe.
 */
export function eitherSide(linted: WifFile, sides: readonly Side[]): Fix[] {
  const isLinted = (file: WifFile) => file.uri === linted.uri
  return [...sides]
    .sort((a, b) => Number(isLinted(b.file)) - Number(isLinted(a.file)))
    .flatMap(({ file, title, edit, choice }): Fix[] => {
      const where = isLinted(file) ? '' : ` in ${fileName(file.uri)}`
      return edit
        ? [{ title: title + where, safe: false, ...(choice && { choice }), edits: [{ ...edit, file }] }]
        : []
    })
}
