// @ts-check
/**
 * npm runs this before the package is packed, and for whoever installs it from git, as pre-commit does. For
 * `npm install -g` of a repository npm leaves out what the build needs, so that is fetched here.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

if (!existsSync(new URL('../node_modules/esbuild', import.meta.url))) {
  const options = ['--no-global', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  const windows = process.platform === 'win32'
  const { status } = spawnSync('npm', ['ci', ...options], { cwd: root, stdio: 'inherit', shell: windows })
  if (status !== 0) process.exit(1)
}
const { build } = await import('./build.mjs')
await build()
