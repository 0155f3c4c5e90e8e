import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ListedRule } from '../../server/src/cli/rules.ts'
import { rules } from '../../server/src/rules/index.ts'
import { folderWith, places, TENANT_WIDE, wifLint, wifLintJson } from './harness.ts'

test('prints one line for each rule, and what the marks mean', async () => {
  const { code, stdout, stderr } = await wifLint('/', ['rules'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const lines = stdout.split('\n')
  const [table, legend] = [lines.slice(0, rules.length), lines.slice(rules.length)]
  for (const [i, { id, title }] of rules.entries()) {
    expect(table[i]).toMatch(new RegExp(`^${id} +(error|warning|info) +`))
    expect(table[i]).toContain(`  ${title}`)
  }
  const line = (id: string) => table.find(each => each.startsWith(`${id} `))
  expect(line('match/tenant-wide')).toMatch(/ warning {2}fix {2}Rule admits everything/)
  expect(line('token/not-a-jwt')).toMatch(/ error {7} {2}What should be/)
  expect(line('rule/scope-prefer-inference')).toMatch(/ \[strict\]$/)
  expect(legend).toEqual([
    '',
    `${rules.length} rules; fix: has a fix; [strict]: only in the profile \`strict\``,
    'wif-lint explain ID shows what a rule catches, why it matters and how to mend it',
    '',
  ])
})

test('prints one JSON document for programs', async () => {
  const { code, stdout } = await wifLint('/', ['--format', 'json', 'rules'])
  expect(code).toBe(0)
  const document: { version: number; rules: ListedRule[] } = JSON.parse(stdout)
  expect(Object.keys(document)).toEqual(['version', 'rules'])
  expect(document.version).toBe(1)
  expect(document.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id))
  const listed = (id: string) => document.rules.find(rule => rule.id === id)
  expect(listed('match/tenant-wide')).toEqual({
    id: 'match/tenant-wide',
    title: rules.find(({ id }) => id === 'match/tenant-wide')?.title,
    severity: 'warning',
    class: 'over-broad',
    since: '0.1.0',
    profile: 'default',
    fixable: true,
  })
  expect(listed('token/not-a-jwt')).toMatchObject({ severity: 'error', fixable: false })
  expect(listed('rule/scope-prefer-inference')).toMatchObject({ profile: 'strict' })
})

test('is coloured for a person', async () => {
  const { stdout } = await wifLint('/', ['rules'], { isTTY: true })
  expect(stdout).toContain('\u001b[1mmatch/tenant-wide')
  expect(stdout).toContain('\u001b[33mwarning')
})

test('a folder of that name is not taken for checked, and can be', async () => {
  const cwd = folderWith({ 'rules/rule.json': TENANT_WIDE })
  expect(existsSync(join(cwd, 'rules'))).toBe(true)
  expect(await wifLint(cwd, ['rules'])).toMatchObject({
    code: 0,
    stderr: 'wif-lint: nothing was checked; to check the folder of this name, write ./rules\n',
  })
  for (const argv of [['./rules'], ['rules/'], ['--', 'rules']]) {
    const { findings } = await wifLintJson(cwd, argv)
    expect(places(findings)).toEqual(['rules/rule.json:4:23 match/tenant-wide'])
  }
})
