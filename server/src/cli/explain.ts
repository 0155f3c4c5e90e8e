import { CLASS_SEVERITY } from '../lint/rule.ts'
import { rules } from '../rules/index.ts'
import { nearest } from '../text/nearest.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import { OTHER_FINDINGS } from './other-findings.ts'
import { readPage } from './pages.ts'
import { pageText } from './report/page.ts'
import { colorsFor } from './report/terminal.ts'
import { didYouMean } from './suggest.ts'

/** `wif-lint explain ID`: prints what is to be said of a rule, or of another kind of finding. */
export async function explainCommand(id: string, io: Io): Promise<ExitCode> {
  const page = await pageOf(id, io.pages)
  if (page === undefined) {
    say(io, `there is no rule "${id}"${meant(id)}; see wif-lint rules`)
    return EXIT.failure
  }
  const severities = new Map(rules.map(rule => [rule.id, CLASS_SEVERITY[rule.class]]))
  const severityOf = (rule: string) => severities.get(rule) ?? 'error'
  io.stdout.write(pageText(page, severityOf, colorsFor(io.stdout, io.env)))
  return EXIT.clean
}

async function pageOf(id: string, pages: string): Promise<string | undefined> {
  const other = OTHER_FINDINGS.get(id)
  if (other !== undefined) return `# ${id}\n\n${other}\n`
  return rules.some(rule => rule.id === id) ? readPage(pages, id) : undefined
}

/** Most slips are near an id; some people leave out the group. */
function meant(id: string): string {
  const ids = [...rules.map(rule => rule.id), ...OTHER_FINDINGS.keys()]
  const nameOf = (full: string) => full.slice(full.indexOf('/') + 1)
  const name = nearest(id, ids.map(nameOf))
  const [only, ...others] = ids.filter(full => nameOf(full) === name)
  return only && others.length === 0 ? ` (did you mean ${only}?)` : didYouMean(id, ids)
}
