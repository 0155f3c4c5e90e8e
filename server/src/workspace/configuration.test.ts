import { expect, test } from 'vitest'
import { textEdits } from '../lint/fix.ts'
import { rules } from '../rules/index.ts'
import { applyEdits } from '../text/edit.ts'
import { createWorkspace, type Workspace } from './workspace.ts'

const wide = JSON.stringify(
  {
    name: 'prod',
    issuer_id: 'fdis_...',
    match: { subject_prefix: 'arn:aws:iam::123456789012:role/*', audience: 'https://api.anthropic.com' },
    target: { type: 'service_account', service_account_id: 'svac_...' },
    workspace_id: 'wrkspc_...',
    oauth_scope: 'workspace:inference',
  },
  null,
  2,
)
const CONFIG = 'file:///w/wif-lint.json'
const RULE = 'file:///w/rules/prod.json'

/** A workspace with these files; an object is written as JSON. */
function open(files: Record<string, string | object>): Workspace {
  const workspace = createWorkspace(rules)
  for (const [uri, value] of Object.entries(files)) {
    workspace.update(uri, 'disk', typeof value === 'string' ? value : JSON.stringify(value, null, 2))
  }
  return workspace
}

const found = (workspace: Workspace, uri: string) =>
  workspace.findings(uri).map(f => `${f.severity} ${f.rule}`)

test('without a configuration a rule has the severity of its class', () => {
  expect(found(open({ [RULE]: wide }), RULE)).toEqual(['warning match/tenant-wide'])
})

test.each([
  [{ 'match/tenant-wide': 'error' }, ['error match/tenant-wide']],
  [{ match: 'info' }, ['info match/tenant-wide']],
  [{ default: 'off' }, []],
  [{ default: 'off', match: 'error', 'match/tenant-wide': 'hint' }, ['hint match/tenant-wide']],
  [{ 'match/group-wide': 'off' }, ['warning match/tenant-wide']],
])('severity %j', (severity, expected) => {
  expect(found(open({ [RULE]: wide, [CONFIG]: { severity } }), RULE)).toEqual(expected)
})

test('the nearest configuration counts, alone', () => {
  const workspace = open({
    [RULE]: wide,
    [CONFIG]: { severity: { match: 'off' } },
    'file:///w/rules/wif-lint.yaml': 'severity: { "match/group-wide": "off" }',
  })
  expect(found(workspace, RULE)).toEqual(['warning match/tenant-wide'])
  workspace.update('file:///w/rules/wif-lint.yaml', 'disk', undefined)
  expect(found(workspace, RULE)).toEqual([])
  expect(
    found(open({ [RULE]: wide, 'file:///elsewhere/wif-lint.json': { severity: { match: 'off' } } }), RULE),
  ).toHaveLength(1)
})

test('an ignore by file, rule and place, and what it does not reach', () => {
  const ignore = {
    files: 'rules/*.json',
    rule: 'match/tenant-wide',
    at: '/match',
    reason: 'a sandbox account',
  }
  const silent = (more: object) =>
    found(open({ [RULE]: wide, [CONFIG]: { ignores: [{ ...ignore, ...more }] } }), RULE)
  expect(silent({})).toEqual([])
  expect(silent({ at: '/match/subject_prefix' })).toEqual([])
  expect(silent({ at: undefined, files: undefined })).toEqual([])
  expect(silent({ at: '/match/subject' })).toHaveLength(1)
  expect(silent({ files: 'other/**' })).toHaveLength(1)
  expect(silent({ rule: 'match/group-wide' })).toHaveLength(1)
})

test('an ignore that no longer matches is found, and one that does is not', () => {
  const ignores = [{ rule: 'match/tenant-wide', reason: 'known' }]
  const workspace = open({ [RULE]: wide, [CONFIG]: { ignores } })
  expect(found(workspace, CONFIG)).toEqual([])
  workspace.update(RULE, 'editor', wide.replace('role/*', 'role/app'))
  expect(found(workspace, CONFIG)).toEqual(['warning config/unused-ignore'])
})

test('the configuration is linted itself: names that are near get a question', () => {
  const workspace = open({
    [CONFIG]: {
      profil: 'quiet',
      severity: { 'match/tenant-wid': 'off', mtch: 'off', 'match/group-wide': 'of' },
      ignores: [{ rule: 'nothing/like-it' }],
    },
  })
  expect(workspace.findings(CONFIG).map(f => f.message)).toEqual([
    'There is no setting `profil`; did you mean `profile`?',
    'There is no rule `match/tenant-wid`; did you mean `match/tenant-wide`?',
    'There is no rule `mtch`; did you mean `match`?',
    '`match/group-wide` must be `off`, `hint`, `info`, `warning` or `error`; this is "of". Did you mean `off`?',
    '`reason` is required',
    'There is no rule `nothing/like-it`',
  ])
})

test.each([
  ['subject_prefix: "arn:aws:iam::123456789012:role/*" # wif-ignore match/tenant-wide: sandbox', []],
  ['# wif-ignore match/tenant-wide: sandbox\n  subject_prefix: "arn:aws:iam::123456789012:role/*"', []],
  [
    '# wif-ignore match/tenant-wide\n\n  subject_prefix: "arn:aws:iam::123456789012:role/*"',
    ['warning config/unused-ignore', 'warning match/tenant-wide'],
  ],
  [
    'subject_prefix: "arn:aws:iam::123456789012:role/app" # wif-ignore match/tenant-wide: sandbox',
    ['warning config/unused-ignore'],
  ],
  [
    'subject_prefix: "arn:aws:iam::123456789012:role/*" # wif-ignore match/tenant-wid: x',
    ['warning match/tenant-wide', 'warning config/unknown-rule'],
  ],
  ...['', ':', ': sandbox', ' match: all of it', ' match/tenant-wide, match/group-wide: x', ' *'].map(
    (rest): [string, string[]] => [
      `subject_prefix: "arn:aws:iam::123456789012:role/*" # wif-ignore${rest}`,
      ['warning match/tenant-wide', 'warning config/unknown-rule'],
    ],
  ),
  ...[' comments are for later', '-file', 'd: old'].map((rest): [string, string[]] => [
    `subject_prefix: "arn:aws:iam::123456789012:role/app" # wif-ignore${rest}`,
    [],
  ]),
  [
    'subject_prefix: "arn:aws:iam::123456789012:role/# wif-ignore match/tenant-wide*"',
    ['error match/aws-arn-malformed'],
  ],
])('a comment in YAML: %s', (line, expected) => {
  const yaml = `name: prod
issuer_id: fdis_...
match:
  audience: https://api.anthropic.com
  ${line}
target: { type: service_account, service_account_id: svac_... }
workspace_id: wrkspc_...
oauth_scope: workspace:inference
`
  expect(found(open({ 'file:///w/r.yaml': yaml }), 'file:///w/r.yaml')).toEqual(expected)
})

test('what breaks the syntax cannot be silenced', () => {
  const workspace = open({
    'file:///w/r.json': '{"issuer_url": "x", "name": "y"',
    [CONFIG]: { severity: { default: 'off', syntax: 'off' } },
  })
  expect(found(workspace, 'file:///w/r.json')).toEqual(['error syntax/json'])
})

test('the fix of an ignore that silences nothing takes it out, and leaves the others', () => {
  const ignores = [
    { rule: 'match/tenant-wide', reason: 'known' },
    { rule: 'match/group-wide', reason: 'gone' },
  ]
  const workspace = open({ [RULE]: wide, [CONFIG]: { ignores } })
  const file = workspace.file(CONFIG)
  const fix = workspace.findings(CONFIG)[0]?.fixes[0]
  const edits = fix && file && textEdits(fix, file)?.get(CONFIG)
  const after = applyEdits(file?.text ?? '', edits ?? [])
  expect(JSON.parse(after)).toEqual({ ignores: ignores.slice(0, 1) })
})

test('a link that leads to no issuer and no rule is found', () => {
  const files = {
    [RULE]: wide,
    [CONFIG]: {
      links: { fdrl_01A: 'rules/prod.json', fdrl_01B: 'rules/gone.json', fdis_01C: '../elsewhere.json' },
    },
  }
  const workspace = open(files)
  expect(workspace.findings(CONFIG).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    'config/dead-link: No issuer and no rule is in "rules/gone.json", so `fdrl_01B` leads nowhere',
  ])
  workspace.update('file:///w/rules/gone.json', 'disk', wide)
  expect(workspace.findings(CONFIG)).toEqual([])
})

test('of two configurations in a folder one counts, and the other says so', () => {
  const workspace = open({
    [RULE]: wide,
    [CONFIG]: { severity: { match: 'off' } },
    'file:///w/wif-lint.yaml': 'ignores: [{ rule: match/tenant-wide, reason: known }]',
    'file:///w/sub/wif-lint.yaml': 'profile: strict',
  })
  expect(found(workspace, RULE)).toEqual([])
  expect(found(workspace, CONFIG)).toEqual([])
  expect(found(workspace, 'file:///w/sub/wif-lint.yaml')).toEqual([])
  expect(
    workspace.findings('file:///w/wif-lint.yaml').map(({ rule, message }) => `${rule}: ${message}`),
  ).toEqual([
    'config/passed-over: Nothing of this counts: one configuration holds in a folder, and here that is wif-lint.json',
  ])
})
