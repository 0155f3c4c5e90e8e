import { join } from 'node:path'
import { readText } from '../node/files.ts'

/** The page of a rule, Markdown, from the folder `pages`. Throws when it is not there, for it is shipped with the program. */
export async function readPage(pages: string, id: string): Promise<string> {
  const read = await readText(join(pages, `${id}.md`))
  if (read.ok) return read.text
  throw new Error(`the page of ${id} cannot be read: ${read.reason}`)
}

/** Whether `page` shows what a fix makes of an example: each rule that has one does. */
export function showsFix(page: string): boolean {
  return /^```\w+ fixed/m.test(page)
}
