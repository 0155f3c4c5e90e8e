import module from 'node:module'
import { join } from 'node:path'
import type { ExitCode } from './cli/io.ts'
import { reasonOf } from './node/reason.ts'

// Newer versions of Node keep what they have compiled, outside of any workspace: the next start takes half the time.
const { enableCompileCache } = module as { enableCompileCache?: () => void }
enableCompileCache?.()

let isCutOff = false
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the output may stop early (`wif-lint | head`); the exit code stays what it is.
    if (error.code === 'EPIPE' || isCutOff) return
    isCutOff = true
    process.exitCode = 2
    process.stderr.write(`wif-lint: the output is not complete, ${reasonOf(error)}\n`)
  })
}

async function main(): Promise<ExitCode> {
  const { env, stdout, stderr } = process
  try {
    const { run } = await import('./cli/main.ts')
    return await run(process.argv.slice(2), {
      cwd: process.cwd(),
      env,
      now: () => performance.now(),
      // Not opened by commands that do not read it.
      get stdin() {
        return process.stdin
      },
      stdout,
      stderr,
      conditionChild: join(__dirname, 'server.js'),
      pages: join(__dirname, 'rules'),
      // A program of its own beside this one, which reads the same arguments.
      startServer: () => require(join(__dirname, 'server.js')),
    })
  } catch (error) {
    const what = error instanceof Error ? error.stack : String(error)
    stderr.write(`wif-lint: this is a mistake in wif-lint itself, please report it\n${what}\n`)
    return 2
  }
}

void main().then(code => {
  // Not process.exit(): what is printed to a pipe may not be through yet.
  process.exitCode = isCutOff ? 2 : code
})
