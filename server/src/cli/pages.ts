import { join } from 'node:path'
import { readText } from '../node/files.ts'

/** Beside the bundle, or among the sources, when they are run as they are. */
const FOLDERS = [join(__dirname, 'rules'), join(__dirname, '../rules')]

/** The page of a rule, Markdown. Throws when it is not there, for it is shipped with the program. */
export async function readPage(id: string): Promise<string> {
  let reason = ''
  for (const folder of FOLDERS) {
    const read = await readText(join(folder, `${id}.md`))
    if (read.ok) return read.text
    reason ||= read.reason
  }
  throw new Error(`the page of ${id} cannot be read: ${reason}`)
}

/** Whether `page` shows what a fix makes of an example: each rule that has one does. */
export function showsFix(page: string): boolean {
  return /^```\w+ fixed/m.test(page)
}
