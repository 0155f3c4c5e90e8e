import { expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { createWorkspace } from './workspace.ts'

const pod = (audience: string) => `apiVersion: v1
kind: Pod
metadata: { name: worker, namespace: inference }
spec:
  serviceAccountName: worker
  volumes:
    - name: token
      projected: { sources: [{ serviceAccountToken: { audience: "${audience}", path: token } }] }
  containers:
    - name: app
      image: x
      env:
        - { name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /secrets/token }
        - { name: ANTHROPIC_FEDERATION_RULE_ID, value: fdrl_... }
        - { name: ANTHROPIC_ORGANIZATION_ID, value: 00000000-0000-0000-0000-000000000000 }
        - { name: ANTHROPIC_SERVICE_ACCOUNT_ID, value: svac_... }
      volumeMounts: [{ name: token, mountPath: /secrets }]
`
const rule = `name: worker
issuer_id: fdis_...
match: { subject_prefix: "system:serviceaccount:inference:worker", audience: "https://api.anthropic.com" }
target: { type: service_account, service_account_id: svac_... }
workspace_id: wrkspc_...
oauth_scope: workspace:inference
`
const [POD, RULE] = ['file:///w/pod.yaml', 'file:///w/rule.yaml']
const ids = (workspace: ReturnType<typeof createWorkspace>, uri: string) =>
  workspace.findings(uri).map(f => f.rule)

test('a change in a pod changes the findings at its rule, and back', () => {
  const workspace = createWorkspace(rules)
  workspace.update(RULE, 'disk', rule)
  workspace.update(POD, 'disk', pod('https://api.anthropic.com'))
  expect([ids(workspace, POD), ids(workspace, RULE)]).toEqual([[], []])

  expect(workspace.update(POD, 'editor', pod('https://api.anthropic.com/'))).toBe(true)
  expect(ids(workspace, POD)).toEqual(['cross/audience-mismatch'])
  expect(ids(workspace, RULE)).toEqual(['cross/audience-mismatch'])

  expect(workspace.update(POD, 'editor', undefined), 'the disk counts again').toBe(true)
  expect([ids(workspace, POD), ids(workspace, RULE)]).toEqual([[], []])
})

test('an edit that says nothing new to others does not reach them', () => {
  const workspace = createWorkspace(rules)
  workspace.update(RULE, 'disk', rule)
  workspace.update(POD, 'disk', pod('https://api.anthropic.com'))
  const before = workspace.findings(RULE)
  const generation = workspace.generation()
  expect(workspace.update(POD, 'editor', `# a comment\n${pod('https://api.anthropic.com')}`)).toBe(false)
  expect(workspace.generation()).toBe(generation)
  expect(workspace.findings(RULE)).toBe(before)
})

test('a finding that points into another file moves with it', () => {
  const workspace = createWorkspace(rules)
  workspace.update(RULE, 'disk', rule)
  workspace.update(POD, 'disk', pod('a'))
  const place = () => workspace.findings(RULE)[0]?.related[0]
  const before = place()?.at.start ?? 0
  expect(workspace.update(POD, 'editor', `# a comment\n${pod('a')}`)).toBe(false)
  expect(place()?.at.start).toBe(before + '# a comment\n'.length)
  expect(place()?.file).toBe(workspace.file(POD))
})

test('a file that is gone takes its findings along, in itself and in others', () => {
  const workspace = createWorkspace(rules)
  workspace.update(RULE, 'disk', rule)
  workspace.update(POD, 'disk', pod('vault'))
  expect(ids(workspace, RULE)).toContain('cross/audience-mismatch')
  expect(workspace.update(POD, 'disk', undefined)).toBe(true)
  expect(ids(workspace, RULE)).toEqual([])
  expect(workspace.files().map(f => f.uri)).toEqual([RULE])
})

test('files that do not matter are not kept, and other formats not read', () => {
  const workspace = createWorkspace(rules)
  expect(workspace.update('file:///w/other.yaml', 'disk', 'a: 1')).toBe(false)
  expect(workspace.update('file:///w/rule.txt', 'disk', rule)).toBe(false)
  expect(workspace.files()).toEqual([])
  expect(workspace.update('untitled:1', 'editor', rule, 'yaml'), 'the editor says what it is').toBe(true)
})

test('the order of arrival does not change what is found', () => {
  const found = (order: [string, string][]) => {
    const workspace = createWorkspace(rules)
    for (const [uri, text] of order) workspace.update(uri, 'disk', text)
    return workspace
      .files()
      .map(f => [f.uri, workspace.findings(f.uri).map(x => [x.rule, x.start, x.message])])
  }
  const files: [string, string][] = [
    [POD, pod('vault')],
    [RULE, rule],
    ['file:///w/a.json', '{"issuer_url": "x", "name": "N"}'],
  ]
  expect(found(files)).toEqual(found([...files].reverse()))
})

test('the namespace kustomize gives counts as the pod’s own, whichever comes first', () => {
  const bare = pod('vault').replace(', namespace: inference', '')
  const kustomization = [
    'file:///w/kustomization.yaml',
    'namespace: inference\nresources: [pod.yaml]\n',
  ] as const
  const workspace = createWorkspace(rules)
  workspace.update(RULE, 'disk', rule)
  workspace.update(POD, 'disk', bare)
  expect(ids(workspace, RULE), 'the namespace is not known').toEqual([])
  workspace.update(kustomization[0], 'disk', kustomization[1])
  expect(ids(workspace, RULE)).toContain('cross/audience-mismatch')
  workspace.update(POD, 'editor', `${bare}# edited\n`)
  expect(ids(workspace, RULE)).toContain('cross/audience-mismatch')
  workspace.update(kustomization[0], 'disk', undefined)
  expect(ids(workspace, RULE)).toEqual([])
  expect(workspace.findings(kustomization[0])).toEqual([])
})
