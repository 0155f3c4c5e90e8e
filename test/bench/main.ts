/** What `npm run bench` runs; scripts/bench.mjs bundles it and says how it is used. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { decisions } from './sections/decisions.ts'
import { growth } from './sections/growth.ts'
import { keystrokeInJson, keystrokeInYaml } from './sections/keystroke.ts'
import type { Measure, Options } from './sections/options.ts'
import { start } from './sections/start.ts'
import { givenFolder, wholeWorkspace } from './sections/workspace.ts'
import { markdown, type Section } from './table.ts'

const SECTIONS: Record<string, Measure> = {
  workspace: wholeWorkspace,
  json: keystrokeInJson,
  yaml: keystrokeInYaml,
  growth,
  start,
  decide: decisions,
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      editor: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      results: { type: 'string', default: 'test/bench/results' },
      only: { type: 'string', default: Object.keys(SECTIONS).join() },
    },
  })
  const scratch = mkdtempSync(join(tmpdir(), 'wif-bench-'))
  const options: Options = {
    quick: values.quick,
    editor: values.editor,
    rounds: Number(values.rounds ?? (values.quick ? 1 : 7)),
    seed: Number(values.seed),
    scratch,
    folder: positionals[0],
  }
  const measures = values.only.split(',').flatMap(name => SECTIONS[name] ?? [])
  if (options.folder !== undefined) measures.push(givenFolder)
  const sections: Section[] = []
  try {
    for (const measure of measures) {
      const section = await measure(options)
      console.log(`${markdown([section])}\n`)
      sections.push(section)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  const machine = `Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model.trim()}), ${options.rounds} rounds, seed ${options.seed}`
  writeFileSync(`${values.results}.md`, `${machine}\n\n${markdown(sections)}\n`)
  writeFileSync(`${values.results}.json`, `${JSON.stringify({ machine, sections }, null, 2)}\n`)
  console.log(`${machine}; kept in ${values.results}.md and .json`)
}

void main()
