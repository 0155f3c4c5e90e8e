import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLAWLESS, folderWith, places, wifLint, wifLintJson } from './harness.ts'

/** Good practice: left out by `quiet`. */
const INFO = 'issuer/jwks-legacy-source'
/** Said in `strict` only. */
const STRICT = 'rule/scope-prefer-inference'

const FILES = {
  'issuer.json':
    '{ "name": "ci", "issuer_url": "https://token.actions.githubusercontent.com", "jwks_source": "discovery" }',
  'rule.json': FLAWLESS.replace('workspace:inference', 'workspace:developer'),
}

/** Which of the two rules speak. */
async function spoken(files: Record<string, string>, ...argv: string[]): Promise<string[]> {
  const { findings } = await wifLintJson(folderWith({ ...FILES, ...files }), argv)
  return findings.map(({ rule }) => rule).filter(rule => rule === INFO || rule === STRICT)
}

test('each profile says more than the one before', async () => {
  expect(await spoken({}, '--profile', 'quiet')).toEqual([])
  expect(await spoken({}, '--profile', 'default')).toEqual(await spoken({}))
  expect(await spoken({})).toEqual([INFO])
  expect(await spoken({}, '--profile=strict')).toEqual([INFO, STRICT])
})

test('wins over the profile of a configuration, found or named', async () => {
  const quiet = { 'wif-lint.json': '{"profile": "quiet"}' }
  expect(await spoken(quiet)).toEqual([])
  expect(await spoken(quiet, '--profile', 'strict')).toEqual([INFO, STRICT])
  const named = { 'lint.yaml': 'profile: strict\n' }
  expect(await spoken(named, '--config', 'lint.yaml')).toEqual([INFO, STRICT])
  expect(await spoken(named, '--config', 'lint.yaml', '--profile', 'quiet')).toEqual([])
})

test('leaves the rest of the configuration as it is', async () => {
  const off = { 'wif-lint.json': `{"profile": "quiet", "severity": {"${INFO}": "off"}}` }
  expect(await spoken(off, '--profile', 'strict')).toEqual([STRICT])
  const ignores = `{"ignores": [{"rule": "${STRICT}", "reason": "for now"}]}`
  expect(await spoken({ 'wif-lint.json': ignores }, '--profile', 'strict')).toEqual([INFO])
})

test('calls no ignore unused that another profile may need, nor mends it', async () => {
  const comment = `${FILES['issuer.json']} // wif-ignore ${INFO}: soon\n`
  const ignores = `{"ignores": [{"rule": "${INFO}", "files": "other.json", "reason": "soon"}]}`
  const cwd = folderWith({
    'issuer.jsonc': comment,
    'other.json': FILES['issuer.json'].replace('"ci"', '"other"'),
    'wif-lint.json': ignores,
  })
  for (const profile of ['quiet', 'default', 'strict']) {
    const { findings } = await wifLintJson(cwd, ['--fix', '--profile', profile])
    expect(places(findings)).toEqual([])
  }
  expect(readFileSync(join(cwd, 'issuer.jsonc'), 'utf8')).toContain('wif-ignore')
})

test('is one of three', async () => {
  expect(await wifLint(folderWith(), ['--profile', 'strickt'])).toMatchObject({
    code: 2,
    stderr:
      'wif-lint: --profile is quiet, default or strict, not "strickt" (did you mean strict?); see wif-lint --help\n',
  })
})
