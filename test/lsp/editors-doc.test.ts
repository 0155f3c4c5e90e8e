import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { buildIfStale } from '../../scripts/build.mjs'
import { WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'

/** The set-ups of docs/editors.md, word by word, in the editors themselves. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const doc = readFileSync(join(root, 'docs/editors.md'), 'utf8')
const MESSAGE = 'Every IAM role in AWS account 123456789012 matches'

/** The first block of code in this language. */
function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(doc)?.[1] ?? ''
}

/** A repository with a rule that is too wide, and `wif-lint` on the path. */
function repository() {
  const yaml = `name: wide
issuer_id: fdis_...
match:
  subject_prefix: arn:aws:iam::123456789012:role/*
  audience: https://api.anthropic.com
target: { type: service_account, service_account_id: svac_... }
workspace_id: wrkspc_...
oauth_scope: workspace:inference
`
  const folder = folderOf({ 'repo/wide.json': WIDE_RULE, 'repo/wide.yaml': yaml, 'bin/wif-lint': '' })
  execFileSync('git', ['init', '-q', join(folder.path, 'repo')])
  const program = join(folder.path, 'bin/wif-lint')
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`)
  chmodSync(program, 0o755)
  const env = {
    ...process.env,
    PATH: [join(folder.path, 'bin'), process.env.PATH].join(delimiter),
    HOME: folder.path,
    XDG_STATE_HOME: folder.path,
    XDG_CACHE_HOME: folder.path,
  }
  return { ...folder, env }
}

const has = (program: string) => spawnSync(program, ['--version']).status === 0
for (const program of ['nvim', 'emacs']) if (!has(program)) console.warn(`Skipped: no \`${program}\` on PATH`)

beforeAll(async () => {
  await buildIfStale()
}, 60_000)

test.runIf(has('nvim'))('Neovim', { timeout: 60_000 }, () => {
  const { path, env } = repository()
  const ask = `
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local lines = {}
for _, found in ipairs(vim.diagnostic.get(0)) do table.insert(lines, found.lnum + 1 .. ':' .. found.col .. ' ' .. found.message) end
vim.fn.writefile(lines, '${join(path, 'out.txt')}')
vim.cmd('qall!')
`
  writeFileSync(join(path, 'init.lua'), `${block('lua')}\n`)
  writeFileSync(join(path, 'ask.lua'), ask)
  const argv = [
    '--headless',
    '-n',
    '-u',
    join(path, 'init.lua'),
    join(path, 'repo/wide.yaml'),
    '-c',
    `luafile ${join(path, 'ask.lua')}`,
  ]
  spawnSync('nvim', argv, { env, stdio: 'ignore', timeout: 40_000 })
  expect(readFileSync(join(path, 'out.txt'), 'utf8')).toMatch(new RegExp(`^4:18 ${MESSAGE}`))
})

test.runIf(has('emacs'))('Emacs', { timeout: 60_000 }, () => {
  const { path, env } = repository()
  writeFileSync(join(path, 'setup.el'), block('elisp'))
  const script = fileURLToPath(new URL('eglot.el', import.meta.url))
  const { stdout, stderr } = spawnSync(
    'emacs',
    ['--batch', '-L', '/usr/share/emacs/site-lisp', '-f', 'package-initialize', '-l', script],
    {
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...env, WIF_SETUP: join(path, 'setup.el'), WIF_FILE: join(path, 'repo/wide.yaml') },
    },
  )
  expect(stdout, stderr).toMatch(new RegExp(`^4:18 wif \\[match/tenant-wide\\]: ${MESSAGE}`))
})
