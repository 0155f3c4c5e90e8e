import fc from 'fast-check'
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  Position,
  Range,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { lineIndex } from '../../../server/src/text/lines.ts'
import { CAPABLE, type Client } from '../../lsp/client.ts'
import { connectInside } from '../../lsp/inside.ts'
import type { Format, Seed } from '../corpus.ts'
import { isSound } from '../invariants.ts'
import { mutated } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

/** A client that can do all there is, so that the server offers all it has. */
const ABLE: ClientCapabilities = {
  ...CAPABLE,
  workspace: { ...CAPABLE.workspace, symbol: {}, inlayHint: {}, codeLens: {} },
  textDocument: {
    ...CAPABLE.textDocument,
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'refactor'] } },
    },
    completion: { completionItem: { snippetSupport: true } },
    hover: {},
    signatureHelp: {},
    definition: { linkSupport: true },
    references: {},
    documentHighlight: {},
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeLens: {},
    documentLink: {},
    rename: { prepareSupport: true },
    foldingRange: {},
    selectionRange: {},
    inlayHint: {},
  },
}

interface Request {
  method: string
  /** Shares of the text, in ten thousandths. */
  from: number
  to: number
  /** Typed there before, so that answers are about what was edited. */
  typed?: string | undefined
}

interface Input {
  documents: { format: Format; text: string }[]
  requests: Request[]
}

const METHODS = [
  ...[
    'completion',
    'hover',
    'signatureHelp',
    'definition',
    'references',
    'documentHighlight',
    'documentSymbol',
  ],
  ...['codeAction', 'codeLens', 'documentLink', 'prepareRename', 'rename', 'foldingRange', 'selectionRange'],
  ...['inlayHint', 'diagnostic'],
].map(name => `textDocument/${name}`)

/** Answers that say no, with a reason, are answers. */
const REFUSALS = [
  -32601 /* no such method */, -32602 /* invalid parameters */, -32803 /* cannot be done here */,
]

/** Every request at any place of any text is answered, with places that the documents have. */
export function featureProperties(seeds: readonly Seed[]): Property[] {
  const request = fc.record({
    method: fc.constantFrom(...METHODS, 'workspace/symbol', 'wif/accessMap'),
    from: fc.nat(9999),
    to: fc.nat(9999),
    typed: fc.constantFrom(undefined, undefined, 'x', '\n', '😀', '"', '# a\n', '\r\n'),
  })
  const inputs = fc.record({
    documents: fc.array(mutated(seeds), { minLength: 1, maxLength: 3 }),
    requests: fc.array(request, { minLength: 1, maxLength: 8 }),
  })
  return [property<Input>({ name: 'features', inputs, check: answersAreSound })]
}

async function answersAreSound({ documents, requests }: Input): Promise<void> {
  const inside = connectInside()
  const client = inside as Client
  const texts = new Map<string, string>()
  const formats = new Map<string, Format>()
  await client.initialize({ capabilities: ABLE, folders: ['file:///w'] })
  for (const [i, { format, text }] of documents.entries()) {
    const uri = `file:///w/${i}.${format}`
    texts.set(uri, text)
    formats.set(uri, format)
    client.open(uri, format, text)
  }
  try {
    for (const [i, request] of requests.entries()) {
      const uri = [...texts.keys()][i % texts.size] ?? ''
      if (request.typed !== undefined) texts.set(uri, typed(client, uri, texts.get(uri) ?? '', request))
      const answer = await ask(client, request, uri, texts.get(uri) ?? '')
      checkPlaces(answer, uri, texts, request.method)
      for (const edits of editsIn(answer)) checkEdits(edits, texts, formats, request.method)
    }
  } finally {
    await client.request('shutdown')
    client.leave()
  }
  for (const message of client.unread())
    if (/^window\/logMessage \{"type":1/.test(message)) fail(`the server logs ${message}`)
}

/** Types where a request is about, and returns the text after that. */
function typed(client: Client, uri: string, text: string, { from, typed: coming = '' }: Request): string {
  const lines = lineIndex(text)
  // Not every offset is a place that an editor knows.
  const position = lines.positionAt(Math.floor((from / 10_000) * (text.length + 1)))
  client.change(uri, { range: { start: position, end: position }, text: coming })
  const offset = lines.offsetAt(position)
  return text.slice(0, offset) + coming + text.slice(offset)
}

async function ask(
  client: Client,
  { method, from, to }: Request,
  uri: string,
  text: string,
): Promise<unknown> {
  const lines = lineIndex(text)
  const at = (share: number) => lines.positionAt(Math.floor((share / 10_000) * (text.length + 1)))
  const [start, end] = [at(Math.min(from, to)), at(Math.max(from, to))]
  const params = {
    textDocument: { uri },
    position: start,
    positions: [start],
    range: { start, end },
    context: { diagnostics: [], includeDeclaration: true, triggerKind: 1 },
    newName: 'fdrl_01Fuzz',
    query: text.slice(0, from % 5),
    at: { textDocument: { uri }, position: start },
  }
  try {
    const answer = await client.request(method, params)
    if (method !== 'textDocument/codeLens') return answer
    const resolved: unknown[] = []
    for (const lens of answer as CodeLens[])
      resolved.push(lens.command ? lens : await client.request('codeLens/resolve', lens))
    return resolved
  } catch (error) {
    if (REFUSALS.includes((error as { code?: number }).code ?? 0)) return null
    throw error
  }
}

/** What a rename or code actions would do, by document. */
function editsIn(answer: unknown): Map<string, TextEdit[]>[] {
  const given = (
    Array.isArray(answer) ? answer.map(({ edit }: CodeAction) => edit) : [answer]
  ) as WorkspaceEdit[]
  return given.map(edit => {
    const changes = (edit?.documentChanges ?? []) as Partial<TextDocumentEdit>[]
    return new Map([
      ...Object.entries(edit?.changes ?? {}),
      ...changes.flatMap(({ textDocument, edits = [] }): [string, TextEdit[]][] =>
        textDocument ? [[textDocument.uri, edits.filter(each => 'newText' in each)]] : [],
      ),
    ])
  })
}

/** Throws where edits overlap, or leave a document broken that was not. */
function checkEdits(
  edits: ReadonlyMap<string, TextEdit[]>,
  texts: ReadonlyMap<string, string>,
  formats: ReadonlyMap<string, Format>,
  method: string,
): void {
  for (const [uri, own] of edits) {
    const [text, format] = [texts.get(uri), formats.get(uri)]
    if (text === undefined || !format) continue
    const after = TextDocument.applyEdits(TextDocument.create(uri, format, 0, text), own)
    if (isSound(format, text) && !isSound(format, after)) fail(`${method} breaks the document:\n${after}`)
  }
}

/** Looks through an answer of any kind for ranges, each in the document that it is about. */
function checkPlaces(answer: unknown, uri: string, texts: ReadonlyMap<string, string>, method: string): void {
  if (typeof answer !== 'object' || answer === null) return
  if (Array.isArray(answer)) {
    for (const each of answer) checkPlaces(each, uri, texts, method)
    return
  }
  const record = answer as Record<string, unknown>
  if (isRange(record)) {
    checkRange(record, texts.get(uri), method)
    return
  }
  const document = record.textDocument as { uri?: unknown } | undefined
  checkWithin(record.selectionRange, record.range, method)
  checkWithin(record.targetSelectionRange, record.targetRange, method)
  if (method === 'textDocument/selectionRange')
    checkWithin(record.range, (record.parent as { range?: unknown } | undefined)?.range, method)
  const about = [record.uri, record.targetUri, document?.uri].find(each => typeof each === 'string') ?? uri
  for (const [key, value] of Object.entries(record)) {
    // `changes` of an edit are by uri; the word that a definition is of stands where it was asked for.
    const where = key === 'originSelectionRange' ? uri : texts.has(key) ? key : String(about)
    checkPlaces(value, where, texts, method)
  }
}

/** Editors throw away an answer whose words lie outside of what they name. */
function checkWithin(inner: unknown, outer: unknown, method: string): void {
  if (!inner || !outer) return
  const [a, b] = [inner as Range, outer as Range]
  const isBefore = (one: Position, other: Position) =>
    one.line < other.line || (one.line === other.line && one.character < other.character)
  if (isBefore(a.start, b.start) || isBefore(b.end, a.end))
    fail(`${method} selects ${JSON.stringify(a)} outside of ${JSON.stringify(b)}`)
}

function isRange(value: object): value is Range {
  const { start, end } = value as Partial<Range>
  return isPosition(start) && isPosition(end)
}

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value
}

function checkRange({ start, end }: Range, text: string | undefined, method: string): void {
  if (text === undefined) fail(`${method} points into a document that is not there`)
  const lines = lineIndex(text)
  for (const position of [start, end]) {
    const back = lines.positionAt(lines.offsetAt(position))
    if (back.line !== position.line || back.character !== position.character)
      fail(`${method} points to ${JSON.stringify(position)}, which the text does not have`)
  }
  if (lines.offsetAt(start) > lines.offsetAt(end)) fail(`${method} has a range that ends before it starts`)
}
