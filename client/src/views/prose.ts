import { printable } from '../../../server/src/text/printable.ts'
import { type Html, html } from './html.ts'

/** A sentence in which `backticks` mark what is written in files and tokens. */
export function prose(sentence: string): Html {
  const parts = visible(sentence).split('`')
  // An odd number of backticks: the last one is part of a value.
  const last = parts.length % 2 === 0 ? parts.splice(-2).join('`') : parts.pop()
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}${last}`
}

/** `text` with its hidden characters as escapes. */
export function visible(text: string): string {
  return text.replace(/[^\n\t]+/g, printable)
}
