import { describe, expect, test } from 'vitest'
import { rules } from '../../../server/src/rules/index.ts'
import { jwt } from '../../../server/src/token/jwt.testdata.ts'
import { createWorkspace } from '../../../server/src/workspace/workspace.ts'

/** What no page can show: any token in a file is a finding of token/single-use. */

const ID = 'fdrl_01RO5k0A8Uci0qRhSBHpvkTS'
const ISS = 'https://oidc.internal.example'
const SUB = 'system:serviceaccount:inference:worker'
const good = {
  iss: ISS,
  sub: SUB,
  aud: ['https://api.anthropic.com'],
  exp: 1775527120,
  iat: 1775523520,
  jti: 'a',
}

const files = [
  { id: 'fdis_01A', name: 'i', issuer_url: ISS, jwks: { type: 'discovery' } },
  {
    id: ID,
    name: 'r',
    issuer_id: 'fdis_01A',
    match: { subject_prefix: SUB, audience: 'https://api.anthropic.com', claims: { team: 'search' } },
    target: { type: 'service_account', service_account_id: 'svac_...' },
    workspace_id: 'wrkspc_...',
    oauth_scope: 'workspace:inference',
  },
]

function request(claims: object, more: object = {}) {
  return { grant_type: 'x', assertion: jwt(claims), federation_rule_id: ID, ...more }
}

function found(value: object, scheme = 'file', others: object[] = files): string[] {
  const workspace = createWorkspace(rules)
  for (const [i, other] of others.entries())
    workspace.update(`file:///${i}.json`, 'disk', JSON.stringify(other))
  const uri = `${scheme}:///request.json`
  workspace.update(uri, 'editor', JSON.stringify(value))
  return workspace.findings(uri).map(f => `${f.rule} ${f.severity}`)
}

const SAVED = 'token/single-use warning'

describe('a token in a file', () => {
  test.each<[string, object, string[]]>([
    ['that the rule admits', request({ ...good, team: 'search' }), [SAVED]],
    ['that expired long ago', request({ ...good, team: 'search', exp: 1000, iat: 500 }), [SAVED]],
    ['for a rule that is not here', request({ ...good }, { federation_rule_id: 'fdrl_01B' }), [SAVED]],
    ['that the rule denies', request({ ...good }), ['token/match-failed error']],
    ['under another name', { id_token: jwt(good), federation_rule_id: ID }, []],
    ['without a rule', { assertion: jwt(good), grant_type: 'x' }, []],
    ['in a variable', { env: { ANTHROPIC_IDENTITY_TOKEN: jwt(good) } }, [SAVED]],
    ['in a variable with another name', { env: { IDENTITY_TOKEN: jwt(good) } }, []],
    ['that is to be filled in', request({}, { assertion: '${{ steps.token.outputs.jwt }}' }), []],
    ['that is empty', request({}, { assertion: '' }), []],
  ])('%s', (_, value, expected) => {
    expect(found(value)).toEqual(expected)
  })

  test('that is not saved yet is only shown to who pasted it', () => {
    expect(found(request({ ...good, team: 'search' }), 'untitled')).toEqual(['token/single-use info'])
  })

  test('two rules with one id give silence', () => {
    expect(found(request(good), 'file', [...files, files[1] ?? {}])).toEqual([SAVED])
  })

  test('no finding, related place or fix shows a part of it', () => {
    const secrets = {
      iss: 'QXZ-iss',
      sub: 'QXZ-sub',
      aud: 'QXZ-aud',
      jti: 'QXZ-jti',
      team: 'QXZ-team',
      exp: 9,
      iat: 1,
    }
    const workspace = createWorkspace(rules)
    for (const [i, other] of [...files, request(secrets)].entries())
      workspace.update(`file:///${i}.json`, 'disk', JSON.stringify(other))
    const findings = workspace.files().flatMap(f => workspace.findings(f.uri))
    expect(findings.filter(f => f.rule.startsWith('token/')).length).toBeGreaterThan(2)
    for (const { message, fixes, related } of findings) {
      const shown = [message, ...fixes.map(f => f.title), ...related.map(r => r.message)].join('\n')
      expect(shown).not.toContain('QXZ')
      expect(shown).not.toContain('eyJ')
    }
  })
})
