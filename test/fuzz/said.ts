import { accessMap } from '../../server/src/features/access-map.ts'
import { definition } from '../../server/src/features/definition.ts'
import { hints } from '../../server/src/features/hints.ts'
import { lenses, lensText } from '../../server/src/features/lenses.ts'
import { links } from '../../server/src/features/links.ts'
import { mentionsIn } from '../../server/src/features/mentions.ts'
import { outline } from '../../server/src/features/outline.ts'
import { type Place, references } from '../../server/src/features/references.ts'
import { rename } from '../../server/src/features/rename.ts'
import { textEdits } from '../../server/src/lint/fix.ts'
import { label } from '../../server/src/syntax/node.ts'
import type { WifFile } from '../../server/src/wif/entity.ts'
import type { Workspace } from '../../server/src/workspace/workspace.ts'

/** All that can be said of a workspace in words and numbers, a line for each: what two of the same files must share. */
export function said(workspace: Workspace): string {
  return [...workspace.files().flatMap(file => saidOf(workspace, file)), json(accessMap(workspace))].join(
    '\n',
  )
}

/** What is said of one file and what it has to do with others. */
export function saidOf(workspace: Workspace, file: WifFile): string[] {
  const { uri, text } = file
  const whole = { start: 0, end: text.length }
  return [
    ...findings(workspace, file),
    ...lenses(workspace, uri).map(lens => {
      const words = lens.kind === 'access' ? lensText(workspace, uri, lens) : undefined
      return `${uri} lens ${json(lens)} ${words?.title} ${places(words?.places)}`
    }),
    ...hints(workspace, uri, whole).map(hint => `${uri} hint ${json(hint)}`),
    ...links(workspace, uri).map(link => `${uri} link ${json(link)}`),
    ...outline(file).map(item => `${uri} outline ${json(item)}`),
    ...mentionsIn(file).flatMap(({ node: { start }, role }) => [
      `${uri} ${start} defined ${definition(workspace, uri, start)?.to.map(spot => `${spot.file.uri} ${json(spot.words)}`)}`,
      `${uri} ${start} mentioned ${places(references(workspace, uri, start, true))}`,
      // Many files are read for it, and from each mention it is the same.
      ...(role === 'definition' ? [`${uri} ${start} renamed ${renamed(workspace, uri, start)}`] : []),
    ]),
  ]
}

function findings(workspace: Workspace, file: WifFile): string[] {
  return workspace.findings(file.uri).map(({ rule, severity, start, end, message, related, fixes }) => {
    const around = related.map(({ at, message: words, file: other = file }) => {
      const range = at.type === 'property' ? at.key : label(at)
      // A node of a file that is another by now would be in the wrong place as soon as something is typed.
      const isNow = workspace.file(other.uri) === other ? '' : ' of old'
      return `${other.uri}:${range.start}-${range.end}${isNow} ${words}`
    })
    const mended = fixes.map(fix => `${fix.title} ${json([...(textEdits(fix, file) ?? [])])}`)
    return [file.uri, rule, severity, start, end, message, ...around, ...mended].join(' ')
  })
}

function renamed(workspace: Workspace, uri: string, offset: number): string {
  const edits = rename(workspace, uri, offset, 'fdrl_01Fuzz')
  return edits instanceof Map ? json([...edits]) : json(edits)
}

function places(all: readonly Place[] = []): string {
  return all.map(({ file, range }) => `${file.uri}:${range.start}-${range.end}`).join(' ')
}

/** `value`, of files and the nodes in them only the names and the places. */
function json(value: unknown): string {
  return (
    JSON.stringify(value, (key, part) =>
      key === 'parent' ? undefined : key === 'file' ? part?.uri : part,
    ) ?? ''
  )
}
