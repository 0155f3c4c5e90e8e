import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, wifLint } from './harness.ts'

const script = async (shell: string) => (await wifLint('/', ['completion', shell])).stdout
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0

/** What bash replies when the cursor is behind `line`, taken apart as readline does. */
async function inBash(line: string): Promise<string[]> {
  const words = line.split(/ |(=)/).filter(word => word !== undefined)
  const cwd = folderWith({ 'c.sh': await script('bash') })
  const ask = `. ./c.sh; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _wif_lint; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask, 'bash', ...words], {
    cwd,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.split('\n').filter(Boolean)
}

describe.runIf(has('bash'))('bash', () => {
  test.each<[string, string[]]>([
    ['wif-lint ru', ['rules']],
    ['wif-lint --fail-l', ['--fail-level']],
    ['wif-lint --fail-level ', ['error', 'warning', 'info']],
    ['wif-lint --fail-level w', ['warning']],
    ['wif-lint --fail-level=', ['error', 'warning', 'info']],
    ['wif-lint --fail-level=w', ['warning']],
    ['wif-lint a.json ru', []],
    ['wif-lint --config ', []],
    ['wif-lint rules --f', ['--format']],
    ['wif-lint rules ', []],
    ['wif-lint --format json rules --format ', ['text', 'json']],
    ['wif-lint explain match/ten', ['match/tenant-wide']],
    ['wif-lint explain syntax/', ['syntax/json', 'syntax/yaml']],
    ['wif-lint completion p', ['powershell']],
    ['wif-lint token --rule-', ['--rule-id']],
  ])('%s', async (line, replies) => {
    expect(await inBash(line)).toEqual(replies)
  })

  test('is sourced as the help says', async () => {
    const { stdout } = await wifLint('/', ['completion', '--help'])
    expect(stdout).toContain('source <(wif-lint completion bash)')
  })
})

describe.runIf(has('zsh'))('zsh', () => {
  test('takes the script', async () => {
    const cwd = folderWith({ '_wif-lint': await script('zsh') })
    const ask = 'autoload -Uz compinit; compinit -u -d ./dump; . ./_wif-lint; print -r -- $_comps[wif-lint]'
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', ask], { cwd, encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: '_wif_lint\n', stderr: '' })
  })
})

describe.runIf(has('fish'))('fish', () => {
  test.each<[string, string[]]>([
    ['wif-lint ru', ['rules']],
    ['wif-lint --fail-level ', ['error', 'info', 'warning']],
    ['wif-lint explain match/ten', ['match/tenant-wide']],
    ['wif-lint rules --f', ['--format']],
    ['wif-lint token --rule-', ['--rule-id']],
  ])('%s', async (line, replies) => {
    const cwd = folderWith({ 'c.fish': await script('fish') })
    const ask = `source c.fish; complete -C ${JSON.stringify(line)}`
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', ask], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, HOME: join(cwd, 'home') },
    })
    expect(stderr).toBe('')
    expect(
      stdout
        .split('\n')
        .filter(Boolean)
        .map(each => each.split('\t', 1)[0]),
    ).toEqual(replies)
  })
})

test('powershell gets brackets in pairs, and every option', async () => {
  const text = await script('powershell')
  for (const [open, close] of ['{}', '()', '[]'])
    expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length)
  expect(text).toContain("'--fail-level' = @('error', 'warning', 'info')")
})
