import { join } from 'node:path'
import { EXIT, type ExitCode } from './cli/io.ts'
import { run } from './cli/main.ts'

// Whoever reads the output may stop early (`wif-lint | head`); the exit code stays what it is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

async function main(): Promise<ExitCode> {
  const { env, stdout, stderr } = process
  const conditionChild = join(__dirname, 'cel-child.js')
  try {
    return await run(process.argv.slice(2), {
      cwd: process.cwd(),
      env,
      // Not opened by commands that do not read it.
      get stdin() {
        return process.stdin
      },
      stdout,
      stderr,
      conditionChild,
    })
  } catch (error) {
    const what = error instanceof Error ? error.stack : String(error)
    stderr.write(`wif-lint: this is a mistake in wif-lint itself, please report it\n${what}\n`)
    return EXIT.failure
  }
}

void main().then(code => {
  // Not process.exit(): what is printed to a pipe may not be through yet.
  process.exitCode = code
})
