// @ts-check
/**
 * `npm start`: shows what the linter says about examples/, and where to go from there.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await buildIfStale()
const { status, error } = spawnSync(process.execPath, ['dist/cli.js', 'examples'], {
  cwd: root,
  stdio: 'inherit',
})
if (error) throw error

// The examples are there to be found wrong (1); only a linter that could not read them (2) is a failure.
if (status === 0 || status === 1) {
  console.log(`
These are the files in examples/, once right and once wrong (see examples/README.md).

  npm run editor                       open them in VS Code, with the same findings and their quick fixes
  node dist/cli.js path/to/your/files  check your own
  node dist/cli.js --help              all options`)
} else process.exitCode = status ?? 1
