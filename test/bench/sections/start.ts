import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { globSync } from 'tinyglobby'
import { usage } from '../child.ts'
import { ruleFile } from '../federation.ts'
import { inTurns, milliseconds } from '../measure.ts'
import { randomFrom } from '../random.ts'
import type { Row, Section } from '../table.ts'
import { writeFiles } from '../workspace-files.ts'
import type { Options } from './options.ts'
import { connect } from './server.ts'

/** What stands between a person and the first finding. */
export async function start({ rounds, seed, scratch, editor }: Options): Promise<Section> {
  const folder = join(scratch, 'start')
  const text = ruleFile(randomFrom(seed), 1)
  writeFiles(folder, [['rule.json', text]])
  const ms = async (args: string[]) => ({ ms: (await usage(args)).ms })
  const samples = await inTurns(rounds, {
    node: () => ms(['-e', '0']),
    version: () => ms(['dist/cli.js', '--version']),
    cli: () => ms(['dist/cli.js', join(folder, 'rule.json')]),
    server: () => untilDiagnostics(text),
  })
  const of = (key: string) => samples.get(`${key} ms`) ?? []
  const row = { unit: 'ms', peer: '`node -e 0`', theirs: of('node') } as const
  return {
    title: 'Start',
    rows: [
      { ...row, what: 'wif-lint on one file', ours: of('cli') },
      { ...row, what: 'wif-lint --version', ours: of('version') },
      { ...row, what: 'Server, from its start to the first diagnostics', ours: of('server') },
      ...(editor ? [await activation()] : []),
      ...sizes(),
    ],
  }
}

async function untilDiagnostics(text: string) {
  let client: ReturnType<typeof connect> | undefined
  const ms = await milliseconds(async () => {
    client = connect()
    await client.initialize({ folders: null, initializationOptions: {} })
    client.open('file:///bench/rule.json', 'json', text)
    await client.pull('file:///bench/rule.json')
  })
  await client?.end()
  return { ms }
}

/** What the editor itself says, in a run of its own. */
async function activation(): Promise<Row> {
  const test = ['--config', 'test/editor/vitest.config.mts', 'test/editor/activation.test.ts']
  const { stdout } = await promisify(execFile)('npx', ['vitest', 'run', ...test])
  const [, ms] = /Activation: (\d+)ms/.exec(stdout) ?? []
  return { what: 'The extension becomes active, as the editor reports it', unit: 'ms', ours: [Number(ms)] }
}

/** What is shipped, as far as it is there. */
function sizes(): Row[] {
  const shipped = ['client.js', 'server.js', 'cli{.js,/*.mjs}', 'wif-policy-linter.vsix']
  return shipped.flatMap((name): Row[] => {
    const bytes = globSync(name, { cwd: 'dist', absolute: true }).map(path => statSync(path).size)
    if (bytes.length === 0) return []
    const target = name.endsWith('.vsix') && ({ target: { atMost: 1000 } } as const)
    const ours = [bytes.reduce((sum, each) => sum + each, 0) / 1000]
    return [{ what: `Size of ${name}`, unit: 'kB', ours, ...target }]
  })
}
