import { describe, expect, test } from 'vitest'
import { quickFixes } from '../../server/src/features/actions.ts'
import { rules } from '../../server/src/rules/index.ts'
import { toValue } from '../../server/src/syntax/node.ts'
import { parseYaml } from '../../server/src/syntax/yaml.ts'
import { applyEdits } from '../../server/src/text/edit.ts'
import { createWorkspace } from '../../server/src/workspace/workspace.ts'

/** Pods of the namespace `inference`, one for each account. */
function pods(...accounts: string[]): string {
  return accounts
    .map(
      account => `apiVersion: v1
kind: Pod
metadata:
  name: ${account.replace('/', '-')}
  namespace: ${account.includes('/') ? account.split('/')[0] : 'inference'}
spec:
  serviceAccountName: ${account.split('/').at(-1)}
  containers:
    - name: app
      image: registry.example/app:1
      env:
        - { name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /run/claude/token }
        - { name: ANTHROPIC_FEDERATION_RULE_ID, value: ${account === 'named' ? 'fdrl_01Inference' : 'fdrl_...'} }
      volumeMounts:
        - { name: claude, mountPath: /run/claude }
  volumes:
    - name: claude
      projected:
        sources:
          - serviceAccountToken: { audience: "https://api.anthropic.com", path: token }
`,
    )
    .join('---\n')
}

const WIDE = [
  'match/k8s-namespace-wildcard',
  'match/tenant-wide',
  'match/group-wide',
  'match/segment-boundary',
]

interface Split {
  title: string
  text: string
  /** New files by name. */
  files: Record<string, string>
}

/** What becomes of a file when its wide rule is split; undefined where that is not offered. */
function split(name: string, text: string, workloads: string): Split | undefined {
  const uri = `file:///w/${name}`
  const workspace = createWorkspace(rules)
  workspace.update('file:///w/pods.yaml', 'disk', workloads)
  workspace.update(uri, 'editor', text)
  expect(workspace.findings(uri).filter(({ rule }) => WIDE.includes(rule))).toHaveLength(1)
  const fix = quickFixes(workspace, uri, { start: 0, end: text.length }).find(f =>
    f.title.startsWith('Split'),
  )
  if (!fix) return undefined
  const after = applyEdits(text, fix.edits.get(uri) ?? [])
  expect(fix.edits.size).toBe(1)

  // What was too wide is not any more, in any of the files, and each workload is admitted by one rule.
  workspace.update(uri, 'editor', after)
  for (const [uri, created] of fix.creates) workspace.update(uri, 'disk', created)
  for (const file of workspace.files()) {
    const wide = workspace.findings(file.uri).filter(({ rule }) => WIDE.includes(rule))
    const broken = workspace.findings(file.uri).filter(({ rule }) => /^(?:syntax|schema)\//.test(rule))
    expect([...wide, ...broken], file.text).toEqual([])
  }
  const names = workspace
    .view()
    .rules()
    .map(rule => rule.name?.value)
  expect(new Set(names).size).toBe(names.length)
  const files = [...fix.creates].map(([uri, created]) => [uri.slice('file:///w/'.length), created])
  return { title: fix.title, text: after, files: Object.fromEntries(files) }
}

const RULE = {
  name: 'inference',
  issuer_id: 'fdis_...',
  match: {
    subject_prefix: 'system:serviceaccount:inference:*',
    audience: 'https://api.anthropic.com',
  },
  target: { type: 'service_account', service_account_id: 'svac_...' },
  workspace_id: 'wrkspc_...',
  oauth_scope: 'workspace:inference',
}
const RESPONSE = {
  ...RULE,
  id: 'fdrl_01Inference',
  type: 'federation_rule',
  issuer_name: 'eks',
  workspace_id: undefined,
  workspace_ids: ['wrkspc_01A'],
  created_at: '2026-01-01T00:00:00Z',
  archived_at: null,
  target: { ...RULE.target, service_account_name: 'inference' },
}
const ACCOUNTS = ['batch', 'named', 'search']

/** The rule that a split makes for an account. */
function copy(account: string) {
  const subject_prefix = `system:serviceaccount:inference:${account}`
  return { ...RULE, name: `inference-${account}`, match: { ...RULE.match, subject_prefix } }
}

/** The same rule, for one account. */
function narrowed(rule: object, account: string) {
  return { ...rule, match: copy(account).match }
}

const shapes: [string, (rule: object) => object, (value: unknown) => unknown[]][] = [
  ['a list', rule => [{ ...RULE, ...OTHER }, rule], value => (value as unknown[]).slice(1)],
  ['a bundle', rule => ({ rules: [rule] }), value => (value as { rules: unknown[] }).rules],
  ['what the API lists', rule => ({ data: [rule] }), value => (value as { data: unknown[] }).data],
]
const OTHER = { name: 'inference-search', match: { subject_prefix: 'repo:acme/app:ref:refs/heads/main' } }

describe.each(shapes)('in %s', (name, wrap, unwrap) => {
  // The name is taken in the list.
  const search = { ...copy('search'), ...(name === 'a list' && { name: 'inference-inference-search' }) }

  test.each([
    ['json', (value: object) => JSON.stringify(value, null, 2)],
    ['json', (value: object) => JSON.stringify(value)],
    ['yaml', (value: object) => JSON.stringify(value, null, 2)],
  ])('a request in %s, %s', (format, write) => {
    const done = split(`rules.${format}`, write(wrap(RULE)), pods(...ACCOUNTS))
    expect(done?.title).toBe('Split into one rule for each of the 3 service accounts')
    expect(unwrap(toValue(parseYaml(done?.text ?? '')[0]?.root))).toEqual([
      narrowed(RULE, 'batch'),
      copy('named'),
      search,
    ])
  })

  test('a response keeps its id, for the workload that names it', () => {
    const done = split('rules.json', JSON.stringify(wrap(RESPONSE), null, '\t'), pods(...ACCOUNTS))
    const { workspace_id: _, ...response } = RESPONSE
    expect(unwrap(JSON.parse(done?.text ?? ''))).toEqual([
      narrowed(response, 'named'),
      { ...copy('batch'), workspace_id: 'wrkspc_01A' },
      { ...search, workspace_id: 'wrkspc_01A' },
    ])
  })
})

test('in a YAML list, beside its comments', () => {
  const text = `# all rules
rules:
- name: inference # wide
  issuer_id: fdis_...
  match:
    # whoever runs there
    subject_prefix: "system:serviceaccount:inference:*" # for now
    condition: |
      claims.iss != ""
  target: {type: service_account, service_account_id: svac_...}
  workspace_id: wrkspc_...
  oauth_scope: 'workspace:inference' # the end

# another
- name: other
  issuer_id: fdis_...
  match: {subject_prefix: "repo:acme/app:ref:refs/heads/main"}
`
  expect(split('rules.yaml', text, pods('a', 'b'))?.text).toBe(
    text.replace('inference:*', 'inference:a').replace(
      '# the end\n',
      `# the end
- name: inference-b
  issuer_id: fdis_...
  match:
    subject_prefix: system:serviceaccount:inference:b
    condition: "claims.iss != \\"\\"\\n"
  target:
    type: service_account
    service_account_id: svac_...
  workspace_id: wrkspc_...
  oauth_scope: workspace:inference
`,
    ),
  )
})

test('in a YAML stream, each as a document of its own', () => {
  const text = `# the rule
name: inference
issuer_id: fdis_...
match:
    subject_prefix: system:serviceaccount:inference:* # for now
`
  const stream = `${text}---\n${pods('a', 'b')}`
  const copies = `---
name: inference-b
issuer_id: fdis_...
match:
    subject_prefix: system:serviceaccount:inference:b
`
  expect(split('rule.yaml', text, pods('a', 'b'))?.text).toBe(text.replace(':*', ':a') + copies)
  expect(split('rule.yaml', text.trimEnd(), pods('a', 'b'))?.text).toBe(text.replace(':*', ':a') + copies)
  const more = copies.replace(/(?<=inference[-:])b/g, 'c')
  expect(split('rule.yaml', text.trimEnd(), pods('a', 'b', 'c'))?.text).toBe(
    text.replace(':*', ':a') + copies + more,
  )
  expect(split('rule.yaml', stream, '')?.text).toBe(
    `${text.replace(':*', ':a')}${copies}---\n${pods('a', 'b')}`,
  )
  expect(split('rule.yaml', text.replaceAll('\n', '\r\n'), pods('a', 'b'))?.text).toBe(
    (text.replace(':*', ':a') + copies).replaceAll('\n', '\r\n'),
  )
})

test('in JSON, one object to a file, as files of their own', () => {
  const done = split('rule.json', `${JSON.stringify(RULE, null, '\t')}\n`, pods('a', 'b', 'c'))
  expect(done?.title).toBe('Split into one rule for each of the 3 service accounts, in files of their own')
  expect(JSON.parse(done?.text ?? '')).toEqual(narrowed(RULE, 'a'))
  expect(done?.files).toEqual({
    'inference-b.json': `${JSON.stringify(copy('b'), null, '\t')}\n`,
    'inference-c.json': `${JSON.stringify(copy('c'), null, '\t')}\n`,
  })
})

test('workloads of one name are told apart by the rest of their subjects', () => {
  const text = JSON.stringify([
    { ...RULE, match: { ...RULE.match, subject_prefix: 'system:serviceaccount:*' } },
  ])
  const done = split('rules.json', text, pods('worker', 'a/worker', 'b/worker'))
  const names = (JSON.parse(done?.text ?? '') as { name: string }[]).map(({ name }) => name)
  expect(names).toEqual(['inference', 'inference-worker', 'inference-b-worker'])
})

test.each([
  ['for one workload', 'rules.json', JSON.stringify([RULE]), pods('a')],
  ['for none', 'rules.json', JSON.stringify([RULE]), ''],
  [
    'for more than anyone would make',
    'rules.json',
    JSON.stringify([RULE]),
    pods(...Array.from({ length: 21 }, (_, i) => `w${i}`)),
  ],
])('is not offered %s', (_, name, text, workloads) => {
  expect(split(name, text, workloads)).toBeUndefined()
})
