import {
  type ClientCapabilities,
  CodeActionKind,
  type InitializeParams,
  InsertTextMode,
  PositionEncodingKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver'

/** Fixes everything that can be fixed without changing what a file means. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.wif`

/** What the client can do, as far as the server cares. */
export interface ClientFacts {
  /** It asks for diagnostics; otherwise they are sent to it. */
  pullsDiagnostics: boolean
  refreshesDiagnostics: boolean
  relatedInformation: boolean
  codeDescription: boolean
  codeActionLiterals: boolean
  /** Edits can name the version of the document they were made for. */
  documentChanges: boolean
  /** Edits can make files. */
  createsFiles: boolean
  /** Edits can have places to type in. */
  snippetEdits: boolean
  /** Its menu of actions has a place for rewriting what is right. */
  refactors: boolean
  completes: boolean
  hovers: boolean
  showsSignatures: boolean
  /** Completions can say where the cursor goes. */
  snippets: boolean
  /** In a list of completions it shows a word or two beside each, not only beside the one that is selected. */
  labelDetails: boolean
  /** It can be told to leave the indentation of a completion as it is. */
  asIs: boolean
  definitions: boolean
  /** It shows all of what a definition leads to. */
  definitionLinks: boolean
  references: boolean
  highlights: boolean
  renames: boolean
  /** It asks first what a rename would change. */
  preparesRename: boolean
  outlines: boolean
  /** Its outline is a tree. */
  symbolTrees: boolean
  findsSymbols: boolean
  links: boolean
  growsSelections: boolean
  showsLenses: boolean
  refreshesLenses: boolean
  showsHints: boolean
  refreshesHints: boolean
  /** Commands that lenses may call; by their names, which are of our own making. */
  commands: readonly string[]
  watchesFiles: boolean
  workspaceFolders: boolean
  /** It can be asked for its settings. */
  configuration: boolean
  /** It reads files for the server, by requests of our own making (`files-protocol.ts`). */
  readsFiles: boolean
  /** It wants `wif/status` notifications, which are of our own making. */
  status: boolean
}

/** What the client says it can do; before it says anything, nothing. */
export function clientFacts(params?: InitializeParams): ClientFacts {
  const { workspace, textDocument }: ClientCapabilities = params?.capabilities ?? {}
  const { publishDiagnostics, diagnostic, codeAction } = textDocument ?? {}
  return {
    pullsDiagnostics: diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: (diagnostic?.relatedInformation ?? publishDiagnostics?.relatedInformation) === true,
    codeDescription:
      (diagnostic?.codeDescriptionSupport ?? publishDiagnostics?.codeDescriptionSupport) === true,
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    refactors: codeAction?.codeActionLiteralSupport?.codeActionKind.valueSet.includes('refactor') === true,
    completes: textDocument?.completion !== undefined,
    hovers: textDocument?.hover !== undefined,
    showsSignatures: textDocument?.signatureHelp !== undefined,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    labelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport === true,
    asIs:
      textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(
        InsertTextMode.asIs,
      ) === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    definitions: textDocument?.definition !== undefined,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    references: textDocument?.references !== undefined,
    highlights: textDocument?.documentHighlight !== undefined,
    renames: textDocument?.rename !== undefined,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    outlines: textDocument?.documentSymbol !== undefined,
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    findsSymbols: workspace?.symbol !== undefined,
    links: textDocument?.documentLink !== undefined,
    growsSelections: textDocument?.selectionRange !== undefined,
    showsLenses: textDocument?.codeLens !== undefined,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    showsHints: textDocument?.inlayHint !== undefined,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    commands: Array.isArray(params?.initializationOptions?.commands)
      ? params.initializationOptions.commands
      : [],
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    configuration: workspace?.configuration === true,
    readsFiles: params?.initializationOptions?.files === true,
    status: params?.initializationOptions?.status === true,
  }
}

/** What the server offers to such a client. */
export function serverCapabilities(client: ClientFacts): ServerCapabilities {
  return {
    // Offsets are UTF-16 throughout, and every client must understand it.
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    ...(client.codeActionLiterals && {
      codeActionProvider: {
        codeActionKinds: [
          CodeActionKind.QuickFix,
          ...(client.refactors ? [CodeActionKind.RefactorRewrite] : []),
          FIX_ALL,
        ],
      },
    }),
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { identifier: 'wif', interFileDependencies: true, workspaceDiagnostics: false },
    }),
    // In conditions: a name behind `.`, `[` or a quote, an argument behind `(` or `,`. Elsewhere: a name or a value
    // behind a quote, a value behind the blank that follows a colon or dash.
    ...(client.completes && { completionProvider: { triggerCharacters: ['.', '[', '"', "'", ' '] } }),
    ...(client.hovers && { hoverProvider: true }),
    ...(client.showsSignatures && {
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
    }),
    ...(client.definitions && { definitionProvider: true }),
    ...(client.references && { referencesProvider: true }),
    ...(client.highlights && { documentHighlightProvider: true }),
    ...(client.renames && { renameProvider: client.preparesRename ? { prepareProvider: true } : true }),
    ...(client.outlines && { documentSymbolProvider: { label: 'WIF' } }),
    ...(client.findsSymbols && { workspaceSymbolProvider: true }),
    ...(client.links && { documentLinkProvider: {} }),
    ...(client.growsSelections && { selectionRangeProvider: true }),
    ...(client.showsLenses && { codeLensProvider: { resolveProvider: true } }),
    ...(client.showsHints && { inlayHintProvider: true }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  }
}
