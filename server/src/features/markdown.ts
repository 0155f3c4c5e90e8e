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

/** What one of a few things is, as a list with `and` before the last. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Seconds as people say them: "3600 s (1 hour)". */
export function seconds(count: number): string {
  const whole = `${Math.round(count)} s`
  const spoken = duration(Math.round(count))
  return spoken === undefined ? whole : `${whole} (${spoken})`
}

const UNITS: [seconds: number, name: string][] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** In the two largest units that it fills; nothing for what seconds say better. */
function duration(count: number): string | undefined {
  if (count < 60) return undefined
  let rest = count
  const parts = UNITS.flatMap(([size, name]) => {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    return amount === 0 ? [] : [`${amount} ${name}${amount === 1 ? '' : 's'}`]
  })
  return parts.slice(0, 2).join(' ')
}
