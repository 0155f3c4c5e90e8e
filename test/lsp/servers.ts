/** Two ways to run the server under test: the built bundle as a process, and inside the test with its own clock. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { globSync } from 'tinyglobby'
import { afterAll } from 'vitest'
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
import { type Client, createClient } from './client.ts'

const REPO = fileURLToPath(new URL('../../', import.meta.url))

const bundles = new Map<string, Promise<string>>()
const made: string[] = []

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** The path of a bundle: the one in dist/, or one made now where that is missing or out of date. */
export function bundleOf(entry: 'node' | 'cli'): Promise<string> {
  const bundle = bundles.get(entry) ?? freshBundle(entry, entry === 'node' ? 'server.js' : 'cli.js')
  bundles.set(entry, bundle)
  return bundle
}

async function freshBundle(entry: string, name: string): Promise<string> {
  const built = join(REPO, 'dist', name)
  if (existsSync(built)) {
    const time = statSync(built).mtimeMs
    const sources = globSync('server/src/**/*.{ts,js}', { cwd: REPO, absolute: true })
    if (sources.every(path => statSync(path).mtimeMs <= time)) return built
  }
  const folder = mkdtempSync(join(tmpdir(), 'wif-bundle-'))
  made.push(folder)
  const outfile = join(folder, name)
  const { version } = JSON.parse(readFileSync(join(REPO, 'package.json'), 'utf8'))
  await build({
    entryPoints: [join(REPO, `server/src/${entry}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    define: { __VERSION__: JSON.stringify(version) },
    logLevel: 'error',
  })
  return outfile
}

/** A client of the built server over standard input and output. */
export async function connectProcess(
  args: readonly string[] = ['--stdio'],
): Promise<Client & { pid: number }> {
  const child = spawn(process.execPath, [await bundleOf('node'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
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
