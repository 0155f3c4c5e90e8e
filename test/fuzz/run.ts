/**
 * The inner process of `npm run fuzz` (scripts/fuzz.mjs): tries one property for a while and reports over the channel
 * to its parent, which ends it when an input hangs.
 */
import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { corpus } from './corpus.ts'
import { minimise } from './minimise.ts'
import { properties } from './properties/index.ts'

/** What the parent is told: at most once in a while that it goes on, and in the end what came of it. */
type Report = { alive: true } | { done: { runs: number; failure?: { error: string; input: unknown } } }

const MINIMISING_MS = 20_000
/** No input may take so much of the processor. Not a clock: what else a machine does must not count. */
const BUDGET_MS = 8000

async function main(
  root: string,
  name: string,
  seed: number,
  milliseconds: number,
  current: string,
): Promise<void> {
  const found = properties(corpus(root)).find(each => each.name === name)
  if (!found) throw new Error(`there is no property "${name}"`)
  let told = 0
  const check = async (input: unknown) => {
    // Kept, so that the parent knows what a process was doing that does not answer any more.
    writeFileSync(current, JSON.stringify(input))
    const now = Date.now()
    if (now - told > 250) {
      told = now
      tell({ alive: true })
    }
    const before = process.cpuUsage()
    await found.check(input)
    const { user, system } = process.cpuUsage(before)
    if (user + system > BUDGET_MS * 1000)
      throw new Error(`it takes ${(user + system) / 1e6} s of the processor`)
  }
  const result = await fc.check(fc.asyncProperty(found.inputs, check), {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: milliseconds,
  })
  if (!result.counterexample) return tell({ done: { runs: result.numRuns } })
  const [first] = result.counterexample as [unknown]
  const error = await errorOf(check, first)
  const sameError = async (input: unknown) => kind(await errorOf(check, input)) === kind(error)
  const input = await minimise(first, sameError, Date.now() + MINIMISING_MS)
  tell({ done: { runs: result.numRuns, failure: { error: await errorOf(check, input), input } } })
}

async function errorOf(check: (input: unknown) => Promise<void>, input: unknown): Promise<string> {
  try {
    await check(input)
    return ''
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

/** What makes two failures the same: the beginning of the message, without numbers. */
function kind(error: string): string {
  return (error.split('\n')[0] ?? '').replace(/\d+/g, '0').slice(0, 60)
}

function tell(report: Report): void {
  process.send?.(report)
}

const [root = '', name = '', seed = '', milliseconds = '', current = ''] = process.argv.slice(2)
main(root, name, Number(seed), Number(milliseconds), current).then(
  () => process.disconnect(),
  error => {
    console.error(error)
    process.exit(2)
  },
)
