import { type Html, html } from '../html.ts'
import type { How, Severity } from './shown.ts'
import type { Words } from './words.ts'

const LINES: readonly How[] = ['admitted', 'possible', 'denied']
const BADGES: readonly Severity[] = ['error', 'warning', 'info']
const ROW = 24
const BEFORE_WORDS = 8
const BETWEEN = 14

/**
 * What the lines and colours mean, as an svg element of as many rows as it takes.
 * @param width of words in the small text of the picture, in pixels
 * @param room how wide a row may be
 */
export function legend(words: Words, width: (text: string) => number, room: number): Html {
  let [x, y, widest] = [0, 0, 0]
  const entry = (size: number, sign: Html, text: string) => {
    const needed = size + BEFORE_WORDS + width(text)
    if (x > 0 && x + needed > room) [x, y] = [0, y + ROW]
    const entryAt = `translate(${x} ${y})`
    x += needed + BETWEEN
    widest = Math.max(widest, x - BETWEEN)
    return html`<g transform="${entryAt}">${sign}<text class="detail" x="${size + BEFORE_WORDS}" y="16">${text}</text></g>`
  }
  const entries = [
    ...LINES.map(how =>
      entry(
        34,
        html`<g class="edge ${how}"><path class="line" d="M0 12h27"/><path class="head" d="M34 12l-9 -4.5v9z"/></g>`,
        words.how[how],
      ),
    ),
    entry(
      24,
      html`<g class="box idle"><rect class="body" x="0.5" y="5.5" width="24" height="13" rx="3"/></g>`,
      words.unused,
    ),
    ...BADGES.map(severity =>
      entry(
        17,
        html`<g class="box ${severity}"><g class="badge" transform="translate(8.5 12)"><circle class="sign" r="8.5"/><text class="letter" y="4">${severity === 'info' ? 'i' : '!'}</text></g></g>`,
        words.severities[severity],
      ),
    ),
  ]
  const [w, h] = [Math.ceil(widest), y + ROW]
  return html`<svg class="legend" role="img" aria-label="${words.legend}" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"><g>${entries}</g></svg>`
}
