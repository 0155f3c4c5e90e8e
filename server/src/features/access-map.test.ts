import { describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { createWorkspace } from '../workspace/workspace.ts'
import { type AccessMap, accessMap, type MapNode } from './access-map.ts'

const CLAUDE = 'https://api.anthropic.com'
const EKS = 'https://oidc.eks.us-west-2.amazonaws.com/id/D539D4633E53DE1B71EED4A1B2C3D4E5'

const issuer = (id: string, more: object = {}) => ({
  id,
  name: `${id}-name`,
  issuer_url: EKS,
  jwks: { type: 'discovery' },
  ...more,
})

function rule(name: string, subject: string, more: object = {}): object {
  return {
    name,
    issuer_id: 'fdis_01Eks',
    match: { subject_prefix: subject, audience: CLAUDE },
    target: { type: 'service_account', service_account_id: 'svac_01Search' },
    workspace_id: 'wrkspc_01Prod',
    oauth_scope: 'workspace:inference',
    ...more,
  }
}

function pod(name: string, account: string, more: { rule?: string; audience?: string } = {}): object {
  const env = (variable: string, value: string) => ({ name: variable, value })
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'inference' },
    spec: {
      serviceAccountName: account,
      volumes: [
        {
          name: 'claude',
          projected: {
            sources: [{ serviceAccountToken: { audience: more.audience ?? CLAUDE, path: 'token' } }],
          },
        },
      ],
      containers: [
        {
          name: 'app',
          image: 'app:1',
          env: [
            env('ANTHROPIC_IDENTITY_TOKEN_FILE', '/var/run/claude/token'),
            ...(more.rule ? [env('ANTHROPIC_FEDERATION_RULE_ID', more.rule)] : []),
          ],
          volumeMounts: [{ name: 'claude', mountPath: '/var/run/claude' }],
        },
      ],
    },
  }
}

const role = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name: 'runner',
    namespace: 'aws',
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/runner' },
  },
}

function mapOf(...objects: object[]): AccessMap {
  const workspace = createWorkspace(rules)
  for (const [i, object] of objects.entries())
    workspace.update(`file:///${String(i).padStart(2, '0')}.json`, 'disk', JSON.stringify(object, null, 2))
  return accessMap(workspace)
}

/** The edges with titles for ids: "search-pod -admitted-> search". */
function drawn({ nodes, edges }: AccessMap): string[] {
  const title = (id: string) => nodes.find(node => node.id === id)?.title ?? `no node ${id}`
  return edges.map(({ from, to, how }) => `${title(from)} -${how}-> ${title(to)}`)
}

function titled({ nodes }: AccessMap, title: string): MapNode {
  const found = nodes.find(node => node.title === title)
  if (!found) throw new Error(`no node "${title}" among ${nodes.map(node => node.title).join(', ')}`)
  return found
}

describe('the access map', () => {
  test('an empty workspace has nothing to draw', () => {
    expect(mapOf()).toEqual({ nodes: [], edges: [], omitted: 0 })
  })

  test('a pod reaches an account through a rule of an issuer', () => {
    const map = mapOf(
      issuer('fdis_01Eks'),
      rule('search', 'system:serviceaccount:inference:search'),
      pod('a', 'search'),
    )
    expect(map.nodes.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'source Pod inference/a',
      'issuer fdis_01Eks-name',
      'rule search',
      'account svac_01Search',
    ])
    expect(drawn(map)).toEqual(['Pod inference/a -admitted-> search', 'search -gives-> svac_01Search'])
    expect(titled(map, 'search')).toMatchObject({
      issuer: titled(map, 'fdis_01Eks-name').id,
      detail: 'system:serviceaccount:inference:search',
    })
    expect(titled(map, 'svac_01Search')).toMatchObject({ detail: 'workspace:inference' })
    expect(titled(map, 'Pod inference/a')).toMatchObject({ group: 'inference', detail: 'search' })
  })

  test('what nobody uses is there without edges, and so is who gets nowhere', () => {
    const map = mapOf(
      issuer('fdis_01Eks'),
      issuer('fdis_02Idle'),
      rule('unused', 'system:serviceaccount:other:nobody'),
      pod('a', 'search'),
      role,
    )
    expect(drawn(map)).toEqual(['unused -gives-> svac_01Search'])
    expect(map.nodes.map(({ title }) => title)).toContain('fdis_02Idle-name')
    expect(titled(map, 'role runner')).toMatchObject({ kind: 'source', group: '123456789012' })
  })

  test('a pod that is set up for a rule which refuses it is drawn as denied, with the reason', () => {
    const map = mapOf(
      issuer('fdis_01Eks'),
      { id: 'fdrl_01', ...rule('search', 'system:serviceaccount:inference:search') },
      pod('a', 'search', { rule: 'fdrl_01', audience: `${CLAUDE}/` }),
    )
    expect(drawn(map)).toEqual(['search -gives-> svac_01Search', 'Pod inference/a -denied-> search'])
    expect(map.edges.find(({ how }) => how === 'denied')?.why).toContain('audience')
  })

  test('what no file says makes an admission possible', () => {
    const map = mapOf(
      issuer('fdis_01Eks'),
      rule('claim', '', {
        match: { subject_prefix: 'system:serviceaccount:inference:*', claims: { jti: 'x' } },
      }),
      pod('a', 'search'),
    )
    expect(drawn(map)[0]).toBe('Pod inference/a -possible-> claim')
  })

  test('issuers that no file describes: one for each id, one for all rules that name none', () => {
    const subject = 'system:serviceaccount:inference:search'
    const map = mapOf(
      rule('one', subject, { issuer_id: 'fdis_09Gone' }),
      rule('two', subject, { issuer_id: 'fdis_09Gone' }),
      rule('three', subject, { issuer_id: 'fdis_...' }),
      rule('four', subject, { issuer_id: '<issuer>' }),
    )
    const issuers = map.nodes.filter(({ kind }) => kind === 'issuer')
    expect(issuers.map(({ title, place }) => [title, place !== undefined])).toEqual([
      ['fdis_09Gone', true],
      ['', false],
    ])
    expect(titled(map, 'one').issuer).toBe(titled(map, 'two').issuer)
    expect(titled(map, 'three').issuer).toBe(titled(map, 'four').issuer)
  })

  test('accounts are one by their id, and placeholders never are the same', () => {
    const target = (service_account_id: string) => ({
      target: { type: 'service_account', service_account_id },
    })
    const map = mapOf(
      rule('one', 'system:serviceaccount:a:a', { ...target('svac_1A'), oauth_scope: 'workspace:developer' }),
      rule('two', 'system:serviceaccount:b:b', target('svac_1A')),
      rule('three', 'system:serviceaccount:c:c', target('svac_...')),
      rule('four', 'system:serviceaccount:d:d', target('svac_...')),
      rule('five', 'system:serviceaccount:e:e', { target: { type: 'service_account' } }),
    )
    const accounts = map.nodes.filter(({ kind }) => kind === 'account')
    expect(accounts.map(({ title, detail }) => [title, detail])).toEqual([
      ['svac_1A', 'workspace:developer workspace:inference'],
      ['svac_...', 'workspace:inference'],
      ['svac_...', 'workspace:inference'],
    ])
  })

  test('findings belong to the innermost entity, and the worst one counts', () => {
    const map = mapOf(
      [issuer('fdis_01Eks'), issuer('fdis_02Other', { issuer_url: `${EKS}F` })],
      rule('wide', 'system:serviceaccount:*', { oauth_scope: 'org:admin' }),
      pod('a', 'search'),
    )
    const wide = titled(map, 'wide')
    expect(wide.severity).toBe('warning')
    expect(wide.findings.map(finding => finding.rule)).toContain('rule/scope-admin-not-exact')
    for (const node of map.nodes)
      for (const { place } of node.findings) expect(place.file).toBe(node.place?.file)
  })

  test('names stay the same while somebody types', () => {
    const ids = (name: string) =>
      mapOf(issuer('fdis_01Eks'), [rule(name, 'system:serviceaccount:a:b'), rule('second', 'x')]).nodes.map(
        ({ id }) => id,
      )
    expect(ids('first')).toEqual(ids('renamed'))
  })

  test('connections have a limit', () => {
    const many = (count: number, make: (i: number) => object) =>
      Array.from({ length: count }, (_, i) => make(i))
    const map = mapOf(
      many(150, i => pod(`p${i}`, `a${i}`)),
      many(150, i => rule(`r${i}`, 'system:serviceaccount:inference:*')),
    )
    expect(map.edges).toHaveLength(20_000 + 150)
    expect(map.omitted).toBe(150 * 150 - 20_000)
    expect(map.edges.filter(({ how }) => how === 'gives')).toHaveLength(150)
  })
})
