import { type Html, html } from '../html.ts'
import type { How, Severity } from './shown.ts'
import type { Words } from './words.ts'

const LINES: readonly How[] = ['admitted', 'possible', 'denied']
const BADGES: readonly Severity[] = ['error', 'warning', 'info']

/** What the lines and colours mean, as an svg element of one row. */
export function legend(words: Words, width: (text: string) => number): Html {
  let x = 0
  const place = (taken: number, text: string) => {
    const at = x
    x += taken + 8 + width(text) + 22
    return { at, text: at + taken + 8 }
  }
  const lines = LINES.map(how => {
    const { at, text } = place(34, words.how[how])
    return html`<g class="edge ${how}"><path class="line" d="M${at} 12h27"/><path class="head" d="M${at + 34} 12l-9 -4.5v9z"/></g><text class="detail" x="${text}" y="16">${words.how[how]}</text>`
  })
  const badges = BADGES.map(severity => {
    const { at, text } = place(17, words.severities[severity])
    return html`<g class="box ${severity}"><g class="badge" transform="translate(${at + 8.5} 12)"><circle class="sign" r="8.5"/><text class="letter" y="4">${severity === 'info' ? 'i' : '!'}</text></g></g><text class="detail" x="${text}" y="16">${words.severities[severity]}</text>`
  })
  const unused = place(24, words.unused)
  const box = html`<g class="box idle"><rect class="body" x="${unused.at + 0.5}" y="5.5" width="24" height="13" rx="3"/></g><text class="detail" x="${unused.text}" y="16">${words.unused}</text>`
  return html`<svg class="legend" role="img" aria-label="${words.legend}" width="${x}" height="24" viewBox="0 0 ${x} 24"><g>${lines}${box}${badges}</g></svg>`
}
