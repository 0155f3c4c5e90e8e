import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  l10n,
  window,
  workspace,
} from 'vscode'
import { CONFIGURATION } from '../../server/src/lsp/configuration-protocol.ts'
import type { StatusParams } from '../../server/src/lsp/status-protocol.ts'
import { createCrashes } from './crashes.ts'
import { registerFirstCompletion } from './first-completion.ts'
import { isRelevant } from './selector.ts'
import { isEnabled } from './settings.ts'
import { createStatusItem, type StatusItem } from './status.ts'

/** `idle`: no document has needed the server yet, or it is turned off. */
export type State = 'idle' | 'starting' | 'running' | 'stopped'

/** What a server that runs tells. */
export interface Events {
  state(state: State): void
  /** It has run and has ended by itself. */
  crashed(): void
  status(status: StatusParams): void
  accessMapChanged(): void
}

/** A server that was started. */
export interface Running {
  started: Promise<void>
  version(): string | undefined
  request<Result>(method: string, params: object, token?: CancellationToken): Promise<Result>
  stop(): Promise<void>
}

/** The language server as the rest of the extension sees it. */
export interface Client extends Disposable {
  restart(): Promise<void>
  stop(): Promise<void>
  showOutput(): void
  /** Asks the server, which is started for it unless it runs. */
  request<Result>(method: string, params: object, token?: CancellationToken): Promise<Result>
  /** The map that was asked for last may be out of date; so is everything when the server runs again. */
  onAccessMapChanged: Event<void>
  /** It was turned off in all folders: what it has found is to be seen no more. */
  onTurnedOff: Event<void>
}

/** Starts the server when the first open document needs it, unless it is turned off in all folders. */
export function createClient(launch: (output: LogOutputChannel, events: Events) => Promise<Running>): Client {
  let output: LogOutputChannel | undefined
  let item: StatusItem | undefined
  let running: Running | undefined
  let state: State = 'idle'
  /** Starts and stops one after the other. */
  let queue = Promise.resolve()

  // Both are seen by everybody who opens a list of them, so they come when there is something to say.
  const channel = () => (output ??= window.createOutputChannel('WIF', { log: true }))
  const status = () => (item ??= createStatusItem())

  const accessMap = new EventEmitter<void>()
  const turnedOff = new EventEmitter<void>()
  const crashes = createCrashes()

  const events: Events = {
    crashed() {
      void enqueue(stopNow, ...(crashes.happened(channel()) ? [startNow] : []))
    },
    accessMapChanged: () => accessMap.fire(),
    state(next) {
      state = next
      if (next === 'running') accessMap.fire()
      status().show({ state, version: running?.version() })
    },
    status({ documents, scanning }) {
      status().show({ documents, scanning })
      void askConfiguration()
    },
  }

  /** Which configuration governs the document in front. */
  async function askConfiguration(): Promise<void> {
    const document = window.activeTextEditor?.document
    if (!running || !document || !isRelevant(document)) return item?.show({ configuration: undefined })
    try {
      const uri = await running.request<string | null>(CONFIGURATION, { uri: document.uri.toString() })
      if (document === window.activeTextEditor?.document) status().show({ configuration: uri ?? undefined })
    } catch {
      // It is being stopped: there is nothing to show then.
    }
  }

  async function startNow(): Promise<void> {
    if (running || !isEnabled()) return
    events.state('starting')
    try {
      running = await launch(channel(), events)
      await running.started
    } catch (error) {
      channel().error(l10n.t('The server did not start: {0}', reason(error)))
      events.state('stopped')
      events.crashed()
    }
  }

  async function stopNow(): Promise<void> {
    const stopping = running
    running = undefined
    try {
      await stopping?.stop()
    } catch (error) {
      channel().warn(l10n.t('The server did not stop in order: {0}', reason(error)))
    }
  }

  async function turnOff(): Promise<void> {
    events.state('idle')
    // It may be on again by now.
    consider()
  }

  function enqueue(...tasks: (() => Promise<void>)[]): Promise<void> {
    for (const task of tasks) queue = queue.then(task)
    return queue
  }

  const mayStart = () => state === 'idle' && isEnabled()

  function start(): Promise<void> {
    state = 'starting'
    return enqueue(startNow)
  }

  function consider(): void {
    if (mayStart() && workspace.textDocuments.some(isRelevant)) void start()
  }

  const subscriptions = [
    workspace.onDidOpenTextDocument(consider),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (state === 'idle' && isRelevant(document)) consider()
    }),
    window.onDidChangeActiveTextEditor(() => void askConfiguration()),
    workspace.onDidChangeConfiguration(event => {
      if (!event.affectsConfiguration('wif.enable')) return
      if (isEnabled()) return consider()
      turnedOff.fire()
      if (state !== 'idle') void enqueue(stopNow, turnOff)
    }),
    registerFirstCompletion(mayStart, start),
  ]
  consider()

  return {
    restart: () => enqueue(stopNow, startNow),
    stop: () => enqueue(stopNow),
    showOutput: () => channel().show(),
    async request(method, params, token) {
      await enqueue(startNow)
      if (!running) throw new Error(l10n.t('The language server does not run'))
      return running.request(method, params, token)
    },
    onAccessMapChanged: accessMap.event,
    onTurnedOff: turnedOff.event,
    dispose() {
      accessMap.dispose()
      turnedOff.dispose()
      for (const subscription of subscriptions) subscription.dispose()
      item?.dispose()
      output?.dispose()
    },
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : l10n.t('unknown reason')
}
