import { EventEmitter, LogLevel, type LogOutputChannel, workspace } from 'vscode'
import { redact } from './redact.ts'
import { traceLevel } from './settings.ts'

/**
 * The channel for `wif.trace.server`: writes what the client library traces into `output`, without what documents
 * say. The library asks a channel's log level whether to trace at all; here the setting answers.
 */
export function createTraceChannel(output: LogOutputChannel): LogOutputChannel {
  const levels = new EventEmitter<LogLevel>()
  const level = () => (traceLevel() === 'off' ? LogLevel.Off : LogLevel.Trace)
  const subscription = workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration('wif.trace.server')) levels.fire(level())
  })
  return Object.create(output, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: levels.event },
    trace: { value: (message: string) => output.info(redact(message)) },
    dispose: {
      value() {
        subscription.dispose()
        levels.dispose()
      },
    },
  })
}
