import { spawn } from 'node:child_process'
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'
import { createClient } from '../../lsp/client.ts'

/** A client of the built server, over standard input and output. */
export function connect() {
  const child = spawn(process.execPath, ['dist/server.js', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve))
  return createClient(connection, {
    exited,
    leave() {
      connection.dispose()
      child.stdin.destroy()
    },
  })
}
