import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWifFile } from '../wif/file.ts'
import { identities } from '../wif/identity.ts'
import { viewOf, type WorkspaceView } from '../wif/view.ts'
import { accessOf, accessTo, rulesOf, sources, workloadCount } from './access.ts'

const CLAUDE = 'https://api.anthropic.com'

function pod(name: string, namespace: string, account: string, audience: string | undefined = CLAUDE) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      serviceAccountName: account,
      containers: [
        {
          name: 'app',
          env: [{ name: 'ANTHROPIC_IDENTITY_TOKEN_FILE', value: '/var/run/claude/token' }],
          volumeMounts: [{ name: 'claude', mountPath: '/var/run/claude' }],
        },
      ],
      volumes: [
        {
          name: 'claude',
          projected: { sources: [{ serviceAccountToken: { path: 'token', ...(audience && { audience }) } }] },
        },
      ],
    },
  }
}

const role = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name,
    namespace: 'aws',
    annotations: { 'eks.amazonaws.com/role-arn': `arn:aws:iam::123456789012:role/${name}` },
  },
})

const rule = (name: string, match: object, more: object = {}) => ({
  name,
  issuer_id: 'fdis_01A',
  match,
  ...more,
})

function viewOfAll(...objects: object[]): WorkspaceView {
  return viewOf([readWifFile('file:///all.json', JSON.stringify(objects), 'json')])
}

/** For each rule whom it admits, with `?` behind those it may admit. */
function access(view: WorkspaceView): Record<string, string[]> {
  return Object.fromEntries(
    view
      .rules()
      .map(each => [
        each.name?.value ?? '',
        accessOf(view, each).map(({ identity, how }) => identity.title + (how === 'possible' ? ' ?' : '')),
      ]),
  )
}

const pods = [pod('a', 'inference', 'worker'), pod('b', 'inference', 'batch'), pod('c', 'other', 'worker')]

describe('who gets in', () => {
  test('exactly one, a namespace, all, nobody', () => {
    const view = viewOfAll(
      ...pods,
      rule('one', { subject_prefix: 'system:serviceaccount:inference:worker' }),
      rule('namespace', { subject_prefix: 'system:serviceaccount:inference:*' }),
      rule('all', { subject_prefix: 'system:serviceaccount:*' }),
      rule('prefix without its wildcard', { subject_prefix: 'system:serviceaccount:inference:' }),
      rule('audience', { subject_prefix: 'system:serviceaccount:*', audience: `${CLAUDE}/` }),
    )
    expect(access(view)).toEqual({
      one: ['Pod inference/a'],
      namespace: ['Pod inference/a', 'Pod inference/b'],
      all: ['Pod inference/a', 'Pod inference/b', 'Pod other/c'],
      'prefix without its wildcard': [],
      audience: [],
    })
    expect(workloadCount(view, view)).toBe(3)
  })

  test('conditions and claims count, and what is not known keeps nobody out', () => {
    const subject_prefix = 'system:serviceaccount:inference:*'
    const view = viewOfAll(
      ...pods,
      pod('no-audience', 'inference', 'worker', ''),
      rule('condition', { subject_prefix, condition: 'claims.sub.endsWith(":batch")' }),
      rule('claim', { subject_prefix, claims: { jti: 'x' } }),
      rule('archived', { subject_prefix }, { archived_at: '2026-01-01T00:00:00Z', created_at: 'x' }),
    )
    expect(access(view)).toEqual({
      condition: ['Pod inference/b'],
      claim: ['Pod inference/a ?', 'Pod inference/b ?', 'Pod inference/no-audience ?'],
      archived: [],
    })
  })

  test('a role asks STS for the audience it wants', () => {
    const view = viewOfAll(
      role('runner'),
      role('other'),
      rule('runner', { subject_prefix: 'arn:aws:iam::123456789012:role/runner', audience: CLAUDE }),
    )
    expect(access(view)).toEqual({ runner: ['role runner'] })
  })

  test('a pod with two containers on one token is one workload', () => {
    const twice = pod('twice', 'inference', 'worker')
    const [container] = twice.spec.containers
    twice.spec.containers.push({ ...container, name: 'second' } as never)
    const view = viewOfAll(twice, rule('r', { subject_prefix: 'system:serviceaccount:inference:worker' }))
    const [only] = view.rules()
    if (!only) throw new Error('no rule')
    expect(accessOf(view, only)).toHaveLength(2)
    expect(sources(accessOf(view, only))).toHaveLength(1)
    expect(workloadCount(view, view)).toBe(1)
  })

  test('a hostile condition is tried on one identity, and denies nobody', () => {
    const many = Array.from({ length: 300 }, (_, i) => pod(`p${i}`, 'inference', `worker-${i}`))
    const list = `[${Array.from({ length: 100 }, (_, i) => i).join()}]`
    const condition = `${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`
    const view = viewOfAll(
      ...many,
      rule('hostile', { subject_prefix: 'system:serviceaccount:inference:*', condition }),
    )
    expect(access(view).hostile).toHaveLength(300)
    expect(access(view).hostile?.[0]).toBe('Pod inference/p0 ?')
  })
})

describe('the shortcuts', () => {
  const name = fc.constantFrom('a', 'ab', 'abc', 'b', 'worker', 'worker-2', '$NAME', '')
  const subject = fc.oneof(
    fc.tuple(name, name).map(([ns, sa]) => `system:serviceaccount:${ns}:${sa}`),
    fc.tuple(name, name).map(([ns, sa]) => `system:serviceaccount:${ns}:${sa}*`),
    fc.constantFrom('*', 'system:serviceaccount:*', 'system:serviceaccount:a*'),
  )
  const objects = fc.tuple(
    fc.array(
      fc.tuple(name, name).map(([ns, sa]) => pod('p', ns, sa)),
      { maxLength: 8 },
    ),
    fc.array(fc.option(subject), { maxLength: 8 }),
  )

  test('leave out only those who are denied, and keep the order', () => {
    fc.assert(
      fc.property(objects, ([pods, subjects]) => {
        const rules = subjects.map((s, i) =>
          rule(`r${i}`, s === null ? { claims: { a: 'b' } } : { subject_prefix: s }),
        )
        const view = viewOfAll(...pods, ...rules)
        const all = view.rules().map(each => identities(view).map(identity => accessTo(view, identity, each)))
        const kept = all.map(row => row.filter(({ how }) => how !== 'denied').map(a => a.identity))
        expect(view.rules().map(each => accessOf(view, each).map(a => a.identity))).toEqual(kept)
        for (const [i, identity] of identities(view).entries()) {
          const column = all.flatMap(row => row[i] ?? []).filter(({ how }) => how !== 'denied')
          expect(rulesOf(view, identity).map(a => a.rule)).toEqual(column.map(a => a.rule))
        }
      }),
    )
  })
})
