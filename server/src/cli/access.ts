import { fileURLToPath, pathToFileURL } from 'node:url'
import { compareAccess } from '../access/compare.ts'
import type { TextFile } from '../node/files.ts'
import { printableJson } from '../text/printable.ts'
import { damageIn, losesText } from '../wif/damage.ts'
import type { WifFile } from '../wif/entity.ts'
import { createWorkspace, type Workspace } from '../workspace/workspace.ts'
import { changesMarkdown, listMarkdown } from './access-markdown.ts'
import { type ChangeReport, changeReport, type ListReport, listReport } from './access-report.ts'
import { readSince } from './access-since.ts'
import { changesText, listText } from './access-text.ts'
import { displayName, gather, lineOf, type Told } from './gather.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import type { Options } from './options.ts'
import { isOfFederation } from './session.ts'

/** `wif-lint access`: lists whom each rule admits, or what of it has changed since a revision. */
export async function accessCommand(
  paths: readonly string[],
  { since, format, failOnWidening }: Options<'access'>,
  io: Io,
): Promise<ExitCode> {
  if (failOnWidening && since === undefined) {
    say(io, '--fail-on-widening needs --since REVISION; see wif-lint access --help')
    return EXIT.failure
  }
  const { cwd } = io
  const old = since === undefined ? undefined : await readSince(since, paths, io)
  if (old && 'problem' in old) {
    say(io, old.problem)
    return EXIT.failure
  }
  const { sources, notes, failures } = await gather(paths, cwd, true)
  const [now, before] = [workspaceOf(sources), workspaceOf(old?.files ?? [])]
  const gone = ({ path, reason }: Told) =>
    path !== undefined && old?.paths.includes(path) && reason.startsWith('no such')
  const problems = failures.filter(told => !gone(told)).map(told => lineOf(told, cwd))
  const remarks = notes.map(told => lineOf(told, cwd))
  for (const file of brokenIn(now)) {
    const said = `${name(file, cwd)}: its syntax is broken`
    // What cannot be read may be the very matcher that decides, or a rule that was there before.
    const matters =
      isOfFederation(file) || before.files().some(was => was.uri === file.uri && isOfFederation(was))
    if (matters) problems.push(`${said}, so what it admits cannot be told`)
    else remarks.push(`${said}, nothing of federation could be read in it`)
  }
  for (const file of brokenIn(before).filter(isOfFederation))
    remarks.push(`${name(file, cwd)}: its syntax was broken then, only what could be read of it is compared`)
  for (const line of [...remarks, ...(old?.notes ?? []), ...problems]) say(io, line)
  if (problems.length > 0) return EXIT.failure
  if (!old) {
    print(io, format, listReport(now.view(), cwd), { text: listText, markdown: listMarkdown })
    return EXIT.clean
  }
  const report = changeReport(compareAccess(before.view(), now.view()), old, cwd)
  print(io, format, report, { text: changesText, markdown: changesMarkdown })
  return failOnWidening && report.widened !== 'no' ? EXIT.findings : EXIT.clean
}

function print<Report extends ListReport | ChangeReport>(
  io: Io,
  format: Options<'access'>['format'],
  report: Report,
  forPeople: Record<'text' | 'markdown', (report: Report, io: Io) => string>,
): void {
  if (format === 'json') io.stdout.write(printableJson(report))
  else io.stdout.write(forPeople[format](report, io))
}

/** A workspace that is only looked at: no rule lints it. */
function workspaceOf(files: readonly TextFile[]): Workspace {
  const workspace = createWorkspace([])
  for (const { path, text, format } of files) workspace.update(pathToFileURL(path).href, 'disk', text, format)
  return workspace
}

/** The files of which a part cannot be read. */
function brokenIn(workspace: Workspace): WifFile[] {
  return workspace
    .files()
    .filter(file => file.documents.some(document => damageIn(file, document).some(losesText)))
}

function name(file: WifFile, cwd: string): string {
  return displayName(fileURLToPath(file.uri), cwd)
}
