import { scan } from './scan.ts'
import type { Session } from './session.ts'
import { isInside, uriKey } from './uri.ts'

/** The workspace folders, and what is on the disk below them. Uris are keys. */
export interface Folders {
  all(): string[]
  /** Takes in all that is in these folders; reads a folder again that is known already. Resolves when done. */
  add(folders: readonly string[]): Promise<void>
  remove(folders: readonly string[]): void
  /** The folder a file belongs to. */
  of(key: string): string | undefined
  /** Takes in one file, which may be new, changed, gone or none of ours. */
  readAgain(key: string): Promise<void>
  /** Takes out a file, or all that was in a folder. */
  forget(key: string): void
}

/** No folders yet. */
export function createFolders(session: Session): Folders {
  const { runtime, workspace, log } = session
  const known = new Set<string>()
  /** For each file the last read that was begun: an older one that ends later is out of date. */
  const reads = new Map<string, number>()
  let turns = 0

  async function read(folder: string, key: string, isListed: boolean): Promise<boolean> {
    const turn = ++turns
    reads.set(key, turn)
    try {
      let text = await runtime.files.read(key, true)
      // The ignore files are asked last: nearly all files are told apart by their text, which costs nothing.
      if (text !== undefined && !isListed && !(await runtime.files.covers(folder, key))) text = undefined
      if (reads.get(key) !== turn || !known.has(folder)) return false
      reads.delete(key)
      return workspace.update(key, 'disk', text)
    } catch (error) {
      log.error('Reading a file', error)
      return false
    }
  }

  function forget(keys: readonly string[]): boolean {
    for (const key of keys) reads.delete(key)
    return keys.map(key => workspace.update(key, 'disk', undefined)).includes(true)
  }

  async function addOne(folder: string): Promise<void> {
    const before = filesBelow(folder)
    const seen = new Set<string>()
    let ripples = false
    const isComplete = await scan(session, runtime.files.list(folder), {
      isOver: () => !known.has(folder),
      async take(uris) {
        const keys = uris.map(uriKey)
        for (const key of keys) seen.add(key)
        const results = await Promise.all(keys.map(key => read(folder, key, true)))
        if (results.includes(true)) ripples = true
      },
    })
    // What was there before and is not listed any more is gone, or ignored now.
    if (isComplete && forget(before.filter(key => !seen.has(key)))) ripples = true
    session.changed(ripples)
  }

  function filesBelow(folder: string): string[] {
    return workspace.files().flatMap(({ uri }) => (isInside(folder, uri) ? uri : []))
  }

  const of = (key: string) => [...known].find(folder => isInside(folder, key))

  return {
    all: () => [...known],
    of,
    async add(folders) {
      for (const folder of folders) known.add(folder)
      for (const folder of folders) if (known.has(folder)) await addOne(folder)
    },
    remove(folders) {
      for (const folder of folders) known.delete(folder)
      session.changed(forget(folders.flatMap(filesBelow).filter(key => of(key) === undefined)))
    },
    async readAgain(key) {
      const folder = of(key)
      if (folder !== undefined) session.changed(await read(folder, key, false))
    },
    forget: key => session.changed(forget([key, ...filesBelow(key)])),
  }
}
