// @ts-check
/**
 * VS Code for this repository's own use: `npm run editor` and the tests in test/editor.
 *
 * code-server is VS Code (its workbench and its extension host) behind a local web page, and it comes from
 * npm, so it needs no desktop and no download from Microsoft. It wants a newer Node than this project does,
 * so both live in a cache of their own, outside node_modules.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

const NODE = 'node@24.21.0'
const CODE_SERVER = 'code-server@4.139.1'

/** How long code-server may take to answer. It needs about two seconds on an idle machine. */
const START_TIMEOUT_MS = 60_000
/** How long it may take to stop by itself before it is killed. */
const STOP_TIMEOUT_MS = 5_000

/** What would distract a reader, cover the editor, or ask the network for something. */
const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
}

/**
 * @typedef {(line: string) => void} Log
 * @typedef {{ node: string, codeServer: string }} Tools The paths of Node 24 and of code-server's entry.
 * @typedef {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} Child
 * @typedef {{ url: string, logDir: string, stop: () => Promise<void> }} CodeServer
 */

/**
 * Returns the folder for what is downloaded once and kept: `$WIF_EDITOR_CACHE`, else
 * `$XDG_CACHE_HOME/wif-policy-linter`, else `~/.cache/wif-policy-linter`.
 *
 * @returns {string}
 */
export function cacheDir() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return resolve(process.env.WIF_EDITOR_CACHE || join(base, 'wif-policy-linter'))
}

/**
 * Installs Node 24 and code-server into the cache, unless exactly these versions are there already, and
 * returns where they are. The first time takes about two minutes and needs the npm registry.
 *
 * @param {{ log: Log }} options
 * @returns {Promise<Tools>}
 * @throws {Error} when a build tool is missing or npm fails; the message says what to do.
 */
export async function ensureCodeServer({ log }) {
  if (!isInstalled()) {
    requireBuildTools()
    // What is there without a stamp is an interrupted install or another version: not worth repairing.
    await rm(installDir(), { recursive: true, force: true })
    log(`Installing ${NODE} and ${CODE_SERVER} into ${installDir()} (once, about two minutes)`)
    // Two prefixes: in one, the second install would prune the Node that the first one's script has unpacked.
    await npmInstall('node', NODE, process.env)
    // code-server's native modules must be built against the headers of the Node that will load them.
    await npmInstall('code-server', CODE_SERVER, { ...node24Env(), npm_config_nodedir: node24Headers() })
    await writeFile(stampFile(), stamp())
    log('Installed')
  }
  return tools()
}

/**
 * Returns the path of a Chromium: `$CHROMIUM`, else the first of `chromium`, `chromium-browser` and
 * `google-chrome` on PATH.
 *
 * @returns {string}
 * @throws {Error} when there is none.
 */
export function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = process.env.CHROMIUM || names.map(onPath).find(path => path !== undefined)
  if (!found) {
    throw new Error(
      'No Chromium found: run `apt-get install -y chromium` (or scripts/ci-setup.sh), or set $CHROMIUM to the path of one',
    )
  }
  return found
}

/**
 * Returns the path of a command, or undefined when PATH does not have it.
 *
 * @param {string} command
 * @returns {string | undefined}
 */
export function onPath(command) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.map(folder => join(folder, command)).find(isExecutable)
}

/**
 * Starts code-server on 127.0.0.1 with one extension installed, and returns its address once it answers.
 * It reaches for nothing beyond this machine: the extension gallery and every update check are off.
 *
 * @param {object} options
 * @param {string} options.vsix the packaged extension
 * @param {string} options.workspace the folder to open
 * @param {string} options.userDataDir holds settings and logs; its User/settings.json is overwritten
 * @param {string} options.extensionsDir where the extension is installed
 * @param {Record<string, unknown>} [options.settings] added to settings that keep the editor quiet
 * @param {string} [options.logLevel] of the server and of extensions: `info` when absent
 * @param {number} [options.port] a free one when absent
 * @returns {Promise<CodeServer>} `stop` ends the server and every process it started.
 * @throws {Error} when code-server is not installed, refuses the extension or does not answer in time.
 */
export async function startCodeServer({
  vsix,
  workspace,
  userDataDir,
  extensionsDir,
  settings = {},
  logLevel = 'info',
  port = 0,
}) {
  if (!isInstalled()) throw new Error('code-server is not installed: call ensureCodeServer first')

  await mkdir(join(userDataDir, 'User'), { recursive: true })
  const allSettings = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2)
  await writeFile(join(userDataDir, 'User', 'settings.json'), allSettings)

  const { node, codeServer } = tools()
  // The configuration file is named because code-server would otherwise read and create one in the home folder.
  const config = join(userDataDir, 'code-server.yaml')
  const folders = ['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir, '--config', config]
  const env = { ...node24Env(), EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }) }

  await run(node, [codeServer, ...folders, '--force', '--install-extension', vsix], env)

  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override']
  const child = spawn(
    node,
    [
      codeServer,
      ...folders,
      ...quiet,
      '--log',
      logLevel,
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
    ],
    {
      env,
      // A process group of its own, so that stopping the group stops all that code-server and extensions start.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const killNow = () => signalGroup(child, 'SIGKILL')
  process.once('exit', killNow)
  const stop = async () => {
    process.off('exit', killNow)
    await stopGroup(child)
  }

  try {
    const address = await listening(child)
    return {
      url: `${address}?folder=${encodeURIComponent(workspace)}`,
      logDir: join(userDataDir, 'logs'),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function installDir() {
  return join(cacheDir(), 'code-server')
}

function stampFile() {
  return join(installDir(), 'installed')
}

function stamp() {
  return `${NODE} ${CODE_SERVER} ${process.platform}-${process.arch}\n`
}

function isInstalled() {
  return existsSync(stampFile()) && readFileSync(stampFile(), 'utf8') === stamp()
}

/** @returns {Tools} */
function tools() {
  return {
    node: join(installDir(), 'node/node_modules/node/bin/node'),
    codeServer: join(installDir(), 'code-server/node_modules/code-server/out/node/entry.js'),
  }
}

/** The npm package `node` unpacks the distribution for this machine, headers included, inside itself. */
function node24Headers() {
  return join(tools().node, `../../node_modules/node-${process.platform}-${process.arch}`)
}

/**
 * The environment for code-server: Node 24 first, and without what was meant for this process, by a test runner,
 * by a surrounding VS Code (code-server would talk to that one) or by npm (the user agent names its own Node).
 */
function node24Env() {
  const foreign = /^(VSCODE_|VITEST|NODE_ENV$|NODE_OPTIONS$|npm_config_user_agent$)/i
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  const path = [dirname(tools().node), process.env.PATH].join(delimiter)
  return { ...Object.fromEntries(own), PATH: path }
}

/** @throws {Error} one sentence that names everything missing. */
function requireBuildTools() {
  const missing = ['npm', 'python3', 'make', 'g++'].filter(command => !onPath(command))
  const headers = ['/usr/include', '/usr/local/include'].map(folder => join(folder, 'gssapi/gssapi.h'))
  // Elsewhere the header comes with the system's compiler, in no folder that can be known from here.
  if (process.platform === 'linux' && !headers.some(path => existsSync(path))) missing.push('gssapi/gssapi.h')
  if (missing.length === 0) return

  throw new Error(
    `code-server cannot be built without ${missing.join(', ')}: run \`apt-get install -y libkrb5-dev python3 make g++\` (or scripts/ci-setup.sh)`,
  )
}

/**
 * @param {string} folder inside the cache
 * @param {string} spec the package and its exact version
 * @param {NodeJS.ProcessEnv} env
 */
async function npmInstall(folder, spec, env) {
  const prefix = join(installDir(), folder)
  await run('npm', ['install', '--prefix', prefix, '--no-audit', '--no-fund', spec], env)
}

/**
 * Runs a command to its end; what it prints is shown only when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 */
function run(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = tail(child)
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0) resolve()
      else reject(new Error(`\`${[command, ...args].join(' ')}\` failed (${code}):\n${output()}`))
    })
  })
}

/**
 * Resolves with the address that code-server says it listens on: it may have chosen the port itself.
 *
 * @param {Child} child
 * @returns {Promise<string>}
 */
function listening(child) {
  return new Promise((resolve, reject) => {
    const output = tail(child)
    const fail = (/** @type {string} */ what) => reject(new Error(`code-server ${what}:\n${output()}`))
    const timer = setTimeout(() => fail(`did not answer in ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS)
    child.once('error', reject)
    child.once('exit', code => fail(`ended (${code})`))
    child.stdout.on('data', () => {
      const address = /HTTP server listening on (http:\S+)/.exec(output())?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    })
  })
}

/**
 * Returns a function for the end of what a process has printed so far.
 *
 * @param {Child} child
 * @returns {() => string}
 */
function tail(child) {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output = (output + chunk).slice(-4000)
    })
  }
  return () => output
}

/**
 * Asks a process group to end, and ends what is left of it after a while.
 *
 * @param {Child} child
 */
async function stopGroup(child) {
  if (child.exitCode === null && child.signalCode === null) {
    signalGroup(child, 'SIGTERM')
    await once(child, 'exit', { signal: AbortSignal.timeout(STOP_TIMEOUT_MS) }).catch(() => {})
  }
  signalGroup(child, 'SIGKILL')
}

/**
 * @param {Child} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal)
  } catch {
    // The group has already ended.
  }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
