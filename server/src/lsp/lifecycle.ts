import type { InitializeParams } from 'vscode-languageserver'
import { URI } from 'vscode-uri'
import type { Folders } from './folders.ts'
import type { Session } from './session.ts'
import type { Status } from './status.ts'
import { uriKey } from './uri.ts'
import { watchFiles } from './watch.ts'

/** What happens once, or when folders and settings change; documents and requests are elsewhere. */
export interface Lifecycle {
  begin(params: InitializeParams): void
  initialized(): void
  settingsChanged(settings: unknown): void
  /** Resolves when the settings are known: no answer before that would be right. */
  settled(): Promise<void>
  /** Resolves when all folders have been read besides: for an answer that a person reads once. */
  complete(): Promise<void>
}

/** The lifecycle of one session. */
export function createLifecycle(session: Session, folders: Folders, status: Status): Lifecycle {
  const { connection, settings, log } = session
  let initial: string[] = []
  let settled = Promise.resolve()
  let read = Promise.resolve()

  async function askSettings(): Promise<void> {
    try {
      if (await settings.ask(folders.all())) session.changed(true)
    } catch (error) {
      log.error('workspace/configuration', error)
    }
  }

  function add(uris: readonly string[]): void {
    const reading = folders.add(uris)
    status.scanning(reading)
    read = Promise.all([read, reading]).then(() => {})
    // The folders are known at once, their files later.
    if (session.client.configuration) settled = askSettings()
  }

  return {
    settled: () => settled,
    complete: () => Promise.all([settled, read]).then(() => {}),
    begin(params) {
      initial = foldersOf(params).map(uriKey)
    },
    initialized() {
      void watchFiles(session)
      if (session.client.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          folders.remove(removed.map(folder => uriKey(folder.uri)))
          add(added.map(folder => uriKey(folder.uri)))
        })
      }
      add(initial)
    },
    settingsChanged(pushed) {
      if (session.client.configuration) void askSettings()
      else if (settings.told(pushed)) session.changed(true)
    },
  }
}

/** The folders a client opens with; older ones know one root, as a uri or as a path. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(folder => folder.uri)
  if (rootUri) return [rootUri]
  return rootPath ? [URI.file(rootPath).toString()] : []
}
