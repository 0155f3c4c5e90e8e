/**
 * A small language client for tests. It speaks the protocol over any pair of streams and keeps an inbox of all that
 * the server says of itself, so that a test waits for messages instead of for time:
 *
 *     const client = await connectProcess()          // dist/server.js over stdio
 *     await client.initialize({ folders: [uri] })
 *     client.open(uri, 'json', text)
 *     const { items } = await client.pull(uri)       // a request
 *     const params = await client.next('textDocument/publishDiagnostics')   // something the server sends
 *     await client.end()                             // shutdown, exit; fails when a message was left unread
 *
 * Requests of the server are answered as an editor would and then lie in the inbox like its notifications.
 */
import type {
  ClientCapabilities,
  CodeAction,
  CodeActionContext,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeResult,
  MessageConnection,
  Range,
} from 'vscode-languageserver-protocol/node'

interface Message {
  method: string
  // What a test reads from it is the test's affair.
  // biome-ignore lint/suspicious/noExplicitAny: the protocol's parameters are of as many types as methods
  params: any
}

/** What an editor like VS Code can do. */
export const CAPABLE: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    diagnostic: {},
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } },
  },
  window: { workDoneProgress: true },
}

/** The same editor without pull diagnostics. */
export const PUSH_ONLY: ClientCapabilities = {
  ...CAPABLE,
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    codeAction: CAPABLE.textDocument?.codeAction,
  },
} as ClientCapabilities

/** These may come at any later time and are out of date at once, so nobody has to read them. */
const [REFRESH, STATUS] = ['workspace/diagnostic/refresh', 'wif/status']

/** Messages that most tests have no interest in, answered and forgotten. */
const ROUTINE = ['client/registerCapability', 'workspace/configuration']

export interface Start {
  folders?: readonly string[] | null
  capabilities?: ClientCapabilities
  /** What `wif` is set to, by scope: a folder's uri, or '' for all. */
  settings?: Record<string, object>
  initializationOptions?: object
  /** Also put routine messages into the inbox. */
  attentive?: boolean
}

export type Client = ReturnType<typeof createClient>

/** How the connection ends; a server inside the test must not be told to exit, for it would take the test along. */
export interface Ending {
  /** Resolves with the exit code of the server's process. */
  exited?: Promise<number | null>
  /** Ends the connection without a word, as an editor that crashes. */
  leave(): void
}

/** A client on a connection that nobody listens on yet. */
export function createClient(connection: MessageConnection, { exited, leave }: Ending) {
  const inbox: Message[] = []
  const waiting: { wants: (message: Message) => boolean; take: (message: Message) => void }[] = []
  const versions = new Map<string, number>()
  const start: Required<Start> = {
    folders: [],
    capabilities: CAPABLE,
    settings: {},
    initializationOptions: { status: true },
    attentive: false,
  }

  function receive(message: Message): void {
    if (!start.attentive && ROUTINE.includes(message.method)) return
    const index = waiting.findIndex(({ wants }) => wants(message))
    const [waiter] = index < 0 ? [] : waiting.splice(index, 1)
    if (waiter) waiter.take(message)
    else inbox.push(message)
  }

  connection.onNotification((method, params) => receive({ method, params }))
  connection.onRequest((method, params) => {
    receive({ method, params })
    if (method === 'workspace/applyEdit') return { applied: true }
    if (method !== 'workspace/configuration') return null
    const { items } = params as unknown as { items: { scopeUri?: string }[] }
    return items.map(({ scopeUri = '' }) => start.settings[scopeUri] ?? start.settings[''] ?? null)
  })
  connection.onUnhandledProgress(({ token, value }) =>
    receive({ method: '$/progress', params: { token, value } }),
  )
  connection.listen()

  /** Resolves with the parameters of the first message of this kind that nobody has read. */
  function next(method: string, where: (params: Message['params']) => boolean = () => true) {
    const wants = (message: Message) => message.method === method && where(message.params)
    const index = inbox.findIndex(wants)
    const [message] = index < 0 ? [] : inbox.splice(index, 1)
    if (message) return Promise.resolve(message.params)
    return new Promise<Message['params']>(resolve => {
      waiting.push({ wants, take: ({ params }) => resolve(params) })
    })
  }

  /** The messages that nobody has read. */
  const unread = () => inbox.map(({ method, params }) => `${method} ${JSON.stringify(params)}`)

  /** Throws away what nobody has read. */
  function forget(): void {
    inbox.length = 0
  }

  async function initialize(options: Start = {}): Promise<InitializeResult> {
    Object.assign(start, options)
    const { folders, capabilities, initializationOptions } = start
    const result: InitializeResult = await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions,
      ...(folders && { workspaceFolders: folders.map(uri => ({ uri, name: uri })) }),
    })
    await connection.sendNotification('initialized', {})
    return result
  }

  function open(uri: string, languageId: string, text: string, version = 1): void {
    versions.set(uri, version)
    notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } })
  }

  /** Changes parts of a document, or all of it. */
  function change(uri: string, ...contentChanges: { range?: Range; text: string }[]): void {
    const version = (versions.get(uri) ?? 0) + 1
    versions.set(uri, version)
    notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges })
  }

  const close = (uri: string) => notify('textDocument/didClose', { textDocument: { uri } })

  function notify(method: string, params: object): void {
    void connection.sendNotification(method, params)
  }

  function request<T>(method: string, params?: object): Promise<T> {
    return connection.sendRequest(method, params)
  }

  /** Resolves when the server has read all that was sent to it, without making it do anything. */
  async function barrier(): Promise<void> {
    await request('wif/unknown').catch(() => {})
  }

  function pull(
    uri: string,
    previousResultId?: string,
  ): Promise<DocumentDiagnosticReport & { items: Diagnostic[] }> {
    return request('textDocument/diagnostic', { textDocument: { uri }, previousResultId })
  }

  /** Resolves when the workspace has been read and this many of its files say something of federation. */
  async function knows(documents: number): Promise<void> {
    await next(STATUS, status => !status.scanning && status.documents === documents)
  }

  /** Resolves when the findings of a document, in brief, are these; fetches again whenever the server says so. */
  async function settles(uri: string, expected: readonly string[]): Promise<void> {
    for (;;) {
      const { items } = await pull(uri)
      if (JSON.stringify(items.map(brief)) === JSON.stringify(expected)) return
      await next(REFRESH)
    }
  }

  /** The actions at `range`, by default for the whole document. */
  function actions(
    uri: string,
    range = EVERYWHERE,
    context: Partial<CodeActionContext> = {},
  ): Promise<CodeAction[]> {
    return request('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...context },
    })
  }

  /** Ends the server in order. Fails when it did not end well, or has said something that no test has read. */
  async function end(): Promise<void> {
    await request('shutdown')
    const left = inbox.filter(({ method }) => method !== REFRESH && method !== STATUS)
    if (exited) notify('exit', {})
    const code = await exited
    leave()
    if (left.length > 0) throw new Error(`Messages left unread:\n${JSON.stringify(left, null, 2)}`)
    if (code) throw new Error(`The server ended with ${code}`)
  }

  return {
    connection,
    initialize,
    open,
    change,
    close,
    notify,
    request,
    barrier,
    pull,
    knows,
    settles,
    actions,
    next,
    unread,
    forget,
    end,
    exited,
    leave,
  }
}

export const EVERYWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } }

/** What matters of a diagnostic in most tests: its rule and its place, counted from 1. */
export function brief({ code, range: { start, end } }: Diagnostic): string {
  return `${code} ${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`
}
