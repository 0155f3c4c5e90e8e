// @ts-check
/**
 * `npm run editor`: opens examples/ in VS Code with the extension as it is in this checkout.
 *
 * That is the VS Code of this machine when there is a `code` command, and else code-server, whose address it prints.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import { cacheDir, ensureCodeServer, onPath, startCodeServer } from './vscode.mjs'

const REPO = fileURLToPath(new URL('..', import.meta.url))
const EXAMPLES = join(REPO, 'examples')
const VSIX = join(REPO, 'dist/wif-policy-linter.vsix')
/** What goes into the package or decides how it is made. */
const SOURCES = ['{client,server}/src/**', '{schemas,syntaxes}/**', 'scripts/*.mjs', '*.{json,md}']

try {
  if (isStale()) runOrExit('npm', ['run', 'package'])

  if (onPath('code')) runOrExit('code', [`--extensionDevelopmentPath=${REPO}`, EXAMPLES])
  else await serve()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

/** Whether the package is missing or older than a file it is made from. */
function isStale() {
  if (!existsSync(VSIX)) return true
  const packaged = statSync(VSIX).mtimeMs
  return globSync(SOURCES, { cwd: REPO, absolute: true }).some(file => statSync(file).mtimeMs > packaged)
}

/**
 * Runs a command in the repository and lets it speak for itself, above all when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 */
function runOrExit(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: REPO, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs code-server until Ctrl+C. */
async function serve() {
  /** @type {import('./vscode.mjs').CodeServer | undefined} */
  let server
  // A server that is still starting ends with this process.
  const end = async () => {
    await server?.stop()
    process.exit(0)
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)

  await ensureCodeServer({ log: console.log })
  server = await startCodeServer({
    vsix: VSIX,
    workspace: EXAMPLES,
    userDataDir: join(cacheDir(), 'editor/user-data'),
    extensionsDir: join(cacheDir(), 'editor/extensions'),
  })
  console.log(`\nVS Code with the extension:  ${server.url}\nPress Ctrl+C to stop it.`)
}
