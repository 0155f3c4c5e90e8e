import { describe, expect, test } from 'vitest'
import { folderWith, places, TENANT_WIDE, wifLintJson } from './harness.ts'

/** Files of a usual repository that only mention Claude, or look like something of federation. */
const OTHERS: Record<string, string> = {
  // Programs that read these take comments and commas that JSON does not allow.
  '.devcontainer/devcontainer.json':
    '// Claude\n{ "extensions": ["anthropic.claude-code",], "env": { "ANTHROPIC_MODEL": "x", }, }',
  '.vscode/settings.json': '{ "env": [{ "name": "ANTHROPIC_FEDERATION_RULE_ID", "value": "fdrl_01" },], }',
  'tsconfig.json': '{ "include": ["src/claude"], "include": ["src/claude/**"], }',
  // Templates of other kinds than Helm.
  'compose.yml':
    'services:\n  a:\n    environment:\n    {% if claude %}\n      - ANTHROPIC_API_KEY=x\n    {% endif %}\n',
  'erb.yaml': 'kind: Pod\nenv:\n<% if @claude %>\n  - name: ANTHROPIC_API_KEY\n<% end %>\n',
  // Broken, but whatever it says, it is not about federation.
  'notes.yaml': 'claude:\n\t- a tab\n',
  'sso/login.json': '{ "name": "Okta", "issuer_url": "https://acme.okta.com", "client_id": "0oa1" }',
  'i18n/en.yaml': 'name: Name\nissuer_url: URL of the issuer\njwks: Keys\n',
  'mail.json': '{ "rules": [{ "match": { "subject_prefix": "*" }, "target": { "folder": "AI" } }] }',
}

test('files that only mention Claude are left alone', async () => {
  const cwd = folderWith({ ...OTHERS, 'good.json': TENANT_WIDE })
  const { stderr, findings } = await wifLintJson(cwd, [])
  expect(places(findings)).toEqual(['good.json:4:23 match/tenant-wide'])
  expect(stderr).toBe('')
})

test('so they are by name, with a word that nothing is in them; one that is cut off is told of', async () => {
  const cwd = folderWith({ ...OTHERS, 'cut.json': '{ "claude": [' })
  const names = ['.vscode/settings.json', '.devcontainer/devcontainer.json', 'sso/login.json']
  const { stderr, findings } = await wifLintJson(cwd, [...names, 'cut.json'])
  expect(places(findings)).toEqual(['cut.json:1:14 syntax/json'])
  expect(stderr.trim().split('\n')).toEqual(
    names.map(name => `wif-lint: ${name}: no federation issuer, rule, workload or IAM policy in it`),
  )
})

test('a JSON file with comments may have a comma behind its last entry, if its name says so', async () => {
  const text = TENANT_WIDE.replace(/\s*\}\s*$/, ',\n}\n')
  const found = async (name: string) =>
    (await wifLintJson(folderWith({ [name]: text }), [])).findings.map(({ rule }) => rule)
  expect(await found('rule.jsonc')).toEqual(['match/tenant-wide'])
  expect(await found('rule.json')).toEqual(['match/tenant-wide', 'syntax/json'])
})

describe('what was to be about federation is told of when it cannot be read', () => {
  test.each<[string, string, string]>([
    ['a rule', '{ "subject_prefix": "repo:acme/app:*" "audience": "x" }', 'x.json:1:39 syntax/json'],
    ['a rule with a comma too many', '{ "subject_prefix": "repo:acme/app:*", }', 'x.json:1:38 syntax/json'],
    ['settings that lose text', '{ "ANTHROPIC_PROFILE": "a" "b": 1 }', 'x.json:1:28 syntax/json'],
  ])('%s', async (_, text, place) => {
    const { findings } = await wifLintJson(folderWith({ 'x.json': text }), [])
    expect(places(findings)).toEqual([place])
  })
})
