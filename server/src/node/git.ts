import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

/** What git said, or why it said nothing, in a sentence. */
export type GitAnswer = { ok: true; stdout: Buffer } | { ok: false; reason: string }

/** Asks git something about one repository. Never throws. */
export type Git = (args: readonly string[], input?: string) => Promise<GitAnswer>

/** Far above what a listing of the largest repositories takes. */
const MAX_OUTPUT = 512 * 1024 * 1024

/**
 * Nothing that the repository's own configuration says is carried out: git only looks up objects here, with no hook, no
 * monitor and no pager, and what a partial clone has left out is not fetched.
 */
const SAFE = [
  '--no-pager',
  '--literal-pathspecs',
  '--no-replace-objects',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
]

/** Variables that a hook or a script may have set for another repository. */
const FOREIGN = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_EXTERNAL_DIFF',
]

/**
 * Git for the repository that `folder` is in; undefined where there is no git.
 * @param env where to look for it
 */
export async function gitIn(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Git | undefined> {
  const program = await findGit(env.PATH ?? env.Path ?? '')
  if (program === undefined) return undefined
  const own = Object.entries(env).filter(([name]) => !FOREIGN.includes(name))
  const childEnv = {
    ...Object.fromEntries(own),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
  }
  return (args, input) => run(program, [...SAFE, '-C', folder, ...args], childEnv, input)
}

/** The program in a folder of PATH; what lies in the working folder is not for running, whatever PATH says. */
async function findGit(path: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'git.exe' : 'git'
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue
    const program = join(folder, name)
    const found = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return program
  }
  return undefined
}

function run(
  program: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
  input = '',
): Promise<GitAnswer> {
  return new Promise(resolve => {
    const child = spawn(program, args, { env, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    let size = 0
    let complaint = ''
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_OUTPUT) child.kill()
      else chunks.push(chunk)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (complaint.length < 4096) complaint += text
    })
    // It may end before it has read everything; its exit code says so.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.on('error', error => resolve({ ok: false, reason: `git did not start: ${error.message}` }))
    child.on('close', code => {
      if (size > MAX_OUTPUT) resolve({ ok: false, reason: 'git answers with more than can be read' })
      else if (code === 0) resolve({ ok: true, stdout: Buffer.concat(chunks) })
      else resolve({ ok: false, reason: saidBy(complaint) || `git ended with ${code}` })
    })
  })
}

/** What git complained about, on one line, without its prefixes. */
function saidBy(complaint: string): string {
  return complaint
    .trim()
    .replace(/^(fatal|error): /gm, '')
    .replace(/\s*\n\s*/g, ' ')
}
