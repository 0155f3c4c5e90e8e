import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { look } from '../node/files.ts'
import { reasonOf } from '../node/reason.ts'
import { baselineText, entriesOf, pruned, readBaseline, withoutKnown } from './baseline.ts'
import type { Told } from './gather.ts'
import type { Options } from './options.ts'
import type { Linted } from './session.ts'

/** What became of the findings, and what to tell a person. */
export interface Weighed {
  linted: readonly Linted[]
  notes: Told[]
  failures: Told[]
}

/**
 * `--baseline`: records what is found, leaves it out, or strikes out what is no longer there.
 * @param path of the baseline
 * @param seen the paths of all files that were looked at
 */
export async function weigh(
  linted: readonly Linted[],
  mode: NonNullable<Options<'lint'>['baseline']>,
  path: string,
  seen: ReadonlySet<string>,
): Promise<Weighed> {
  const failed = (reason: string): Weighed => ({ linted, notes: [], failures: [{ path, reason }] })
  const isThere = (await look(path)).is !== 'other'
  const old = isThere || mode !== 'write' ? await readBaseline(path) : undefined
  if (old && 'reason' in old) return failed(old.reason)

  const entries = old?.entries ?? []
  const judged = new Set(seen)
  for (const entry of entries) if ((await look(entry.path)).is === 'other') judged.add(entry.path)
  const isJudged = (each: string) => judged.has(each)

  const notes: Told[] = []
  if (mode !== 'use') {
    const found = entriesOf(linted)
    const others = entries.filter(entry => !isJudged(entry.path))
    const next = mode === 'write' ? [...found, ...others] : pruned(entries, found, isJudged)
    try {
      await writeFile(path, baselineText(next, dirname(path)))
    } catch (error) {
      return failed(`cannot be written, ${reasonOf(error)}`)
    }
    notes.push({ path, reason: `${sumOf(next)} findings are known now; --baseline use leaves them out` })
  }
  const baseline = mode === 'use' && old ? old : await readBaseline(path)
  if ('reason' in baseline) return failed(baseline.reason)
  const rest = withoutKnown(linted, baseline, isJudged)
  const known = count(linted) - count(rest.slice(0, linted.length))
  if (mode === 'use' && known > 0) notes.push({ path, reason: `${known} known findings are left out` })
  return { linted: rest, notes, failures: [] }
}

function sumOf(entries: readonly { count: number }[]): number {
  return entries.reduce((sum, entry) => sum + entry.count, 0)
}

function count(linted: readonly Linted[]): number {
  return linted.reduce((sum, { findings }) => sum + findings.length, 0)
}
