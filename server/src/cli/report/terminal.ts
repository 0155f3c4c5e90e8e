import { createColors } from 'picocolors'
import { printable } from '../../text/printable.ts'
import type { Io, Output } from '../io.ts'

/**
 * `text` without what GitHub's runner would obey in a log, where files of strangers are quoted: `::command::` at the
 * beginning of a line, `##[command]` anywhere.
 */
export function forLog(text: string, env: Io['env']): string {
  if (!env.GITHUB_ACTIONS) return text
  return text.replaceAll('##[', '# #[').replace(/^(\s*:)(?=:)/gm, '$1 ')
}

/** One character of a line, as it is shown. */
export interface Cell {
  text: string
  /** How many columns of a terminal it takes. */
  width: number
}

const TAB = '    '
const COMBINING = /^\p{M}/u
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u

/** The characters of `text`, which holds no line break, each with its width. */
export function cells(text: string): Cell[] {
  return Array.from(text, character => {
    const shown = character === '\t' ? TAB : printable(character)
    if (shown !== character) return { text: shown, width: shown.length }
    return { text: shown, width: COMBINING.test(shown) ? 0 : WIDE.test(shown) ? 2 : 1 }
  })
}

/** How many columns of a terminal these take. */
export function widthOf(line: readonly Cell[]): number {
  return line.reduce((sum, cell) => sum + cell.width, 0)
}

/** Paint for `output`, or none when nobody looks or nobody wants it (no-color.org, force-color.org). */
export function colorsFor(output: Output, env: Io['env']) {
  const { NO_COLOR, FORCE_COLOR, TERM } = env
  if (NO_COLOR) return createColors(false)
  if (FORCE_COLOR) return createColors(FORCE_COLOR !== '0' && FORCE_COLOR !== 'false')
  return createColors(output.isTTY === true && TERM !== 'dumb')
}
