import { join } from 'node:path'
import { program, type Usage, usage } from '../child.ts'
import { inTurns } from '../measure.ts'
import type { Row, Section } from '../table.ts'
import { type Size, workspaceFiles, writeFiles } from '../workspace-files.ts'
import type { Options } from './options.ts'

const CLI = 'dist/cli.js'
/** Of what takes minutes, each so many-th file is measured. */
const EVERY = 20

/** A whole workspace, of which one file in a hundred matters: `wif-lint` beside reading, parsing and validating it. */
export async function wholeWorkspace({ rounds, seed, quick, scratch }: Options): Promise<Section> {
  const size: Size = quick
    ? { yaml: 200, json: 20, relevantYaml: 2, relevantJson: 6 }
    : { yaml: 20_000, json: 2000, relevantYaml: 200, relevantJson: 20 }
  const [folder, twice] = [join(scratch, 'workspace'), join(scratch, 'twice')]
  const bytes = writeFiles(folder, workspaceFiles(seed, size))
  writeFiles(twice, workspaceFiles(seed, { ...size, yaml: 2 * size.yaml, json: 2 * size.json }))
  const samples = await measured(folder, rounds, quick ? 2 : EVERY, {
    'twice the files': () => usage([CLI, twice]),
  })
  const of = (key: string) => samples.get(key) ?? []
  const count = size.yaml + size.json
  return {
    title: `Whole workspace: ${size.yaml.toLocaleString('en')} YAML and ${size.json.toLocaleString('en')} JSON files, ${Math.round(bytes / count / 100) / 10} kB each on average, ${size.relevantYaml + size.relevantJson} of which matter`,
    rows: [
      ...rowsOf(samples, quick ? 2 : EVERY),
      { what: 'Peak memory', unit: 'MB', ours: of('ours MB'), target: { atMost: 200 } },
      {
        what: 'Peak memory with twice the files that do not matter',
        unit: 'MB',
        ours: of('twice the files MB'),
        peer: 'once',
        theirs: of('ours MB'),
        target: { atMost: 1.1 },
      },
    ],
  }
}

/** The files of a folder that was given. */
export async function givenFolder({ rounds, quick, folder = '.' }: Options): Promise<Section> {
  const samples = await measured(folder, rounds, quick ? 2 : EVERY, {})
  return { title: `The files in ${folder}`, rows: rowsOf(samples, quick ? 2 : EVERY) }
}

function measured(
  folder: string,
  rounds: number,
  every: number,
  others: Record<string, () => Promise<Usage>>,
) {
  return inTurns(rounds, {
    ours: () => figures(usage([CLI, folder])),
    read: () => figures(usage([program('read'), folder])),
    promises: () => figures(usage([program('read'), folder, 'promises'])),
    parse: () => sampled(usage([program('parse'), folder, String(every)]), every),
    validate: () => sampled(usage([program('validate'), folder, String(every)]), every),
    ...Object.fromEntries(Object.entries(others).map(([name, run]) => [name, () => figures(run())])),
  })
}

async function figures(run: Promise<Usage>) {
  const { ms, user, MB } = await run
  return { ms, user, MB }
}

/** What all the files would have taken: the program's start once, and its work for each file of the sample. */
async function sampled(run: Promise<Usage & { output: string }>, every: number) {
  const { ms, output } = await run
  const work = Number(output)
  return { ms: ms - work + work * every }
}

function rowsOf(samples: ReadonlyMap<string, readonly number[]>, every: number): Row[] {
  const of = (key: string) => samples.get(key) ?? []
  const row = { what: 'wif-lint', unit: 'ms', ours: of('ours ms') } as const
  const note = `\`yaml\` and yaml-language-server are measured on each ${every}th file, and what that takes is multiplied; their start is counted once`
  return [
    { ...row, peer: 'finding and reading the files', theirs: of('read ms'), target: { atMost: 1.5 } },
    {
      ...row,
      what: 'wif-lint, time of the processor',
      ours: of('ours user'),
      peer: 'finding and reading the files',
      theirs: of('read user'),
    },
    { ...row, peer: 'the same with `fs/promises`, 32 at a time', theirs: of('promises ms') },
    { ...row, peer: '`yaml` and JSON.parse', theirs: of('parse ms'), as: 'faster', note },
    {
      ...row,
      peer: 'yaml-language-server',
      theirs: of('validate ms'),
      as: 'faster',
      target: { atLeast: 50 },
    },
  ]
}
