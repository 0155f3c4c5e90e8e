import { basename, resolve } from 'node:path'
import { formatOf } from '../wif/relevance.ts'
import { type Gathered, gather, NO_FORMAT, type Source, type Told } from './gather.ts'
import type { Io } from './io.ts'
import { COMMANDS, type Options } from './options.ts'
import { readStdin } from './stdin.ts'
import { didYouMean } from './suggest.ts'

/** The files of a run. */
export interface Collected extends Gathered {
  /** What is reported on: all files, or the one that is piped in. */
  asked: readonly Source[]
  piped: Source | undefined
}

/** Far above any configuration, as for files. */
const MAX_INPUT = 128 * 1024 * 1024

/**
 * The files that `paths` name, and what is piped in as if it were one of them.
 * @param discover whether to look for configurations, too
 */
export async function collect(
  paths: readonly string[],
  { stdinFilename }: Options<'lint'>,
  discover: boolean,
  io: Io,
  onRead: (count: number) => void,
): Promise<Collected | Told> {
  const gathered = await gather(paths, io.cwd, discover, onRead)
  const [first = ''] = paths
  const words = Object.keys(COMMANDS).filter(name => name !== 'lint')
  for (const failure of gathered.failures)
    if (failure.path === resolve(io.cwd, first)) failure.reason += didYouMean(first, words)
  if (stdinFilename === undefined) {
    if (gathered.seen.size === 0 && gathered.failures.length === 0)
      gathered.failures.push({ reason: `no .json, .jsonc, .yaml or .yml file in ${paths.join(', ')}` })
    return { ...gathered, asked: gathered.sources, piped: undefined }
  }
  const piped = await readPiped(stdinFilename, io)
  if ('reason' in piped) return piped
  const sources = [...gathered.sources.filter(({ path }) => path !== piped.path), piped]
  return { ...gathered, sources, seen: new Set([piped.path]), asked: [piped], piped }
}

/** What is piped in, as the file that `name` names, whether that is there or not. */
async function readPiped(name: string, { cwd, stdin }: Io): Promise<Source | Told> {
  const path = resolve(cwd, name)
  const format = formatOf(basename(path))
  if (!format) return { path, reason: NO_FORMAT }
  if (!stdin || stdin.isTTY) return { reason: '--stdin-filename checks what is piped in, and nothing is' }
  const read = await readStdin(stdin, MAX_INPUT)
  if (!read.ok) return { reason: `standard input: ${read.reason}` }
  return { path, format, text: read.text, encoding: read.encoding, origin: 'named' }
}
