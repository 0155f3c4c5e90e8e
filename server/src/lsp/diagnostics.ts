import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver'
import { debounce } from './debounce.ts'
import type { Session } from './session.ts'
import { uriKey } from './uri.ts'

/** The answer where there is none. */
export const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] }

/** Milliseconds without a change before findings are sent, or other documents' findings are made anew. */
const QUIET = 200

/** How findings reach the client: sent to it, or fetched by it. */
export interface Diagnostics {
  /** Files have changed; `ripples` when findings in other files may be different now. */
  changed(ripples: boolean): void
  /** A document was closed, which the client called `uri`. */
  closed(key: string, uri: string): void
  /** The answer to a client that fetches. */
  report(params: DocumentDiagnosticParams): DocumentDiagnosticReport
}

/** The way that suits the client of this session. */
export function createDiagnostics(session: Session): Diagnostics {
  return session.client.pullsDiagnostics ? pulled(session) : pushed(session)
}

/** The client fetches the findings of what it shows; it is told when to fetch again. */
function pulled(session: Session): Diagnostics {
  const { connection, client, log } = session
  // Another run of the server must not mistake an id of this one for its own.
  const run = crypto.randomUUID()
  const answered = new Map<string, { resultId: string; text: string }>()
  let count = 0
  let rippled = false
  const settle = debounce(session.runtime, QUIET, () => {
    if (session.documents.takeIn()) rippled = true
    if (!rippled || !client.refreshesDiagnostics) return
    rippled = false
    connection.languages.diagnostics
      .refresh()
      .catch(error => log.error('workspace/diagnostic/refresh', error))
  })

  return {
    changed(ripples) {
      if (ripples) rippled = true
      settle()
    },
    closed: key => answered.delete(key),
    report({ textDocument, previousResultId }) {
      const key = uriKey(textDocument.uri)
      const items = diagnosticsOf(session, key)
      const text = JSON.stringify(items)
      const before = answered.get(key)
      // The id stands for what is shown and nothing else: not for a version, which starts again when a document is
      // opened again, and not for a state of the other files, most of whose changes are of no interest here.
      const resultId = before?.text === text ? before.resultId : `${run}-${++count}`
      answered.set(key, { resultId, text })
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items }
    },
  }
}

/** The findings of all open documents are sent whenever they have changed. */
function pushed(session: Session): Diagnostics {
  const { connection, documents, runtime, log } = session
  const sent = new Map<string, { text: string; version: number }>()
  let running = false
  let again = false

  const settle = debounce(session.runtime, QUIET, () => {
    if (running) again = true
    else void sendAll().catch(error => log.error('textDocument/publishDiagnostics', error))
  })

  async function sendAll(): Promise<void> {
    running = true
    try {
      do {
        again = false
        documents.takeIn()
        for (const key of documents.keys()) {
          send(key)
          await runtime.breathe()
        }
      } while (again)
    } finally {
      running = false
    }
  }

  function send(key: string): void {
    const document = documents.get(key)
    // Closed, or typed into, since this round began: then the next round is on its way.
    if (!document || !documents.isTakenIn(key)) return
    try {
      const { uri, version } = document
      const diagnostics = diagnosticsOf(session, key)
      const text = JSON.stringify(diagnostics)
      const before = sent.get(key)
      if (before?.version === version && before.text === text) return
      sent.set(key, { text, version })
      void connection.sendDiagnostics({ uri, version, diagnostics })
    } catch (error) {
      log.error('textDocument/publishDiagnostics', error)
    }
  }

  return {
    changed: settle,
    closed(key, uri) {
      // As where the client fetches: findings are shown for open documents. Nothing else would take them away.
      if (sent.delete(key)) void connection.sendDiagnostics({ uri, diagnostics: [] })
    },
    report: () => NOTHING,
  }
}

function diagnosticsOf({ settings, workspace, convert }: Session, key: string): Diagnostic[] {
  const file = settings.enabled(key) ? workspace.file(key) : undefined
  return file ? workspace.findings(key).map(finding => convert.diagnostic(file, finding)) : []
}
