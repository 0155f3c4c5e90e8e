/** What files say, as Markdown that says the same: nothing in it becomes a link, an image or HTML. */

/** A name or a value as code. */
export function code(text: string): string {
  return `\`${text.replace(/`/g, "'").replace(/\s+/g, ' ')}\``
}

/** A sentence as the linter writes them: what stands between single backticks is code, all else is plain. */
export function sentence(text: string): string {
  const parts = text.replace(/\s+/g, ' ').replace(/`{2,}/g, "'").split('`')
  // An odd number of backticks: the last one opens nothing.
  const stray = parts.length % 2 === 0 ? parts.pop() : undefined
  const whole = parts.map((part, i) => (i % 2 === 0 ? plain(part) : `\`${part}\``)).join('')
  return stray === undefined ? whole : `${whole}\\\`${plain(stray)}`
}

function plain(text: string): string {
  return text.replace(/[\\[\]<*_~|#]/g, '\\$&')
}
