import type { Location, Position, TextDocumentPositionParams } from 'vscode-languageserver'
import type { Place } from '../features/references.ts'
import type { WifFile } from '../wif/entity.ts'
import type { Session } from './session.ts'
import { uriKey } from './uri.ts'

/** A document of the workspace and an offset in it. */
export interface At {
  key: string
  file: WifFile
  offset: number
}

/** Where a request is about; undefined in a document that is none of the linter's business. */
export function placeOf(
  session: Session,
  { textDocument, position }: Pick<TextDocumentPositionParams, 'textDocument'> & { position: Position },
): At | undefined {
  const key = uriKey(textDocument.uri)
  const file = session.workspace.file(key)
  if (!file || !session.settings.enabled(key)) return undefined
  const { start: offset } = session.convert.offsets(file, { start: position, end: position })
  return { key, file, offset }
}

/** A place as the client knows it. */
export function location({ convert }: Session, { file, range }: Place): Location {
  return { uri: convert.clientUri(file), range: convert.range(file, range) }
}
