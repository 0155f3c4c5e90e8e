import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isKubernetes,
  levelsOfClaim,
  levelsOfSegment,
  markerSlip,
  providers,
  providersOfSubject,
} from './index.ts'
import type { ClaimInfo, Provider } from './provider.ts'
import { bad, good } from './subjects.testdata.ts'

const RUNS = { seed: 20260701, numRuns: 400 }

function provider(id: string): Provider {
  const found = providers.find(each => each.id === id)
  if (!found) throw new Error(id)
  return found
}

const ids = (found: Provider[]) => found.map(({ id }) => id)
const samples = [...Object.values(good), ...Object.values(bad)].flat().map(([text]) => text)

/** Texts near subjects: pieces of real ones, separators, placeholders and noise. */
const pieces = [...new Set(samples.flatMap(text => text.split(/(?<=[:/@])/)))]
const nearly = fc
  .array(
    fc.oneof(
      fc.constantFrom(...pieces),
      fc.constantFrom(
        ':',
        '/',
        '@',
        '<ns>',
        '<',
        '>',
        '${X:-y}',
        '${',
        '{{ a }}',
        '{{',
        '}',
        '$(',
        '...',
        '*',
        '?',
        '%3A',
      ),
      fc.string({ maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map(parts => parts.join(''))
const anyText = fc.oneof(nearly, fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom(...samples))

describe.each(providers.map(each => [each.id, each] as const))('%s', (_, { subject }) => {
  test('reads any text; the segments lie in it, in order', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { segments, problem, complete } = subject.read(text)
        let at = 0
        for (const segment of segments) {
          expect(segment.start).toBeGreaterThanOrEqual(at)
          expect(segment.end).toBeGreaterThan(segment.start)
          expect(segment.end).toBeLessThanOrEqual(text.length)
          expect(segment.text).toBe(text.slice(segment.start, segment.end))
          at = segment.end
        }
        // Only the last one can still grow.
        expect(segments.slice(0, -1).every(({ closed }) => closed)).toBe(true)
        if (!problem) return
        expect(complete).toBe(false)
        expect(problem.start).toBeGreaterThanOrEqual(0)
        expect(problem.start).toBeLessThanOrEqual(problem.end)
        expect(problem.end).toBeLessThanOrEqual(text.length)
        if (problem.suggestion !== undefined) {
          expect(problem.suggestion).not.toBe(text)
          expect(subject.read(problem.suggestion).problem).toBeUndefined()
        }
      }),
      RUNS,
    )
  })

  test('a closed segment stays what it is, whatever follows', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, more) => {
        const before = subject.read(text).segments.filter(({ closed }) => closed)
        expect(subject.read(text + more).segments.slice(0, before.length)).toEqual(before)
      }),
      RUNS,
    )
  })

  test('what cannot begin a subject cannot begin a longer one', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'abr:/@-.19'), maxLength: 8 })
    fc.assert(
      fc.property(fc.constantFrom(...samples), plain, (text, more) => {
        if (subject.read(text).problem) expect(subject.read(text + more).problem).toBeDefined()
      }),
      RUNS,
    )
  })

  test('long texts take no time', () => {
    const begin = performance.now()
    for (const unit of ['a', '/', ':', '<', '${', '{{', '.git', 'a-', 'a.', '@', 'refs/', '*']) {
      for (const [text] of [['' as string], ...(good[_] ?? [])]) subject.read(text + unit.repeat(10_000))
    }
    expect(performance.now() - begin).toBeLessThan(2000)
  })
})

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/)
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,12}$/)
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const uuid = fc.uuid()

/** What a provider prints from parts, and the parts: reading gives them back. */
const prints: Record<string, [fc.Arbitrary<string[]>, (parts: string[]) => string]> = {
  'aws-sts': [
    fc
      .tuple(digits(12), fc.array(fc.stringMatching(/^[\w+=,.@-]{1,12}$/), { minLength: 1, maxLength: 4 }))
      .map(([account, path]) => [account, ...path]),
    ([account, ...path]) => `arn:aws:iam::${account}:role/${path.join('/')}`,
  ],
  eks: [
    fc
      .tuple(label, fc.array(label, { minLength: 1, maxLength: 3 }))
      .map(([ns, account]) => [ns, account.join('.')]),
    ([ns, account]) => `system:serviceaccount:${ns}:${account}`,
  ],
  'github-actions': [
    fc
      .tuple(name, digits(5), name, digits(6), fc.stringMatching(/^[A-Za-z0-9_/-]{1,20}$/))
      .map(parts => [...parts.slice(0, 4), `refs/heads/${parts[4]}`]),
    ([owner, ownerId, repository, id, ref]) => `repo:${owner}@${ownerId}/${repository}@${id}:ref:${ref}`,
  ],
  gitlab: [
    fc.tuple(name, name, fc.constantFrom('branch', 'tag'), name),
    ([group, project, type, ref]) => `project_path:${group}/${project}:ref_type:${type}:ref:${ref}`,
  ],
  buildkite: [
    fc.tuple(
      label,
      label,
      name.map(branch => `refs/heads/${branch}`),
      digits(40),
      name,
    ),
    ([org, pipeline, ref, commit, step]) =>
      `organization:${org}:pipeline:${pipeline}:ref:${ref}:commit:${commit}:step:${step}`,
  ],
  'hcp-terraform': [
    fc.tuple(name, name, name, fc.constantFrom('plan', 'apply')),
    ([org, project, workspace, phase]) =>
      `organization:${org}:project:${project}:workspace:${workspace}:run_phase:${phase}`,
  ],
  circleci: [
    fc.tuple(
      uuid,
      uuid,
      uuid,
      name.map(repository => `github.com/acme/${repository}`),
      name.map(branch => `refs/heads/${branch}`),
    ),
    ([org, project, user, origin, ref]) =>
      `org/${org}/project/${project}/user/${user}/vcs-origin/${origin}/vcs-ref/${ref}`,
  ],
  bitbucket: [
    fc.tuple(uuid, uuid, uuid).map(parts => parts.map(part => `{${part}}`)),
    parts => parts.join(':'),
  ],
  vercel: [
    fc.tuple(label, name, name),
    ([owner, project, environment]) => `owner:${owner}:project:${project}:environment:${environment}`,
  ],
  fly: [fc.tuple(label, label, label), parts => parts.join(':')],
  'azure-devops': [fc.tuple(name, name, name), parts => `sc://${parts.join('/')}`],
  spiffe: [
    fc.tuple(label, label, label),
    ([domain, namespace, account]) => `spiffe://${domain}/ns/${namespace}/sa/${account}`,
  ],
}

test.each(Object.entries(prints))('%s: reading gives back what was printed', (id, [parts, print]) => {
  fc.assert(
    fc.property(parts, values => {
      const { segments, complete, problem } = provider(id).subject.read(print(values))
      expect(problem).toBeUndefined()
      expect(complete).toBe(true)
      expect(segments.map(({ text }) => text)).toEqual(values)
    }),
    RUNS,
  )
})

test('the marker tells the providers of a subject', () => {
  for (const id of ['eks', 'gke', 'aks', 'kubernetes']) expect(isKubernetes(provider(id))).toBe(true)
  expect(providers.filter(isKubernetes)).toHaveLength(4)
  expect(ids(providersOfSubject('system:serviceaccount:a:b'))).toEqual(['eks', 'gke', 'aks', 'kubernetes'])
  expect(ids(providersOfSubject('arn:aws:iam::123456789012:role/x'))).toEqual(['aws-sts'])
  expect(ids(providersOfSubject('arn:aws:sts::1:assumed-role/x/y'))).toEqual(['aws-sts'])
  expect(ids(providersOfSubject('repo:a/b'))).toEqual(['github-actions'])
  expect(ids(providersOfSubject('project_path:a/b'))).toEqual(['gitlab'])
  expect(ids(providersOfSubject('organization:a:'))).toEqual(['buildkite', 'hcp-terraform'])
  expect(ids(providersOfSubject('organization:a:pipeline:b'))).toEqual(['buildkite'])
  expect(ids(providersOfSubject('organization:a:project:b'))).toEqual(['hcp-terraform'])
  expect(ids(providersOfSubject('organization:a:team:b'))).toEqual(['buildkite', 'hcp-terraform'])
  expect(ids(providersOfSubject('org/x'))).toEqual(['circleci'])
  expect(ids(providersOfSubject('owner:a'))).toEqual(['vercel'])
  expect(ids(providersOfSubject('sc://a'))).toEqual(['azure-devops'])
  expect(ids(providersOfSubject('spiffe://a'))).toEqual(['spiffe'])
  for (const opaque of ['', '1234', '0oa1', 'acme:app:machine', 'Repo:a/b', '{0a1b}', 'system:node:a']) {
    expect(providersOfSubject(opaque)).toEqual([])
  }
})

test.each([
  ['Repo:acme/app', 'Repo:', 'repo:', 'repo:acme/app'],
  ['repository:acme/app', 'repository:', 'repo:', 'repo:acme/app'],
  ['ARN:aws:iam::1:role/x', 'ARN:', 'arn:', 'arn:aws:iam::1:role/x'],
  [
    'System:ServiceAccount:a:b',
    'System:ServiceAccount:',
    'system:serviceaccount:',
    'system:serviceaccount:a:b',
  ],
  [
    'system:serviceaccounts:a',
    'system:serviceaccounts:',
    'system:serviceaccount:',
    'system:serviceaccount:a',
  ],
  [
    'system:service-account:a:b',
    'system:service-account:',
    'system:serviceaccount:',
    'system:serviceaccount:a:b',
  ],
  [
    'system:serviceaccount/a/b',
    'system:serviceaccount/',
    'system:serviceaccount:',
    'system:serviceaccount:a/b',
  ],
  ['SPIFFE://acme/x', 'SPIFFE://', 'spiffe://', 'spiffe://acme/x'],
  ['spiffe:/acme/x', 'spiffe:/', 'spiffe://', 'spiffe://acme/x'],
  ['project-path:a/b', 'project-path:', 'project_path:', 'project_path:a/b'],
  ['Organization:a', 'Organization:', 'organization:', 'organization:a'],
])('%j has a slip in its marker', (text, found, marker, suggestion) => {
  const slip = markerSlip(text)
  expect(slip).toMatchObject({ found, marker, suggestion })
  expect(slip?.providers.every(({ subject }) => subject.marker === marker)).toBe(true)
})

test('a right marker and an unknown text have no slip', () => {
  for (const text of [
    'repo:a/b',
    'arn:aws',
    'system:serviceaccount:a',
    '',
    'acme',
    'system:node:x',
    'spiffe://',
    '0oa1',
  ]) {
    expect(markerSlip(text)).toBeUndefined()
  }
})

describe('claims', () => {
  const all: [string, ClaimInfo][] = []
  const collect = (path: string, claims: Record<string, ClaimInfo>) => {
    for (const [key, claim] of Object.entries(claims)) {
      all.push([`${path}.${key}`, claim])
      if (claim.members) collect(`${path}.${key}`, claim.members)
    }
  }
  for (const each of providers) collect(each.id, each.claims)

  test.each(all)('%s says what it is, in one sentence, and pins nothing the caller chooses', (_, claim) => {
    expect(claim.about).toMatch(/^[A-Z`0-9][^\n]*\.$/)
    if (claim.callerControlled !== undefined) expect(claim.pins).toBeUndefined()
    if (claim.alsoPins) expect(claim.alsoPins).not.toContain(claim.pins)
    if (claim.volatile) expect(claim.pins).toBeUndefined()
    expect(claim.members === undefined).toBe(claim.type !== 'object')
  })

  test('the claim that pins the tenant of a shared provider exists, and does', () => {
    for (const each of providers) {
      expect(each.tenantPin !== undefined).toBe(each.shared)
      if (!each.tenantPin) continue
      const claim = each.claims[each.tenantPin.claim]
      expect(claim?.type).toBe('string')
      expect(claim && levelsOfClaim(claim)).toContain('tenant')
    }
  })

  test('types that the `claims` map cannot match', () => {
    const type = (id: string, key: string) => provider(id).claims[key]?.type
    expect(type('aws-sts', 'https://sts.amazonaws.com/')).toBe('object')
    expect(type('eks', 'kubernetes.io')).toBe('object')
    expect(type('eks', 'aud')).toBe('array')
    expect(type('google', 'email_verified')).toBe('boolean')
    expect(type('gitlab', 'runner_id')).toBe('number')
    expect(type('gitlab', 'ref_protected')).toBe('string')
    expect(type('github-actions', 'repository_id')).toBe('string')
    expect(type('github-actions', 'run_attempt')).toBe('string')
    expect(type('buildkite', 'build_number')).toBe('number')
    expect(type('okta', 'scp')).toBe('array')
    expect(type('entra-v2', 'groups')).toBe('array')
    expect(type('circleci', 'oidc.circleci.com/context-ids')).toBe('array')
    expect(provider('entra-v2').claims).not.toHaveProperty('appid')
    expect(provider('entra-v1').claims).not.toHaveProperty('azp')
    for (const id of ['google', 'entra-v1', 'entra-v2']) expect(provider(id).claims).not.toHaveProperty('jti')
  })

  test('a segment pins what its claim pins', () => {
    const levels = (id: string, text: string) =>
      provider(id)
        .subject.read(text)
        .segments.map(segment => levelsOfSegment(provider(id), segment).join('+'))
    expect(levels('github-actions', 'repo:a@1/b@2:ref:refs/heads/main')).toEqual([
      'tenant',
      'tenant',
      'project',
      'project+tenant',
      'workload',
    ])
    expect(levels('github-actions', 'repository_owner:a:event_name:push')).toEqual(['tenant', ''])
    expect(levels('google', '1234')).toEqual(['workload+tenant+project'])
    const id = '0a1b2c3d-4e5f-6789-abcd-ef0123456789'
    expect(levels('circleci', `org/${id}/project/${id}/user/${id}`)).toEqual(['tenant', 'project', ''])
    expect(levels('buildkite', 'organization:a:pipeline:b:ref:refs/heads/m:commit:c:step:d')).toEqual([
      'tenant',
      'project',
      'workload',
      '',
      'workload',
    ])
  })
})
