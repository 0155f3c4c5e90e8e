import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser'
import { EVALUATOR } from './cel/isolate.ts'
import { answerJobs, createWorkerEvaluator } from './cel/worker.ts'
import { startServer } from './lsp/server.ts'
import { rules } from './rules/index.ts'

/** Put in by the build, from package.json. */
declare const __VERSION__: string
declare const self: DedicatedWorkerGlobalScope

const pages = new Set(rules.map(rule => rule.id))

/** The language server in a browser's worker: which has no disk: the client reads the files. */
function serve(): void {
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self))
  startServer(connection, {
    version: __VERSION__,
    // The client shows the page that it was shipped with.
    pageUri: rule => (pages.has(rule) ? `wif-rule:/${rule}.md` : undefined),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
    now: () => Date.now() / 1000,
    evaluate: createWorkerEvaluator(self.location.href),
    breathe: nextTask(),
  })
}

/** Resolves in a task of its own, after messages that wait: a timer would be slowed down to 4 ms each time. */
function nextTask(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.onmessage = () => waiting.shift()?.()
  return () =>
    new Promise(resolve => {
      waiting.push(resolve)
      port2.postMessage(0)
    })
}

// The same script, in a worker of its own, evaluates conditions.
if (self.name === EVALUATOR) answerJobs(self)
else serve()
