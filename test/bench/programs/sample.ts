import { readFile } from 'node:fs/promises'
import { findFiles } from '../../../server/src/node/walk.ts'
import { formatOf } from '../../../server/src/wif/relevance.ts'

/** The texts of each `every`-th of the JSON and YAML files in `folder`. */
export async function sampled(folder: string, every: number) {
  const { paths } = await findFiles(folder)
  const chosen = paths.filter((_, i) => i % every === 0)
  return Promise.all(
    chosen.map(async path => ({
      path,
      format: formatOf(path) ?? 'yaml',
      text: await readFile(path, 'utf8'),
    })),
  )
}

/** Prints how many milliseconds `work` takes. */
export async function timed(work: () => unknown): Promise<void> {
  const start = process.hrtime.bigint()
  await work()
  console.log(Number(process.hrtime.bigint() - start) / 1e6)
}
