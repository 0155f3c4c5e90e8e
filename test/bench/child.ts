import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What a process took. */
export interface Usage {
  /** Milliseconds from its start to its end. */
  ms: number
  /** Milliseconds of the processor in the program itself. */
  user: number
  /** The most memory it had. */
  MB: number
}

/** Runs `node` with these arguments to its end. @returns what it took, and what it printed */
export async function usage(args: readonly string[]): Promise<Usage & { output: string }> {
  const start = process.hrtime.bigint()
  const child = spawn(process.execPath, ['--require', program('usage-hook'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  let [output, told] = ['', '']
  child.stdout?.on('data', data => {
    output += data
  })
  child.stdio[3]?.on('data', data => {
    told += data
  })
  await once(child, 'close')
  const ms = Number(process.hrtime.bigint() - start) / 1e6
  if (told === '') throw new Error(`${args[0]} did not come to its end`)
  return { ms, output, ...JSON.parse(told) }
}

/** The path of a program in programs/; `scripts/bench.mjs` puts them, bundled, beside this one. */
export function program(name: 'read' | 'parse' | 'validate' | 'sizes' | 'usage-hook'): string {
  return join(__dirname, `${name}.js`)
}
