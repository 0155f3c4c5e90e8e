import type { Node, Problem, Range } from './node.ts'

/** Real files nest a dozen deep. The limit keeps every walk over a tree within the stack. */
export const MAX_DEPTH = 200

/** Nobody reads more problems of one document; hostile text would give one for every character. */
export const MAX_PROBLEMS = 100

/** What to say of a document that nests deeper than `MAX_DEPTH`, or than the stack of a parser. */
export function tooDeep(start: number): Problem {
  return { start, end: start + 1, message: 'Nested too deeply to be read' }
}

/** One problem for every key that an object has given before, in text order. Keys behind aliases are left out. */
export function duplicates(root: Node | undefined): Problem[] {
  const found: Problem[] = []
  const stack: Node[] = root ? [root] : []
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.alias) continue
    if (node.type === 'array') for (const item of node.items) stack.push(item)
    if (node.type !== 'object') continue
    const seen = new Set<string>()
    for (const { key, value } of node.properties) {
      stack.push(value)
      if (key.alias) continue
      if (seen.has(key.value)) found.push(duplicate(key, key.value))
      seen.add(key.value)
    }
  }
  return found.sort((a, b) => a.start - b.start).slice(0, MAX_PROBLEMS)
}

function duplicate({ start, end }: Range, name: string): Problem {
  return { start, end, message: `"${name}" is given twice; only the last one counts`, duplicate: true }
}
