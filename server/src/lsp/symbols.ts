import {
  type DocumentLink,
  type DocumentLinkParams,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SelectionRange,
  type SelectionRangeParams,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver'
import { links } from '../features/links.ts'
import { type OutlineItem, type OutlineKind, outline } from '../features/outline.ts'
import { selections } from '../features/selection.ts'
import { searchSymbols } from '../features/symbol-search.ts'
import type { WifFile } from '../wif/entity.ts'
import { location, placeOf } from './place.ts'
import type { Session } from './session.ts'
import { uriKey } from './uri.ts'

const KINDS: Record<OutlineKind, SymbolKind> = {
  issuer: SymbolKind.Namespace,
  rule: SymbolKind.Class,
  workload: SymbolKind.Module,
  'service-account': SymbolKind.Interface,
  policy: SymbolKind.Package,
  container: SymbolKind.Object,
  token: SymbolKind.Key,
  statement: SymbolKind.Struct,
  field: SymbolKind.Field,
}

/** What a document describes, as a tree; as a list for a client that knows no trees. */
export function documentSymbols(
  session: Session,
  { textDocument }: DocumentSymbolParams,
): DocumentSymbol[] | SymbolInformation[] {
  const key = uriKey(textDocument.uri)
  const file = session.workspace.file(key)
  if (!file || !session.settings.enabled(key)) return []
  const items = outline(file)
  if (session.client.symbolTrees) return items.map(item => symbolTree(session, file, item))
  return items.flatMap(item => symbolList(session, file, item, ''))
}

function symbolTree(session: Session, file: WifFile, item: OutlineItem): DocumentSymbol {
  const { name, detail, kind, words, children } = item
  return {
    name,
    detail,
    kind: KINDS[kind],
    range: session.convert.range(file, item),
    selectionRange: session.convert.range(file, words),
    children: children.map(child => symbolTree(session, file, child)),
  }
}

function symbolList(
  session: Session,
  file: WifFile,
  item: OutlineItem,
  containerName: string,
): SymbolInformation[] {
  const { name, kind, children, start, end } = item
  return [
    { name, kind: KINDS[kind], location: location(session, { file, range: { start, end } }), containerName },
    ...children.flatMap(child => symbolList(session, file, child, name)),
  ]
}

/** What the workspace describes that fits a search. */
export function workspaceSymbols(session: Session, { query }: WorkspaceSymbolParams): SymbolInformation[] {
  return searchSymbols(session.workspace, query)
    .filter(({ place }) => session.settings.enabled(place.file.uri))
    .map(({ name, kind, detail, place }) => ({
      name,
      kind: KINDS[kind],
      location: location(session, place),
      containerName: detail,
    }))
}

/** Links to the pages of rules, and to the files that a configuration names. */
export function documentLinks(session: Session, { textDocument }: DocumentLinkParams): DocumentLink[] {
  const { workspace, convert, runtime, settings } = session
  const key = uriKey(textDocument.uri)
  const file = workspace.file(key)
  if (!file || !settings.enabled(key)) return []
  return links(workspace, key).flatMap(link => {
    const target = 'rule' in link ? runtime.pageUri(link.rule) : link.uri
    return target === undefined ? [] : [{ range: convert.range(file, link), target }]
  })
}

/** For each place, what a growing selection covers. */
export function selectionRanges(
  session: Session,
  { textDocument, positions }: SelectionRangeParams,
): SelectionRange[] {
  return positions.map(position => {
    const at = placeOf(session, { textDocument, position })
    const ranges = at ? selections(at.file, at.offset) : []
    const nested = ranges.reduceRight<SelectionRange | undefined>(
      (parent, range) => at && { range: session.convert.range(at.file, range), ...(parent && { parent }) },
      undefined,
    )
    return nested ?? { range: { start: position, end: position } }
  })
}
