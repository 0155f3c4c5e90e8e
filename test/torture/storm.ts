import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CancellationTokenSource, type Position, type Range } from 'vscode-languageserver-protocol'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { updateCarefully } from '../../server/src/lsp/documents.ts'
import type { Client } from '../lsp/client.ts'
import { pod, podRule, serviceAccount, WIDE_RULE } from '../lsp/fixtures.ts'
import type { Random } from './random.ts'

/**
 * A person who types faster than anybody can, an editor that asks for everything at once and takes half of it back,
 * and a disk that changes meanwhile. In the end the server must say what one would that has seen none of it.
 */

const PIECES = [
  ...['x', ' ', '\n', '"', '{', '}', '*', ':', '- ', '/', '\r\n', '😀'],
  ...[
    'audience: https://api.anthropic.com\n',
    '"claims": {"ref": "x"},',
    'role/*',
    '# wif-ignore match: x\n',
  ],
]
const METHODS = [
  ...['completion', 'hover', 'signatureHelp', 'definition', 'references', 'documentSymbol', 'codeAction'],
  ...['codeLens', 'documentLink', 'prepareRename', 'inlayHint', 'diagnostic', 'diagnostic', 'diagnostic'],
].map(name => `textDocument/${name}`)
/** A client that cannot count. */
const LIES: Range[] = [
  { start: { line: 1e6, character: 1e6 }, end: { line: 1e7, character: 0 } },
  { start: { line: 0, character: 1e9 }, end: { line: 0, character: 1e9 } },
  { start: { line: 2, character: 0 }, end: { line: 1, character: 0 } },
]

/** The documents of a storm as the client has them, with the disk below `folder`. */
export interface Sea {
  client: Client
  folder: string
  documents: Map<string, TextDocument>
}

export const START: Record<string, [languageId: string, text: string]> = {
  'rule.json': ['json', WIDE_RULE],
  'rule.yaml': ['yaml', podRule()],
  'pod.yaml': ['yaml', `${pod('https://api.anthropic.com')}---\n${serviceAccount()}`],
  'wif-lint.json': ['json', '{"profile": "strict"}\n'],
}

/** Opens the documents of a storm in a folder (a `file:` uri). */
export function setSail(client: Client, folder: string): Sea {
  const documents = new Map<string, TextDocument>()
  for (const [name, [languageId, text]] of Object.entries(START)) {
    const uri = `${folder}/${name}`
    documents.set(uri, TextDocument.create(uri, languageId, 1, text))
    client.open(uri, languageId, text)
  }
  return { client, folder, documents }
}

/** Types, asks, cancels and changes files, `steps` times, as fast as messages can be written. */
export async function storm(
  { client, folder, documents }: Sea,
  steps: number,
  random: Random,
): Promise<void> {
  const answers: Promise<unknown>[] = []
  for (let step = 0; step < steps; step++) {
    const [uri, document] = random.pick([...documents])
    edit(client, document, random)
    for (let asked = random.below(4); asked > 0; asked--) answers.push(ask(client, uri, document, random))
    if (random.next() < 0.05) changeDisk(client, folder, random)
    if (random.next() < 0.02) reopen(client, document)
    // Let it answer now and then: a queue that only grows is another test.
    if (step % 50 === 49) await Promise.all(answers.splice(0))
  }
  await Promise.all(answers)
}

function edit(client: Client, document: TextDocument, random: Random): void {
  const [first, second] = [at(document, random), at(document, random)]
  const near = { line: first.line, character: first.character + random.below(5) }
  const range =
    random.next() < 0.02 ? random.pick(LIES) : { start: first, end: random.next() < 0.05 ? second : near }
  // Back to where it began when it has grown out of all proportion.
  const whole = document.getText().length > 6000 || random.next() < 0.01
  const change = whole
    ? { text: START[nameOf(document.uri)]?.[1] ?? '' }
    : { range, text: random.pick(PIECES) }
  client.change(document.uri, change)
  updateCarefully(document, [change], document.version + 1)
}

function at(document: TextDocument, random: Random): Position {
  return document.positionAt(random.below(document.getText().length + 1))
}

async function ask(client: Client, uri: string, document: TextDocument, random: Random): Promise<void> {
  const method = random.pick(METHODS)
  const position = random.next() < 0.05 ? random.pick(LIES).start : at(document, random)
  const source = new CancellationTokenSource()
  const params = {
    textDocument: { uri },
    position,
    range: { start: position, end: position },
    context: { diagnostics: [], includeDeclaration: true },
  }
  const answer = client.connection.sendRequest(method, params, source.token)
  if (random.next() < 0.4) source.cancel()
  // Refused, cancelled or unknown to this server: all are answers. That there is one at all is what counts.
  await answer.catch(() => {})
}

/** Files appear, vanish and become folders, with or without a word to the server. */
function changeDisk(client: Client, folder: string, random: Random): void {
  const uri = `${folder}/disk/${random.below(5)}.json`
  const path = fileURLToPath(uri)
  rmSync(path, { recursive: true, force: true })
  const kind = random.below(3)
  if (kind === 0) mkdirSync(path, { recursive: true })
  if (kind === 1) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, WIDE_RULE.replace('wide-inference', `rule-${random.below(100)}`))
  }
  const changes = [{ uri, type: random.pick([1, 2, 3]) }]
  if (random.next() < 0.8) client.notify('workspace/didChangeWatchedFiles', { changes })
}

function reopen(client: Client, document: TextDocument): void {
  client.close(document.uri)
  client.open(document.uri, document.languageId, document.getText(), document.version)
}

function nameOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1)
}

/** What the server says of each document now, without the ids of answers. */
export async function verdict({ client, documents }: Sea): Promise<Record<string, unknown>> {
  const said: Record<string, unknown> = {}
  for (const uri of documents.keys()) said[uri] = (await client.pull(uri)).items
  return said
}

/** The same documents in the hands of another server. */
export function sameSea(client: Client, { folder, documents }: Sea): Sea {
  for (const document of documents.values())
    client.open(document.uri, document.languageId, document.getText(), document.version)
  return { client, folder, documents }
}
