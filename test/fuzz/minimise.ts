/**
 * A smaller input that fails as well: what the library's own shrinking leaves of a text, its lines and then its
 * characters are taken away in ever smaller pieces (delta debugging, Zeller 1999).
 * @param fails tells whether an input still fails
 * @param until milliseconds since 1970 at which it is small enough
 */
export async function minimise<Input>(
  input: Input,
  fails: (input: Input) => Promise<boolean>,
  until: number,
): Promise<Input> {
  let best = input
  for (const path of textsIn(input)) {
    for (const separator of ['\n', '']) {
      const shrunk = async (text: string) => {
        const next = withText(best, path, text)
        if (Date.now() > until || !(await fails(next))) return false
        best = next
        return true
      }
      await reduce(textAt(best, path), separator, shrunk)
    }
  }
  return best
}

async function reduce(
  text: string,
  separator: string,
  keep: (text: string) => Promise<boolean>,
): Promise<void> {
  let parts = text.split(separator)
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < parts.length; ) {
      const rest = [...parts.slice(0, at), ...parts.slice(at + size)]
      if (await keep(rest.join(separator))) parts = rest
      else at += size
    }
  }
}

type Path = readonly (string | number)[]

/** Where in `input` the texts are. */
function textsIn(input: unknown, path: Path = []): Path[] {
  if (typeof input === 'string') return [path]
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([key, value]) =>
    ['text', 'json', 'keys', 'token'].includes(key) || typeof value === 'object'
      ? textsIn(value, [...path, key])
      : [],
  )
}

function textAt(input: unknown, path: Path): string {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], input) as string
}

function withText<Input>(input: Input, path: Path, text: string): Input {
  if (path.length === 0) return text as Input
  const copy = structuredClone(input)
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], copy)
  ;(holder as Record<string | number, unknown>)[path.at(-1) ?? ''] = text
  return copy
}
