import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'

/** A folder on the disk with these files, gone after the test. */
export function folderOf(files: Record<string, string>) {
  const path = mkdtempSync(join(tmpdir(), 'wif-lsp-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  const at = (name: string) => pathToFileURL(join(path, name)).href
  const folder = {
    path,
    uri: pathToFileURL(path).href,
    /** The uri of a file in the folder. */
    at,
    write(name: string, text: string): void {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), text)
    },
    remove: (name: string) => rmSync(join(path, name), { recursive: true }),
  }
  for (const [name, text] of Object.entries(files)) folder.write(name, text)
  return folder
}
