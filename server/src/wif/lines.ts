import { lineIndex } from '../text/lines.ts'
import { oncePer } from '../text/once-per.ts'
import type { WifFile } from './entity.ts'

/** The lines of a file. A file is a value: another text is another file. */
export const linesOf = oncePer((file: WifFile) => lineIndex(file.text))
