import type { Entity } from './entity.ts'

/** All entities of one kind, by uri and then by place; follows the files one change at a time. */
export interface EntityList<T extends Entity> {
  /** The same array as long as all in it is the same. */
  items(): readonly T[]
  /** Takes in that a file, which had `before`, has `after`. @returns whether that makes it another array */
  replace(uri: string, before: readonly T[], after: readonly T[]): boolean
}

/** With more changes than this at a time, as when a workspace is read, sorting all anew is faster. */
const FEW = 8

/** An empty list. */
export function entityList<T extends Entity>(): EntityList<T> {
  const byUri = new Map<string, readonly T[]>()
  let items: readonly T[] = []
  let changes: { uri: string; before: readonly T[]; after: readonly T[] }[] = []

  function settle(): void {
    if (changes.length <= FEW) for (const change of changes) items = spliced(items, change)
    else items = [...byUri].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => own)
    changes = []
  }

  return {
    items() {
      if (changes.length > 0) settle()
      return items
    },
    replace(uri, before, after) {
      if (after.length > 0) byUri.set(uri, after)
      else byUri.delete(uri)
      if (isSame(before, after)) return false
      changes.push({ uri, before, after })
      return true
    },
  }
}

function spliced<T extends Entity>(
  items: readonly T[],
  { uri, before, after }: { uri: string; before: readonly T[]; after: readonly T[] },
): T[] {
  // Those of one file stand together.
  const found = before[0] ? items.indexOf(before[0]) : items.findIndex(({ file }) => file.uri > uri)
  const at = found < 0 ? items.length : found
  return [...items.slice(0, at), ...after, ...items.slice(at + before.length)]
}

/** Whether the lists hold the very same things. */
function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((each, i) => each === b[i]))
}
