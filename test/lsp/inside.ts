/** The server inside the test, with its own disk and clock; knows nothing of a test runner. */
import { PassThrough } from 'node:stream'
import {
  createConnection,
  StreamMessageReader as ServerReader,
  StreamMessageWriter as ServerWriter,
} from 'vscode-languageserver/node'
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'
import { startServer } from '../../server/src/lsp/server.ts'
import type { Runtime } from '../../server/src/lsp/session.ts'
import { createClient } from './client.ts'

/** A client of a server that runs inside the test, and the world around that server. */
export function connectInside(world: Partial<Runtime> = {}) {
  const [up, down] = [new PassThrough(), new PassThrough()]
  const server = createConnection(new ServerReader(up), new ServerWriter(down))
  const files = new Map<string, string>()
  const timers = new Map<object, { milliseconds: number; callback: () => void }>()
  startServer(server, {
    version: '0.0.0',
    pageUri: rule => `https://rules.test/${rule}`,
    files: {
      async *list(folder) {
        for (const uri of files.keys()) if (uri.startsWith(`${folder}/`)) yield uri
      },
      read: async uri => files.get(uri),
      covers: async (_folder, uri) => !uri.includes('/ignored/'),
    },
    after(milliseconds, callback) {
      const timer = {}
      timers.set(timer, { milliseconds, callback })
      return () => timers.delete(timer)
    },
    now: () => 1_800_000_000,
    breathe: () => new Promise(resolve => setImmediate(resolve)),
    ...world,
  })
  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up))
  return {
    ...createClient(connection, {
      leave() {
        connection.dispose()
        server.dispose()
      },
    }),
    /** The disk, by uri. */
    files,
    /** The milliseconds of the timers that are set. */
    timers: () => [...timers.values()].map(({ milliseconds }) => milliseconds),
    /** Lets all timers that are set go off. */
    tick() {
      const due = [...timers.values()]
      timers.clear()
      for (const { callback } of due) callback()
    },
  }
}
