import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWifFile } from './file.ts'
import { and, NO_PINS, or, type Pins, pinsOf } from './pins.ts'
import { awsSts } from './providers/aws-sts.ts'
import { bitbucket } from './providers/bitbucket.ts'
import { entraV2 } from './providers/entra.ts'
import { githubActions } from './providers/github-actions.ts'
import { gitlab } from './providers/gitlab.ts'
import { google } from './providers/google.ts'
import { kubernetes } from './providers/kubernetes.ts'
import { okta } from './providers/okta.ts'
import type { Level, Provider } from './providers/provider.ts'
import { spiffe } from './providers/spiffe.ts'

/** What a rule with this `match` block pins, as words in order. */
function pinned(match: object, provider: Provider = githubActions): Level[] {
  const pins = pinsOfMatch(match, provider)
  return (['tenant', 'project', 'workload'] as const).filter(level => pins[level])
}

function pinsOfMatch(match: object, provider: Provider): Pins {
  const text = JSON.stringify({ name: 'r', issuer_id: 'fdis_...', match })
  const [rule] = readWifFile('file:///r.json', text, 'json').rules
  if (!rule) throw new Error('no rule was read')
  return pinsOf(rule, provider)
}

const levels = fc.record({ tenant: fc.boolean(), project: fc.boolean(), workload: fc.boolean() })

test('AND and OR are a lattice: each commutes, associates, repeats for nothing, and absorbs the other', () => {
  fc.assert(
    fc.property(levels, levels, levels, (a, b, c) => {
      for (const both of [and, or]) {
        expect(both(a, b)).toEqual(both(b, a))
        expect(both(a, both(b, c))).toEqual(both(both(a, b), c))
        expect(both(a, a)).toEqual(a)
      }
      expect(and(a, or(a, b))).toEqual(a)
      expect(or(a, and(a, b))).toEqual(a)
      expect(and(a, NO_PINS)).toEqual(a)
      expect(or(a, NO_PINS)).toEqual(NO_PINS)
    }),
  )
})

// --- conditions --------------------------------------------------------------------------------------------

/** A comparison, what it pins, and what its negation does. */
interface Atom {
  text: string
  holds: Pins
  fails: Pins
}

const pins = (...names: Level[]): Pins => ({
  tenant: names.includes('tenant'),
  project: names.includes('project'),
  workload: names.includes('workload'),
})

const atom = (text: string, ...names: Level[]): Atom => ({ text, holds: pins(...names), fails: NO_PINS })

const atoms: Atom[] = [
  atom('claims.repository_owner == "acme"', 'tenant'),
  atom('"acme" == claims.repository_owner', 'tenant'),
  atom('claims.repository == "acme/app"', 'tenant', 'project'),
  atom('claims.repository_id in ["1", "2"]', 'tenant', 'project'),
  atom('claims.repository.startsWith("acme/")', 'tenant'),
  atom('claims.repository.startsWith("acme")'),
  atom('claims.repository.endsWith("/app")'),
  atom('claims["ref"] == "refs/heads/main"', 'workload'),
  atom('claims.ref.contains("main")'),
  atom('claims.ref.matches("main")'),
  atom('claims.ref.matches("^refs/heads/(main|next)$")', 'workload'),
  atom('claims.workflow_ref.endsWith("@refs/heads/main")', 'workload'),
  atom('claims.sub.startsWith("repo:acme/")', 'tenant'),
  atom('claims.sub.startsWith("repo:acme/app:ref")', 'tenant', 'project'),
  atom('claims.sub == "repo:acme/app:ref:refs/heads/main"', 'tenant', 'project', 'workload'),
  atom('claims.actor == "octocat"'),
  atom('claims.event_name == "push"'),
  atom('has(claims.environment)'),
  atom('"repository" in claims'),
  atom('size(claims.repository) > 3'),
  { text: 'claims.ref != "refs/heads/main"', holds: NO_PINS, fails: pins('workload') },
]

type Tree = Atom | { not: Tree } | { all: Tree[] } | { any: Tree[] }

const { tree } = fc.letrec<{ tree: Tree }>(self => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...atoms),
    self('tree').map(not => ({ not })),
    fc.array(self('tree'), { minLength: 2, maxLength: 3 }).map(all => ({ all })),
    fc.array(self('tree'), { minLength: 2, maxLength: 3 }).map(any => ({ any })),
  ),
}))

function print(node: Tree): string {
  if ('text' in node) return node.text
  if ('not' in node) return `!(${print(node.not)})`
  return 'all' in node
    ? node.all.map(n => `(${print(n)})`).join(' && ')
    : node.any.map(n => `(${print(n)})`).join(' || ')
}

/** The definition: conjuncts add up, branches keep what all have; a negation turns one into the other. */
function expected(node: Tree, holds: boolean): Pins {
  if ('text' in node) return holds ? node.holds : node.fails
  if ('not' in node) return expected(node.not, !holds)
  const parts = ('all' in node ? node.all : node.any).map(part => expected(part, holds))
  return parts.reduce('all' in node === holds ? and : or)
}

describe('conditions', () => {
  test.each(atoms)('$text', ({ text, holds }) => {
    expect(pinsOfMatch({ condition: text }, githubActions)).toEqual(holds)
  })

  test('AND accumulates, OR keeps what every branch pins, negation pins nothing', () => {
    fc.assert(
      fc.property(tree, node => {
        expect(pinsOfMatch({ condition: print(node) }, githubActions)).toEqual(expected(node, true))
      }),
      { numRuns: 500 },
    )
  })

  test('another matcher never takes a pin away', () => {
    const matchers = fc.record(
      {
        subject_prefix: fc.constantFrom('repo:acme/*', 'repo:acme/app:*', 'repo:acme/app:pull_request', '*'),
        claims: fc.dictionary(fc.constantFrom('repository_owner', 'repository', 'ref', 'actor'), fc.string()),
        condition: tree.map(print),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(matchers, tree, (match, more) => {
        const before = pinsOfMatch(match, githubActions)
        const { condition } = match
        const longer = condition === undefined ? print(more) : `(${condition}) && (${print(more)})`
        const after = pinsOfMatch({ ...match, condition: longer }, githubActions)
        expect(and(before, after)).toEqual(after)
      }),
    )
  })

  test.each([
    ['claims["kubernetes.io"].namespace == "a"', kubernetes, ['tenant', 'project']],
    ['claims["kubernetes.io"].serviceaccount.name == "a"', kubernetes, ['tenant', 'workload']],
    ['claims["kubernetes.io"].pod.name == "a"', kubernetes, ['tenant']],
    ['claims.sub.endsWith(":worker")', kubernetes, ['tenant', 'workload']],
    ['claims["https://sts.amazonaws.com/"].aws_account == "1"', awsSts, ['tenant']],
    ['claims["https://sts.amazonaws.com/"].request_tags.team == "ml"', awsSts, ['tenant']],
    ['claims.email.endsWith("@acme.example")', google, ['tenant', 'project']],
    ['claims.email == "a@acme.example"', google, ['tenant', 'project', 'workload']],
    ['claims.oid in ["a", "b"]', entraV2, ['tenant', 'project', 'workload']],
    ['claims.project_path.startsWith("acme/")', gitlab, ['tenant']],
    ['["a", "b"].exists(x, claims.cid == x)', okta, ['tenant', 'project', 'workload']],
  ] as [string, Provider, Level[]][])('%s', (condition, provider, wanted) => {
    expect(pinned({ condition }, provider)).toEqual(wanted)
  })

  test('what cannot be weighed gets the benefit of the doubt', () => {
    expect(pinned({ condition: 'claims.sub ==' })).toEqual(['tenant', 'project', 'workload'])
    expect(pinned({ condition: 'claims.repository + claims.ref == "acme/apprefs/heads/main"' })).toEqual([
      'tenant',
      'project',
      'workload',
    ])
    expect(pinned({ claims: { repo_property_team: 'ml' } })).toEqual(['workload'])
    expect(pinned({ subject_prefix: 'repo:acme/*', '...': '...' })).toEqual(['tenant', 'project', 'workload'])
  })
})

test('a template may bring more matchers', () => {
  const match =
    '  subject_prefix: "repo:acme/*"\n  {{- with .Values.claims }}\n  claims: {{ toYaml . }}\n  {{- end }}'
  const [rule] = readWifFile('file:///r.yaml', `issuer_id: fdis_...\nmatch:\n${match}\n`, 'yaml').rules
  expect(rule && pinsOf(rule, githubActions)).toEqual(pins('tenant', 'project', 'workload'))
})

describe('subjects and claims', () => {
  test.each([
    [
      { subject_prefix: 'repo:acme/app:ref:refs/heads/main' },
      githubActions,
      ['tenant', 'project', 'workload'],
    ],
    [{ subject_prefix: 'repo:acme/app:*' }, githubActions, ['tenant', 'project']],
    [{ subject_prefix: 'repo:acme/*' }, githubActions, ['tenant']],
    [{ subject_prefix: 'repo:acme*' }, githubActions, []],
    [{ subject_prefix: '*' }, githubActions, []],
    [{ claims: { repository_owner: 'acme', ref: 'refs/heads/main' } }, githubActions, ['tenant', 'workload']],
    [{ claims: { ref: 1, repository: null } }, githubActions, ['workload']],
    [{ claims: { head_ref: 'main', actor: 'a', event_name: 'push' } }, githubActions, []],
    [{ subject_prefix: 'system:serviceaccount:*' }, kubernetes, ['tenant']],
    [{ subject_prefix: 'system:serviceaccount:ns:*' }, kubernetes, ['tenant', 'project']],
    [{ subject_prefix: 'arn:aws:iam::123456789012:role/*' }, awsSts, ['tenant']],
    [{ subject_prefix: 'arn:aws:iam::123456789012:role/ml/*' }, awsSts, ['tenant', 'project']],
    [{ subject_prefix: 'spiffe://td/ns/a/*' }, spiffe, ['tenant', 'project']],
    [{ subject_prefix: '1076*' }, google, []],
    [{ claims: { azp: '1' } }, google, ['tenant']],
    [{ claims: { branchName: 'main' } }, bitbucket, ['tenant']],
  ] as [object, Provider, Level[]][])('%j', (match, provider, wanted) => {
    expect(pinned(match, provider)).toEqual(wanted)
  })
})
