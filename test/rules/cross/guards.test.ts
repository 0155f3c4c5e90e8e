import { describe, expect, test } from 'vitest'
import { rules } from '../../../server/src/rules/index.ts'
import { createWorkspace } from '../../../server/src/workspace/workspace.ts'

/** What needs several files, and guards that no page can show, because another rule has a word to say as well. */

const CLAUDE = 'https://api.anthropic.com'
const ID = 'fdrl_01RO5k0A8Uci0qRhSBHpvkTS'

function rule(match: object, more: object = {}) {
  return {
    name: 'prod-inference',
    issuer_id: 'fdis_01PrUhRZdsvDQuc8dWrdE03W',
    match,
    target: { type: 'service_account', service_account_id: 'svac_...' },
    workspace_id: 'wrkspc_...',
    oauth_scope: 'workspace:inference',
    token_lifetime_seconds: 3600,
    ...more,
  }
}

function pod(source: object, account = 'worker') {
  const env = {
    ANTHROPIC_IDENTITY_TOKEN_FILE: '/claude/token',
    ANTHROPIC_FEDERATION_RULE_ID: ID,
    ANTHROPIC_ORGANIZATION_ID: '9b16512e-9253-4836-be3c-1bce626513a2',
    ANTHROPIC_SERVICE_ACCOUNT_ID: 'svac_01xtpuPzNP3MzTtpcqpyZ9Nf',
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'worker', namespace: 'inference' },
    spec: {
      serviceAccountName: account,
      volumes: [
        { name: 'claude', projected: { sources: [{ serviceAccountToken: { path: 'token', ...source } }] } },
      ],
      containers: [
        {
          name: 'app',
          image: 'registry.example/worker:1',
          env: Object.entries(env).map(([name, value]) => ({ name, value })),
          volumeMounts: [{ name: 'claude', mountPath: '/claude' }],
        },
      ],
    },
  }
}

/** The findings of `id`, as "file severity". */
function found(id: string, files: Record<string, object | string>): string[] {
  const workspace = createWorkspace(rules)
  for (const [name, value] of Object.entries(files))
    workspace.update(
      `file:///${name}`,
      'disk',
      typeof value === 'string' ? value : JSON.stringify(value, null, 2),
    )
  return workspace.files().flatMap(file =>
    workspace
      .findings(file.uri)
      .filter(f => f.rule === id)
      .map(f => `${file.uri.slice(8)} ${f.severity}`),
  )
}

const exact = { subject_prefix: 'system:serviceaccount:inference:worker', audience: CLAUDE }

describe('cross/audience-mismatch', () => {
  const mismatch = (files: Record<string, object | string>) => found('cross/audience-mismatch', files)
  test('both files show it, whatever their order', () => {
    const files = { 'a.json': rule(exact, { id: ID }), 'b.json': pod({ audience: 'https://other.example' }) }
    expect(mismatch(files)).toEqual(['a.json error', 'b.json error'])
    expect(mismatch({ 'b.json': files['a.json'], 'a.json': files['b.json'] })).toEqual([
      'a.json error',
      'b.json error',
    ])
  })
  test('a rule without an audience expects the default', () => {
    const open = rule({ subject_prefix: exact.subject_prefix }, { id: ID })
    expect(mismatch({ 'a.json': open, 'b.json': pod({ audience: CLAUDE }) })).toEqual([])
    expect(mismatch({ 'a.json': open, 'b.json': pod({ audience: 'x' }) })).toHaveLength(2)
  })
  test('an audience that the team knows is meant', () => {
    const known = { 'wif-lint.json': { audiences: ['sts.amazonaws.com'] } }
    const foreign = { 'a.json': pod({ audience: 'sts.amazonaws.com' }) }
    expect(mismatch(foreign)).toEqual(['a.json warning'])
    expect(mismatch({ ...known, ...foreign })).toEqual([])
  })
  test('a link of the configuration pairs what no id does', () => {
    const files = { 'a.json': rule({ claims: { team: 'x' } }), 'b.json': pod({ audience: 'x' }) }
    expect(mismatch(files)).toEqual([])
    expect(mismatch({ ...files, 'wif-lint.json': { links: { [ID]: 'a.json' } } })).toEqual([
      'a.json error',
      'b.json error',
    ])
  })
})

test('cross/subject-no-workload: a prefix admits more than one', () => {
  const prefix = rule({ subject_prefix: 'system:serviceaccount:inference:wo*' }, { id: ID })
  const pods = { 'b.json': pod({ audience: CLAUDE }), 'c.json': pod({ audience: CLAUDE }, 'other') }
  expect(found('cross/subject-no-workload', { 'a.json': prefix, ...pods })).toEqual([
    'a.json error',
    'c.json error',
  ])
})

test.each([
  'system:serviceaccount:inference:',
  'system:serviceaccounts:inference:worker',
  'system:serviceaccount:inference/worker',
])('cross/subject-no-workload: a subject that admits nobody has a finding of its own, %s', subject => {
  const unfinished = rule({ subject_prefix: subject }, { id: ID })
  expect(
    found('cross/subject-no-workload', { 'a.json': unfinished, 'b.json': pod({ audience: CLAUDE }) }),
  ).toEqual([])
})

test('cross/jti-replay-on-refresh: a lifetime that the service refuses has a finding of its own', () => {
  const files = (seconds: number) => ({
    'a.json': rule(exact, { id: ID, token_lifetime_seconds: seconds }),
    'b.json': pod({ audience: CLAUDE }),
  })
  expect(found('cross/jti-replay-on-refresh', files(30))).toEqual([])
  expect(found('cross/jti-replay-on-refresh', files(60))).toEqual(['a.json warning', 'b.json warning'])
})

describe('cross/duplicate-name', () => {
  const duplicate = (files: Record<string, object>) => found('cross/duplicate-name', files)
  const other = rule({ subject_prefix: 'system:serviceaccount:batch:nightly' })
  test('in one folder', () => {
    expect(duplicate({ 'a.json': rule(exact), 'b.json': other })).toEqual(['b.json warning'])
    expect(duplicate({ 'x/a.json': rule(exact), 'x/b.json': other })).toEqual(['x/b.json warning'])
  })
  test('not in two folders', () => {
    expect(duplicate({ 'dev/a.json': rule(exact), 'prod/a.json': other })).toEqual([])
    expect(duplicate({ 'a.json': rule(exact), 'prod/a.json': other })).toEqual([])
  })
  test('not for the same object in two files, or for what the service has answered', () => {
    expect(duplicate({ 'a.json': rule(exact), 'b.json': rule(exact) })).toEqual([])
    expect(duplicate({ 'a.json': rule(exact), 'b.json': { ...other, id: ID } })).toEqual([])
  })
})

describe('cross/rule-subsumed', () => {
  const target = (id: string) => ({ target: { type: 'service_account', service_account_id: id } })
  const [mine, theirs] = [target('svac_01A'), target('svac_01B')]
  const wide = { subject_prefix: 'system:serviceaccount:inference:*', audience: CLAUDE }
  test.each<[string, object, object, string[]]>([
    ['another target', rule(exact, mine), rule(wide, { name: 'b', ...theirs }), ['a.json warning']],
    ['the same target', rule(exact, mine), rule(wide, { name: 'b', ...mine }), []],
    ['another audience', rule(exact, mine), rule({ ...wide, audience: 'x' }, { name: 'b', ...theirs }), []],
    [
      'a claim more',
      rule(exact, mine),
      rule({ ...wide, claims: { team: 'x' } }, { name: 'b', ...theirs }),
      [],
    ],
    [
      'a condition more',
      rule(exact, mine),
      rule({ ...wide, condition: 'claims.a == "x"' }, { name: 'b', ...theirs }),
      [],
    ],
    ['no matcher at all', rule(exact, mine), rule({ audience: CLAUDE }, { name: 'b', ...theirs }), []],
    [
      'a prefix of a prefix',
      rule({ ...exact, subject_prefix: 'system:serviceaccount:inference:w*' }, mine),
      rule(wide, { name: 'b', ...theirs }),
      ['a.json warning'],
    ],
    [
      'an exact rule is not wider than a prefix',
      rule(wide, mine),
      rule(exact, { name: 'b', ...theirs }),
      ['b.json warning'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(found('cross/rule-subsumed', { 'a.json': a, 'b.json': b })).toEqual(expected)
  })
})
