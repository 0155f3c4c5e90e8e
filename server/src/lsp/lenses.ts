import type { CodeLens, CodeLensParams, InlayHint, InlayHintParams } from 'vscode-languageserver'
import { hints } from '../features/hints.ts'
import { type Lens, lenses, lensText } from '../features/lenses.ts'
import { location } from './place.ts'
import type { Session } from './session.ts'
import { uriKey } from './uri.ts'

/**
 * Commands of the client's, which it says that it has: to ask for a token and check it on the rule at `{uri, offset}`,
 * and to show a list of places, as `(uri, position, locations)`. Without them a lens is only text.
 */
const CHECK_TOKEN_COMMAND = 'wif.checkToken'
const SHOW_PLACES_COMMAND = 'wif.showAdmitted'

/** What a lens must know to be resolved. */
type LensData = Pick<Lens, 'of' | 'index'> & { uri: string }

/** The lenses of a document. What access lenses say is left for when they are shown. */
export function codeLenses(session: Session, { textDocument: { uri } }: CodeLensParams): CodeLens[] {
  const { workspace, convert, settings, client } = session
  const key = uriKey(uri)
  const file = workspace.file(key)
  if (!file || !settings.shows('codeLens', key)) return []
  return lenses(workspace, key).flatMap(({ at, kind, of, index }): CodeLens[] => {
    const range = convert.range(file, at)
    const data: LensData = { uri, of, index }
    if (kind === 'access') return [{ range, data }]
    if (!client.commands.includes(CHECK_TOKEN_COMMAND)) return []
    const here = { uri, offset: at.start }
    return [{ range, command: { title: 'Check a token', command: CHECK_TOKEN_COMMAND, arguments: [here] } }]
  })
}

/** What an access lens says, and where it leads. */
export function resolvedLens(session: Session, lens: CodeLens): CodeLens {
  const { uri, of, index } = lens.data as LensData
  const text = lensText(session.workspace, uriKey(uri), { of, index })
  if (!text) return { ...lens, command: { title: '', command: '' } }
  const { title, places } = text
  if (places.length === 0 || !session.client.commands.includes(SHOW_PLACES_COMMAND))
    return { ...lens, command: { title, command: '' } }
  const locations = places.map(place => location(session, place))
  return {
    ...lens,
    command: { title, command: SHOW_PLACES_COMMAND, arguments: [uri, lens.range.start, locations] },
  }
}

/** What a document does not say itself, beside its lines. */
export function inlayHints(session: Session, { textDocument, range }: InlayHintParams): InlayHint[] {
  const { workspace, convert, settings } = session
  const key = uriKey(textDocument.uri)
  const file = workspace.file(key)
  if (!file || !settings.shows('inlayHints', key)) return []
  return hints(workspace, key, convert.offsets(file, range)).map(({ at, text, more }) => ({
    position: convert.range(file, { start: at, end: at }).start,
    label: text,
    paddingLeft: true,
    ...(more !== undefined && { tooltip: { kind: 'markdown', value: more } }),
  }))
}
