import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLAWLESS, folderWith, places, SESSION_ARN, wifLint, wifLintJson } from './harness.ts'

const ISSUER = `{
  "name": "aws-sts",
  "issuer_url": "https://d6598c73-18f3-453d-b1e1-3df151740940.tokens.sts.global.api.aws/",
  "jwks": { "type": "discovery" }
}
`
const FIXED = ISSUER.replace('.aws/"', '.aws"')

test('mends what keeps its meaning, says so, and leaves the rest', async () => {
  const cwd = folderWith({ 'issuer.json': ISSUER, 'rule.json': SESSION_ARN })
  const { code, stderr, findings } = await wifLintJson(cwd, ['--fix'])
  expect(readFileSync(join(cwd, 'issuer.json'), 'utf8')).toBe(FIXED)
  expect(readFileSync(join(cwd, 'rule.json'), 'utf8')).toBe(SESSION_ARN)
  expect(stderr).toBe('wif-lint: issuer.json: fixed\n')
  expect(places(findings)).toEqual(['rule.json:4:23 match/aws-session-arn'])
  expect(code).toBe(1)
})

test('is 0 when all was mended, and does nothing the second time', async () => {
  const cwd = folderWith({ 'issuer.json': ISSUER })
  expect(await wifLint(cwd, ['--fix'])).toMatchObject({ code: 0, stderr: 'wif-lint: issuer.json: fixed\n' })
  const before = statSync(join(cwd, 'issuer.json')).mtimeMs
  expect(await wifLint(cwd, ['--fix'])).toMatchObject({ code: 0, stderr: '' })
  expect(statSync(join(cwd, 'issuer.json')).mtimeMs).toBe(before)
})

test('touches no file without --fix', async () => {
  const cwd = folderWith({ 'issuer.json': ISSUER })
  await wifLint(cwd, [])
  expect(readFileSync(join(cwd, 'issuer.json'), 'utf8')).toBe(ISSUER)
})

test.each<[string, (text: string) => Buffer]>([
  ['a mark', text => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, little end first', text => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, big end first', text => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['CRLF', text => Buffer.from(text.replaceAll('\n', '\r\n'))],
])('writes back with %s', async (_, written) => {
  const cwd = folderWith({ 'issuer.json': written(ISSUER) })
  await wifLint(cwd, ['--fix'])
  expect(readFileSync(join(cwd, 'issuer.json'))).toEqual(written(FIXED))
})

test('does not mend for a rule that is off', async () => {
  const cwd = folderWith({
    'issuer.json': ISSUER,
    'lint.yaml': 'severity:\n  issuer/url-not-canonical: off\n',
    'rule.json': FLAWLESS,
  })
  expect(await wifLint(cwd, ['--fix', '--config', 'lint.yaml'])).toMatchObject({ code: 0, stderr: '' })
  expect(readFileSync(join(cwd, 'issuer.json'), 'utf8')).toBe(ISSUER)
})
