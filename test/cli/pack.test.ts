import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { buildIfStale } from '../../scripts/build.mjs'
import { documentIn, folderWith, SESSION_ARN } from './harness.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const POD = `apiVersion: v1
kind: Pod
metadata: { name: worker }
spec:
  containers:
    - name: worker
      image: registry.example/worker:1
      env:
        - { name: ANTHROPIC_FEDERATION_RULE_ID, value: fdrl_01K9QZ4T7WFM2NPRXD6YHEVB3C }
        - { name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /var/run/secrets/claude/token }
`

/** Names that the build makes up are shown without what changes in them. */
function shown(files: readonly string[]): string[] {
  const names = files.map(file =>
    file.replace(/-[A-Z0-9]{8}\.mjs$/, '-*.mjs').replace(/rules\/.*\.md$/, 'rules/**.md'),
  )
  return [...new Set(names)].sort()
}

let temporary: string
beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'wif-pack-'))
  await buildIfStale()
}, 120_000)
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

describe('the package for npm', () => {
  let tarball: { filename: string; size: number; files: { path: string }[] }
  let installed: string

  beforeAll(() => {
    const argv = ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary]
    ;[tarball] = JSON.parse(execFileSync('npm', argv, { cwd: root, encoding: 'utf8' }))
    installed = join(temporary, 'installed')
    // No registry: it needs nothing but itself.
    const install = [
      'install',
      '--prefix',
      installed,
      '--offline',
      '--no-audit',
      '--no-fund',
      '--registry',
      'http://127.0.0.1:9',
    ]
    execFileSync('npm', [...install, join(temporary, tarball.filename)], { stdio: 'ignore' })
  }, 120_000)

  /** Runs a program of the installed package by its name, in a folder that knows nothing of the repository. */
  function npx(cwd: string, name: string, ...argv: string[]) {
    const { status, stdout, stderr } = spawnSync(
      'npx',
      ['--offline', '--prefix', installed, '--', name, ...argv],
      {
        cwd,
        encoding: 'utf8',
      },
    )
    return { status, stdout, stderr }
  }

  test('holds only what is needed, and is small', () => {
    const files = tarball.files.map(({ path }) => path)
    expect(shown(files).filter(file => !file.startsWith('dist/cli/'))).toEqual([
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      ...(files.includes('dist/cel-child.js') ? ['dist/cel-child.js'] : []),
      'dist/cli.js',
      'dist/rules/**.md',
      'dist/server.js',
      'package.json',
      'schemas/config.schema.json',
    ])
    expect(files).toContain('dist/cli/main.mjs')
    expect(files.filter(file => /\.map$|\.test\.|^(server|client|test)\//.test(file))).toEqual([])
    expect(tarball.size).toBeLessThan(1_000_000)
  })

  test('checks a broken rule and pod on a machine without the repository', () => {
    const cwd = folderWith({ 'rule.json': SESSION_ARN, 'pod.yaml': POD })
    const { status, stdout, stderr } = npx(cwd, 'wif-lint', '--format', 'json')
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    const found = documentIn(stdout).findings.map(({ rule }) => rule)
    expect(found).toContain('match/aws-session-arn')
    expect(found).toContain('pod/token-file-not-mounted')
  })

  test('has every part: pages, formats, fixes, token check, language server', () => {
    const cwd = folderWith({ 'rule.json': SESSION_ARN })
    expect(npx(cwd, 'wif-lint', 'explain', 'match/tenant-wide').stdout).toContain('Why it matters')
    expect(JSON.parse(npx(cwd, 'wif-lint', '--format', 'sarif').stdout).runs).toHaveLength(1)
    expect(npx(cwd, 'wif-lint', '--diff', '--fix=all').stdout).toMatch(/^--- a\/rule.json\n/)
    expect(npx(cwd, 'wif-lint', 'token', '--help').status).toBe(0)
    expect(npx(cwd, 'wif-policy-linter', '--version').stdout).toBe(`${manifest.version}\n`)
    expect(npx(cwd, 'wif-language-server', '--version').stdout).toBe(`${manifest.version}\n`)
  }, 60_000)
})

test('npm pack prints the name of the package and nothing else: pre-commit installs from that', () => {
  const argv = ['pack', '--dry-run', '--ignore-scripts']
  expect(
    execFileSync('npm', argv, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ).toBe(`${manifest.name}-${manifest.version}.tgz\n`)
  const setting = execFileSync('npm', ['config', 'get', 'foreground-scripts'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(setting).toBe('false\n')
})

test('the extension holds only what it needs, and is small', { timeout: 120_000 }, async () => {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None })
  const kinds = files.map(file =>
    file.replace(/[^/]+(?=\.\w+$)/, '*').replace(/dist\/rules\/.*/, 'dist/rules/**.md'),
  )
  expect([...new Set(kinds)].sort()).toEqual([
    '*.json',
    '*.md',
    'LICENSE',
    'client/media/*.png',
    'client/media/walkthrough/*.md',
    'dist/*.js',
    'dist/*.txt',
    'dist/rules/**.md',
    'dist/views/*.css',
    'dist/views/*.js',
    'l10n/*.json',
    'syntaxes/*.json',
  ])
  expect(files.filter(file => /dist\/cli[./]|\.(map|ts|mts|test\.\w+)$/.test(file))).toEqual([])
  const packagePath = join(temporary, 'x.vsix')
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  })
  expect(statSync(packagePath).size).toBeLessThan(1_000_000)
})
