import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }
import { buildIfStale } from '../../scripts/build.mjs'
import { COMMANDS } from '../../server/src/cli/options.ts'
import { FLAWLESS, folderWith, SESSION_ARN, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

/** What people put into their CI: it runs, or is read, as they would have it. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const examples = join(root, 'examples')
const read = (name: string) => readFileSync(join(root, name), 'utf8')

test('the problem matcher reads the text of wif-lint, colours taken off as the runner does', async () => {
  const { problemMatcher } = JSON.parse(read('.github/wif-lint-matcher.json'))
  const { stdout } = await wifLint(examples, [], { env: { FORCE_COLOR: '1' } })
  const { findings } = await wifLintJson(examples, [])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of colours
  const lines = stdout.replace(/\u001b\[[0-9;]*m/g, '').split('\n')
  const matched = lines.flatMap(line => {
    for (const { severity, pattern } of problemMatcher) {
      const [{ regexp, file, line: at, column, severity: group, message, code }] = pattern
      const match = new RegExp(regexp).exec(line)
      if (match)
        return [
          [
            match[file],
            Number(match[at]),
            Number(match[column]),
            group ? match[group] : severity,
            match[message],
            match[code],
          ],
        ]
    }
    return []
  })
  expect(matched).toEqual(
    findings.map(({ file, line, column, severity, message, rule }) => [
      file,
      line,
      column,
      severity === 'info' || severity === 'hint' ? 'notice' : severity,
      message,
      rule,
    ]),
  )
})

test('the pre-commit hooks run commands that there are, on the files that are read', () => {
  const hooks: { id: string; entry: string; language: string; files: string; pass_filenames: boolean }[] =
    parse(read('.pre-commit-hooks.yaml'))
  expect(hooks.map(({ id }) => id)).toEqual(['wif-lint', 'wif-lint-fix'])
  // The one script that npm runs for a package from git, as pre-commit installs it.
  expect(manifest.scripts.prepare).toBe('node scripts/prepare.mjs')
  for (const { entry, language, files, pass_filenames } of hooks) {
    const [name = '', ...options] = entry.split(' ')
    expect(Object.keys(manifest.bin)).toContain(name)
    for (const option of options) expect(Object.keys(COMMANDS.lint.options)).toContain(option.slice(2))
    expect({ language, pass_filenames }).toEqual({ language: 'node', pass_filenames: false })
    const matches = (file: string) => new RegExp(files.replace('(?i)', ''), 'i').test(file)
    expect(['a.json', 'b.jsonc', 'c/d.yaml', 'e.YML', 'f.md', 'json'].map(matches)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ])
  }
})

describe('the action', () => {
  const action = parse(read('action.yml'))
  const [lint, upload] = action.runs.steps
  let temporary: string
  let tarball: string

  beforeAll(async () => {
    await buildIfStale()
    temporary = mkdtempSync(join(tmpdir(), 'wif-action-'))
    const argv = ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary]
    tarball = join(
      temporary,
      JSON.parse(execFileSync('npm', argv, { cwd: root, encoding: 'utf8' }))[0].filename,
    )
  }, 120_000)
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

  /** Runs its script as the runner does: with bash, the inputs as its `env` says. */
  function run(cwd: string, inputs: Record<string, string>) {
    const runner = mkdtempSync(join(temporary, 'runner-'))
    const files = { GITHUB_OUTPUT: join(runner, 'output'), GITHUB_STEP_SUMMARY: join(runner, 'summary') }
    for (const file of Object.values(files)) writeFileSync(file, '')
    const given: Record<string, string> = { package: tarball, ...inputs }
    const filledIn = (text: string) =>
      text.replace(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_, name: string) => given[name] ?? action.inputs[name].default,
      )
    const env = Object.entries<string>(lint.env).map(([name, text]) => [name, filledIn(text)])
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', lint.run],
      {
        cwd,
        encoding: 'utf8',
        env: {
          ...process.env,
          npm_config_offline: 'true',
          RUNNER_TEMP: runner,
          ...files,
          ...Object.fromEntries(env),
        },
      },
    )
    return {
      status,
      stdout,
      stderr,
      output: readFileSync(files.GITHUB_OUTPUT, 'utf8'),
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    }
  }

  test('annotates, sums up and fails', () => {
    const cwd = folderWith({ 'rule.json': SESSION_ARN, 'other.json': TENANT_WIDE })
    const { status, stdout, summary, output } = run(cwd, {})
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=rule\.json,line=4,/m)
    expect(stdout).toMatch(/^::warning file=other\.json,line=4,/m)
    expect(summary).toContain('### WIF Policy Linter: 1 error, 1 warning')
    expect(output).toBe('')
    expect(run(cwd, { paths: 'other.json', 'fail-level': 'warning' }).status).toBe(1)
    expect(run(cwd, { paths: 'other.json\n' }).status).toBe(0)
  }, 60_000)

  test('hands over paths and options as they are', () => {
    const cwd = folderWith({
      'a b/$(touch x).json': TENANT_WIDE,
      'c.json': FLAWLESS,
      'quiet.json': '{"severity":{"default":"off"}}',
    })
    const { status, stdout } = run(cwd, {
      paths: 'a b/*.json\n!c.json',
      args: '--config\nquiet.json',
      format: 'text',
      summary: 'false',
    })
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'No findings (checked 1 file, 1 of federation)\n',
    })
  }, 60_000)

  test('writes SARIF for the upload, which is pinned', () => {
    const cwd = folderWith({ 'rule.json': SESSION_ARN })
    const { output } = run(cwd, { sarif: 'true', summary: 'false' })
    const [, path = ''] = /^sarif-file=(.*)$/m.exec(output) ?? []
    expect(JSON.parse(readFileSync(path, 'utf8')).runs[0].results).toHaveLength(1)
    expect(upload.uses).toMatch(/^github\/codeql-action\/upload-sarif@[0-9a-f]{40}$/)
    expect(upload.if).toContain('always()')
  }, 60_000)

  test('installs its own version, unless told otherwise, and has no input in its script', () => {
    expect(action.inputs.package.default).toBe(`wif-policy-linter@${manifest.version}`)
    expect(lint.run).not.toContain('${{')
    for (const step of action.runs.steps) if (step.uses) expect(step.uses).toMatch(/@[0-9a-f]{40}$/)
  })
})
