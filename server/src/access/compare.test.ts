import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWifFile } from '../wif/file.ts'
import { viewOf, type WorkspaceView } from '../wif/view.ts'
import type { Direction } from './change.ts'
import { compareAccess } from './compare.ts'

const CLAUDE = 'https://api.anthropic.com'
const SUBJECT = 'system:serviceaccount:inference:worker'

const rule = (match: object = {}, more: object = {}) => ({
  id: 'fdrl_01A',
  name: 'worker',
  issuer_id: 'fdis_01A',
  match: { subject_prefix: SUBJECT, audience: CLAUDE, ...match },
  target: { type: 'service_account', service_account_id: 'svac_01A' },
  workspace_id: 'wrkspc_01A',
  oauth_scope: 'workspace:inference',
  ...more,
})

const issuer = (more: object = {}) => ({
  id: 'fdis_01A',
  name: 'cluster',
  issuer_url: 'https://oidc.eks.us-west-2.amazonaws.com/id/D539D4633E53DE1B71EED4A1B2C3D4E5',
  jwks: { type: 'discovery' },
  ...more,
})

const pod = (account: string, name = account) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'inference' },
  spec: {
    serviceAccountName: account,
    volumes: [
      { name: 'c', projected: { sources: [{ serviceAccountToken: { audience: CLAUDE, path: 'token' } }] } },
    ],
    containers: [
      {
        name: 'app',
        image: 'app:1',
        env: [{ name: 'ANTHROPIC_IDENTITY_TOKEN_FILE', value: '/c/token' }],
        volumeMounts: [{ name: 'c', mountPath: '/c' }],
      },
    ],
  },
})

function viewFrom(objects: readonly object[], name = 'all'): WorkspaceView {
  return viewOf([readWifFile(`file:///${name}.json`, JSON.stringify(objects), 'json')])
}

/** What a comparison found, in brief: "wider subject", and who is admitted newly (+) or no longer (-). */
function brief(before: WorkspaceView, after: WorkspaceView): string[] {
  const { rules, issuers } = compareAccess(before, after)
  return [
    ...rules.flatMap(({ changes, admits, refuses }) => [
      ...changes.map(({ aspect, direction, name }) => `${direction} ${aspect}${name ? ` ${name}` : ''}`),
      ...admits.map(({ identity }) => `+ ${identity.title}`),
      ...refuses.map(({ identity }) => `- ${identity.title}`),
    ]),
    ...issuers.flatMap(({ changes }) => changes.map(({ aspect, direction }) => `${direction} ${aspect}`)),
  ]
}

const OPPOSITE: Record<string, string> = {
  wider: 'narrower',
  narrower: 'wider',
  '+': '-',
  '-': '+',
  added: 'removed',
  removed: 'added',
  archived: 'restored',
  restored: 'archived',
}
const opposite = (line: string) =>
  line
    .split(' ')
    .map(word => OPPOSITE[word] ?? word)
    .join(' ')

const condition = (text: string | undefined) => rule(text === undefined ? {} : { condition: text })
const ARCHIVED = { archived_at: '2026-01-01T00:00:00Z' }
const key = (kid: string) => ({ kty: 'EC', crv: 'P-256', kid, x: kid, y: kid })
const inline = (...kids: string[]) => issuer({ jwks: { type: 'inline', keys: kids.map(key) } })

/** Each also the other way round, with the opposite. */
test.each<[string, object[], object[], string[]]>([
  // Subjects.
  ['exact to prefix', [rule()], [rule({ subject_prefix: `${SUBJECT}*` })], ['wider subject']],
  [
    'role to all roles',
    [rule({ subject_prefix: 'arn:aws:iam::123456789012:role/inference' })],
    [rule({ subject_prefix: 'arn:aws:iam::123456789012:role/*' })],
    ['wider subject'],
  ],
  [
    'a shorter prefix',
    [rule({ subject_prefix: 'a:b:*' })],
    [rule({ subject_prefix: 'a:*' })],
    ['wider subject'],
  ],
  [
    'prefix without its star',
    [rule({ subject_prefix: 'a:b*' })],
    [rule({ subject_prefix: 'a:b' })],
    ['narrower subject'],
  ],
  ['another subject', [rule({ subject_prefix: 'a' })], [rule({ subject_prefix: 'b' })], ['other subject']],
  [
    'a prefix beside it',
    [rule({ subject_prefix: 'a:b' })],
    [rule({ subject_prefix: 'a:c*' })],
    ['other subject'],
  ],
  [
    'no subject',
    [rule()],
    [rule({ subject_prefix: undefined, claims: { a: 'b' } })],
    ['wider subject', 'narrower claim a'],
  ],
  ['null is no subject', [rule({ subject_prefix: null })], [rule({ subject_prefix: undefined })], []],
  ['any subject is no subject', [rule({ subject_prefix: '*' })], [rule({ subject_prefix: undefined })], []],
  [
    'a placeholder',
    [rule()],
    [rule({ subject_prefix: 'system:serviceaccount:<ns>:worker' })],
    ['unclear subject'],
  ],
  ['a number', [rule()], [rule({ subject_prefix: 7 })], ['unclear subject']],
  // Audiences.
  ['another audience', [rule()], [rule({ audience: 'https://claude.example' })], ['other audience']],
  ['the default, said or not', [rule()], [rule({ audience: undefined })], []],
  // Claims.
  ['a claim less', [rule({ claims: { a: '1', b: '2' } })], [rule({ claims: { b: '2' } })], ['wider claim a']],
  ['the last claim', [rule({ claims: { a: '1' } })], [rule()], ['wider claim a']],
  ['another value', [rule({ claims: { a: '1' } })], [rule({ claims: { a: '2' } })], ['other claim a']],
  [
    'a value that is no string',
    [rule({ claims: { a: '1' } })],
    [rule({ claims: { a: 1 } })],
    ['unclear claim a'],
  ],
  [
    'claims in another order',
    [rule({ claims: { a: '1', b: '2' } })],
    [rule({ claims: { b: '2', a: '1' } })],
    [],
  ],
  ['claims that are no object', [rule({ claims: { a: '1' } })], [rule({ claims: ['a'] })], ['unclear claim']],
  // Conditions.
  ['no condition', [condition('claims.a == "1"')], [condition(undefined)], ['wider condition']],
  ['a condition that is always true', [condition('true')], [condition(undefined)], []],
  [
    'a conjunct less',
    [condition('claims.a == "1" && claims.b == "2"')],
    [condition('claims.b == "2"')],
    ['wider condition'],
  ],
  [
    'other spaces and quotes',
    [condition('claims.a=="1"&&(claims.b == "2")')],
    [condition("claims.b == '2' && claims.a == '1'")],
    [],
  ],
  [
    'one value more',
    [condition('claims.a == "1"')],
    [condition('claims.a in ["1", "2"]')],
    ['wider condition'],
  ],
  [
    'joined by ||',
    [condition('claims.a == "1"')],
    [condition('claims.a == "1" || claims.a == "2"')],
    ['wider condition'],
  ],
  [
    'the same by || and in',
    [condition('claims.a in ["1", "2"]')],
    [condition('claims.a == "2" || claims.a == "1"')],
    [],
  ],
  [
    'a beginning instead of a value',
    [condition('claims.a == "prod-1"')],
    [condition('claims.a.startsWith("prod-")')],
    ['wider condition'],
  ],
  [
    'a longer beginning',
    [condition('claims.a.startsWith("p")')],
    [condition('claims.a.startsWith("prod")')],
    ['narrower condition'],
  ],
  [
    'a shorter end',
    [condition('claims.a.endsWith(":batch")')],
    [condition('claims.a.endsWith("batch")')],
    ['wider condition'],
  ],
  [
    'has() beside what needs it',
    [condition('has(claims.a) && claims.a == "1"')],
    [condition('claims.a == "1"')],
    [],
  ],
  [
    'another value in a condition',
    [condition('claims.a == "1"')],
    [condition('claims.a == "2"')],
    ['unclear condition'],
  ],
  [
    'a pattern',
    [condition('claims.a.matches("^x$")')],
    [condition('claims.a.matches("^x.*$")')],
    ['unclear condition'],
  ],
  [
    'a negation is not its opposite',
    [condition('claims.a != "1"')],
    [condition('!(claims.a == "2")')],
    ['unclear condition'],
  ],
  [
    'one that does not parse',
    [condition('claims.a == "1"')],
    [condition('claims.a ==')],
    ['unclear condition'],
  ],
  [
    '|| with another claim',
    [condition('claims.a == "1"')],
    [condition('claims.a == "1" || claims.b == "2"')],
    ['unclear condition'],
  ],
  // What it gives.
  [
    'another account',
    [rule()],
    [rule({}, { target: { type: 'service_account', service_account_id: 'svac_02B' } })],
    ['other target'],
  ],
  ['a scope more', [rule()], [rule({}, { oauth_scope: 'workspace:inference org:admin' })], ['wider scope']],
  [
    'developer includes inference',
    [rule()],
    [rule({}, { oauth_scope: 'workspace:developer' })],
    ['wider scope'],
  ],
  [
    'all workspaces',
    [rule()],
    [rule({}, { workspace_id: undefined, applies_to_all_workspaces: true })],
    ['wider workspace'],
  ],
  ['another workspace', [rule()], [rule({}, { workspace_id: 'wrkspc_02B' })], ['other workspace']],
  // Rules as a whole.
  ['a rule more', [], [rule()], ['wider added']],
  ['archived', [rule()], [rule({}, ARCHIVED)], ['narrower archived']],
  ['an archived rule more', [], [rule({}, ARCHIVED)], []],
  ['a change in what is archived', [rule({}, ARCHIVED)], [rule({ subject_prefix: '*' }, ARCHIVED)], []],
  ['another issuer', [rule()], [rule({}, { issuer_id: 'fdis_02B' })], ['other issuer']],
  [
    'an issuer by another name',
    [issuer(), rule()],
    [issuer({ id: 'fdis_02B' }), rule({}, { issuer_id: 'fdis_02B' })],
    [],
  ],
  // Issuers.
  ['a longer life', [issuer()], [issuer({ max_jwt_lifetime_seconds: 86400 })], ['wider lifetime']],
  ['the default life, said', [issuer()], [issuer({ max_jwt_lifetime_seconds: 3600 })], []],
  ['jti unchecked', [issuer()], [issuer({ check_jti: false })], ['wider jti']],
  ['jti checked, said', [issuer()], [issuer({ check_jti: true })], []],
  ['a key more', [inline('a')], [inline('a', 'b')], ['wider keys']],
  ['a key for another', [inline('a')], [inline('b')], ['other keys']],
  [
    'keys from elsewhere',
    [issuer()],
    [issuer({ jwks: { type: 'explicit_url', url: 'https://keys.example/jwks' } })],
    ['other keys'],
  ],
  ['another URL', [issuer()], [issuer({ issuer_url: 'https://idp.example' })], ['other url']],
  ['an issuer archived', [issuer()], [issuer(ARCHIVED)], ['narrower archived']],
  ['an issuer that nobody uses', [], [issuer()], []],
  // Workloads.
  [
    'a workload more',
    [rule(), pod('other')],
    [rule(), pod('other'), pod('worker')],
    ['+ Pod inference/worker'],
  ],
  [
    'a second pod of the same account',
    [rule(), pod('worker')],
    [rule(), pod('worker'), pod('worker', 'two')],
    [],
  ],
  ['a renamed pod', [rule(), pod('worker', 'one')], [rule(), pod('worker', 'two')], []],
  [
    'a wider rule with somebody in it',
    [rule(), pod('worker-2')],
    [rule({ subject_prefix: `${SUBJECT}*` }), pod('worker-2')],
    ['wider subject', '+ Pod inference/worker-2'],
  ],
])('%s', (_, before, after, expected) => {
  const [old, now] = [viewFrom(before), viewFrom(after)]
  expect(brief(old, now)).toEqual(expected)
  expect(brief(now, old).sort()).toEqual(expected.map(opposite).sort())
})

describe('the same rule in two revisions', () => {
  const nameless = (subject: string) => ({
    ...rule({ subject_prefix: subject }),
    id: undefined,
    name: undefined,
  })
  const unnamed = ({ id: _, ...rest }: ReturnType<typeof rule>) => rest

  test('is found by its id in another file, whatever it is called', () => {
    const moved = viewFrom([rule({ subject_prefix: `${SUBJECT}*` }, { name: 'renamed' })], 'elsewhere')
    expect(brief(viewFrom([rule()]), moved)).toEqual(['wider subject'])
  })

  test('else by its name and issuer', () => {
    const before = viewFrom([unnamed(rule()), unnamed(rule({ subject_prefix: 'x' }, { name: 'x' }))])
    const after = viewFrom(
      [unnamed(rule({ subject_prefix: 'y' }, { name: 'x' })), unnamed(rule())],
      'elsewhere',
    )
    expect(brief(before, after)).toEqual(['other subject'])
  })

  test('else by its place in the file, else by its subject', () => {
    expect(brief(viewFrom([nameless('a')]), viewFrom([nameless('b')]))).toEqual(['other subject'])
    expect(brief(viewFrom([nameless('a')]), viewFrom([nameless('a')], 'elsewhere'))).toEqual([])
    expect(brief(viewFrom([nameless('a')]), viewFrom([nameless('b')], 'elsewhere'))).toEqual([
      'wider added',
      'narrower removed',
    ])
  })

  test('names that two rules have say nothing', () => {
    const two = [unnamed(rule({ subject_prefix: 'a' })), unnamed(rule({ subject_prefix: 'b' }))]
    expect(brief(viewFrom(two), viewFrom(two, 'elsewhere'))).toEqual([])
  })
})

describe('any two revisions', () => {
  const text = fc.constantFrom('a', 'a:b', 'a:b*', 'a*', '*', SUBJECT, `${SUBJECT}*`)
  const aCondition = fc.constantFrom(
    undefined,
    'true',
    'claims.a == "1"',
    'claims.a in ["1", "2"]',
    'has(claims.a) && claims.b == "2"',
    'claims.a ==',
    'claims.a.startsWith("1") || claims.b == "2"',
  )
  const aRule = fc
    .record({
      subject: fc.option(text, { nil: undefined }),
      condition: aCondition,
      claims: fc.option(fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2', 3)), {
        nil: undefined,
      }),
      id: fc.option(fc.constantFrom('fdrl_1', 'fdrl_2'), { nil: undefined }),
      name: fc.option(fc.constantFrom('n', 'm'), { nil: undefined }),
      archived: fc.boolean(),
    })
    .map(({ subject, condition: when, claims, id, name, archived }) =>
      rule({ subject_prefix: subject, condition: when, claims }, { id, name, ...(archived && ARCHIVED) }),
    )
  const anIssuer = fc
    .record({
      checkJti: fc.boolean(),
      life: fc.constantFrom(60, 3600, 7200),
      kids: fc.subarray(['a', 'b', 'c']),
    })
    .map(({ checkJti, life, kids }) => ({
      ...inline(...kids),
      check_jti: checkJti,
      max_jwt_lifetime_seconds: life,
    }))
  const workspace = fc
    .tuple(
      fc.array(aRule, { maxLength: 4 }),
      fc.array(anIssuer, { maxLength: 2 }),
      fc.subarray(['worker', 'x', 'worker-2']),
    )
    .map(([rules, issuers, accounts]) => viewFrom([...rules, ...issuers, ...accounts.map(each => pod(each))]))

  test('one is the same as itself', () => {
    fc.assert(
      fc.property(workspace, view => {
        expect(brief(view, view)).toEqual([])
      }),
    )
  })

  test('what is wider one way is narrower the other', () => {
    fc.assert(
      fc.property(workspace, workspace, (a, b) => {
        expect(brief(b, a).map(opposite).sort()).toEqual(brief(a, b).sort())
      }),
    )
  })

  test('a difference has a direction that its parts account for', () => {
    fc.assert(
      fc.property(workspace, workspace, (a, b) => {
        for (const { changes, admits, refuses, direction } of compareAccess(a, b).rules) {
          const parts = new Set<Direction>(changes.map(each => each.direction))
          if (admits.length > 0) parts.add('wider')
          if (refuses.length > 0) parts.add('narrower')
          expect(parts.size).toBeGreaterThan(0)
          if (parts.size === 1) expect([...parts]).toEqual([direction])
        }
      }),
    )
  })
})
