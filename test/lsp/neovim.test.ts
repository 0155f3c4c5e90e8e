import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { pod, podRule, serviceAccount, WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { bundleOf } from './servers.ts'

interface Found {
  file: string
  rule: string
  severity: string
  message: string
  line: number
  column: number
  endLine: number
  endColumn: number
}

const hasNeovim = spawnSync('nvim', ['--version']).status === 0
if (!hasNeovim) console.warn('Skipped: no `nvim` on PATH (Debian: apt-get install -y neovim)')

const FILES: Record<string, string> = {
  'wide.json': WIDE_RULE.replaceAll('\n', '\r\n'),
  'account.yaml': serviceAccount(),
  'rule.yaml': podRule(),
  'pod.yaml': pod('"https://other.example" # 👩‍🚀'),
  'flow.yaml': `{ name: "👩‍🚀é", issuer_url: 'http://a.example', jwks: { type: discovery } }\n`,
  'broken.yaml': 'name: prod\nissuer_url: "https://a.example\n',
  'other.json': '{}\n',
}

test.runIf(hasNeovim)(
  'Neovim shows what the command line finds, and carries out a fix',
  { timeout: 60_000 },
  async () => {
    const folder = folderOf(FILES)
    const cli = spawnSync(process.execPath, [await bundleOf('cli'), '--format', 'json', '.'], {
      cwd: folder.path,
      encoding: 'utf8',
    })
    const { findings: expected }: { findings: Found[] } = JSON.parse(cli.stdout)
    expect(new Set(expected.map(({ rule }) => rule))).toContain('cross/audience-mismatch')

    const out = join(folder.path, 'out.txt')
    const task = {
      cmd: [process.execPath, await bundleOf('node'), '--stdio'],
      folder: folder.path,
      files: Object.keys(FILES).map(name => ({
        name,
        filetype: name.endsWith('.json') ? 'json' : 'yaml',
        findings: expected.filter(({ file }) => file === name).length,
      })),
      fix: { name: 'wide.json', line: 5, column: 23, title: 'role/inference-worker' },
      patience: 20_000,
      out,
    }
    const script = fileURLToPath(new URL('neovim.lua', import.meta.url))
    const neovim = spawn('nvim', ['--headless', '--clean', '-n', '-c', `luafile ${script}`], {
      env: {
        ...process.env,
        WIF_TEST: JSON.stringify(task),
        XDG_STATE_HOME: folder.path,
        XDG_CACHE_HOME: folder.path,
      },
      stdio: 'ignore',
    })
    await once(neovim, 'exit')
    const seen: { version: string; findings: Found[]; fixed: string[]; error?: string } = JSON.parse(
      readFileSync(out, 'utf8'),
    )
    expect(seen.error).toBeUndefined()
    expect(sorted(seen.findings)).toEqual(sorted(expected))
    expect(seen.fixed.join('\n')).toContain(
      '"subject_prefix": "arn:aws:iam::123456789012:role/inference-worker"',
    )
  },
)

/** What the two have in common, in one order. */
function sorted(findings: readonly Found[]): Found[] {
  return findings
    .map(({ file, rule, severity, message, line, column, endLine, endColumn }) => ({
      file,
      rule,
      severity,
      message,
      line,
      column,
      endLine,
      endColumn,
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
