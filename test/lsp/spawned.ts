/** The built server as a process; knows nothing of a test runner. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'
import { type Client, createClient } from './client.ts'

export type Spawned = Client & { pid: number }

/**
 * A client of the server bundled at `path`, over standard input and output.
 * @param uid the user to run it as, for a test that is root and wants somebody who may not read everything
 */
export function connectSpawned(path: string, args: readonly string[] = ['--stdio'], uid?: number): Spawned {
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid }),
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const leave = () => {
    connection.dispose()
    child.stdin.destroy()
  }
  return { ...createClient(connection, { exited, leave }), pid: child.pid ?? -1 }
}
