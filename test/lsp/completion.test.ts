import { beforeEach, describe, expect, test } from 'vitest'
import type {
  ClientCapabilities,
  CompletionContext,
  CompletionList,
} from 'vscode-languageserver-protocol/node'
import type { Client } from './client.ts'
import { COMPLETING, halfTyped, type Offer, offered, openText, SNIPPETS } from './completing.ts'
import { FORMATS, type Format, inFormat, openFixture } from './cursor.ts'
import { connectInside } from './servers.ts'
import { replaced, STACK } from './stack.ts'

type Files = Record<string, string>

let client: Client
async function start(capabilities: ClientCapabilities) {
  client = connectInside()
  await client.initialize({ capabilities })
  return () => client.end()
}

/** What is offered at the cursor of the file `name`, where the others are open too. */
async function offer(format: Format, files: Files, name: string): Promise<Offer> {
  const { [name]: source = '', ...others } = files
  const around = openFixture(client, others, format)
  const typed = halfTyped(source, format).replaceAll('.ext', `.${format}`)
  const { at, texts } = openText(client, name, format, typed)
  return offered(client, { at, texts: new Map([...around.texts, ...texts]) })
}

/** Where something is typed: the file, what it says, and what stands there half typed. `~~`: no colon yet. */
type Typed = [file: string, from: string, typed: string]

const GITHUB = {
  ...STACK,
  issuer: `id: fdis_01Hub
name: github
issuer_url: https://token.actions.githubusercontent.com
jwks:
  type: discovery
`,
  rule: `name: ci
issuer_id: fdis_01Hub
match:
  subject_prefix: repo:acme/app:ref:refs/heads/main
  claims:
    environment: production
target:
  type: service_account
  service_account_id: svac_01Search
workspace_id: wrkspc_01Prod
oauth_scope: workspace:inference
`,
}

const POLICY = {
  policy: `Version: "2012-10-17"
Statement:
  - Effect: Allow
    Action: sts:GetWebIdentityToken
    Resource: "*"
    Condition:
      ForAllValues:StringEquals:
        sts:IdentityTokenAudience: https://api.anthropic.com
`,
}

const CONFIG = {
  ...replaced(replaced(STACK, 'rule', 'fdis_01Eks', 'fdis_02Other'), 'issuer', 'id: fdis_01Eks\n', ''),
  'wif-lint': `profile: quiet
severity:
  match/tenant-wide: error
ignores:
  - rule: match/group-wide
    reason: none other here
links:
  fdis_02Other: other.ext
`,
}

describe.each(FORMATS)('in %s', format => {
  beforeEach(() => start(COMPLETING))

  test.each<[files: Files, ...Typed, label: string, becomes: string]>([
    // Names: with what they usually hold, where that is known.
    [
      STACK,
      'rule',
      'oauth_scope: workspace:inference',
      'oau$0: ~~',
      'oauth_scope',
      'oauth_scope: workspace:inference',
    ],
    [STACK, 'rule', 'issuer_id: fdis_01Eks', '$0: ~~', 'issuer_id', 'issuer_id: fdis_01Eks'],
    [STACK, 'rule', 'oauth_scope: workspace', 'o$0auth: workspace', 'oauth_scope', 'oauth_scope: workspace'],
    [STACK, 'rule', '  type: service_account', '  ty$0: ~~', 'type', '  type: service_account'],
    [STACK, 'issuer', 'jwks:\n  type: discovery', 'jw$0: ~~', 'jwks', 'jwks:\n  type: discovery'],
    [GITHUB, 'rule', 'environment: production', 'repository$0: ~~', 'repository', 'repository: acme/app'],
    [
      POLICY,
      'policy',
      'sts:IdentityTokenAudience: https://api.anthropic.com',
      'sts$0: ~~',
      'sts:IdentityTokenAudience',
      'sts:IdentityTokenAudience: https://api.anthropic.com',
    ],
    [
      POLICY,
      'policy',
      '    Condition:\n',
      '    Condition:\n      $0: ~~\n',
      'NumericLessThanEquals',
      '    Condition:\n      NumericLessThanEquals:\n        sts:DurationSeconds: 900\n',
    ],
    [CONFIG, 'wif-lint', 'fdis_02Other: other.ext', 'fd$0: ~~', 'fdis_02Other', 'fdis_02Other: issuer.ext'],
    // Values of the workspace.
    [STACK, 'rule', 'fdis_01Eks', '$0', 'fdis_01Eks', 'fdis_01Eks'],
    [STACK, 'rule', 'fdis_01Eks', 'fdis$0_xyz', 'fdis_01Eks', 'fdis_01Eks'],
    [
      STACK,
      'rule',
      'system:serviceaccount:inference:search',
      'sys$0',
      'system:serviceaccount:inference:search',
      'system:serviceaccount:inference:search',
    ],
    [STACK, 'rule', 'svac_01Search', '$0', 'svac_01Search', 'svac_01Search'],
    [STACK, 'pod', 'fdrl_01Search', '$0', 'fdrl_01Search', 'fdrl_01Search'],
    [
      STACK,
      'pod',
      '/var/run/secrets/claude/token',
      '$0',
      '/var/run/secrets/claude/token',
      '/var/run/secrets/claude/token',
    ],
    [
      STACK,
      'pod',
      'serviceAccountName: search',
      'serviceAccountName: $0',
      'search',
      'serviceAccountName: search',
    ],
    [
      STACK,
      'pod',
      '- name: claude-token\n          mountPath',
      '- name: $0\n          mountPath',
      'claude-token',
      '- name: claude-token\n          mountPath',
    ],
    [
      STACK,
      'pod',
      'mountPath: /var/run/secrets',
      'mountPath: $0',
      '/var/run/secrets',
      'mountPath: /var/run/secrets',
    ],
    [
      STACK,
      'pod',
      '        - name: ANTHROPIC_SERVICE_ACCOUNT_ID\n          value: svac_01Search',
      '        - ANT$0',
      'ANTHROPIC_SERVICE_ACCOUNT_ID',
      '        - name: ANTHROPIC_SERVICE_ACCOUNT_ID\n          value: svac_01Search',
    ],
    [GITHUB, 'rule', 'environment: production', 'repository: $0', 'acme/app', 'repository: acme/app'],
    // Values of the schemas.
    [STACK, 'issuer', 'type: discovery', 'type: $0', 'inline', 'type: inline'],
    [
      STACK,
      'rule',
      'oauth_scope: workspace:inference',
      'oauth_scope: $0',
      'workspace:developer',
      'oauth_scope: workspace:developer',
    ],
    [
      POLICY,
      'policy',
      'Action: sts:GetWebIdentityToken',
      'Action: sts:$0',
      'sts:GetWebIdentityToken',
      'Action: sts:GetWebIdentityToken',
    ],
    [CONFIG, 'wif-lint', 'profile: quiet', 'profile: $0', 'strict', 'profile: strict'],
    [CONFIG, 'wif-lint', 'tenant-wide: error', 'tenant-wide: $0', 'off', 'tenant-wide: "off"'],
    [
      CONFIG,
      'wif-lint',
      'rule: match/group-wide',
      'rule: match$0',
      'match/inner-wildcard',
      'rule: match/inner-wildcard',
    ],
    [
      CONFIG,
      'wif-lint',
      'fdis_02Other: other.ext',
      'fdis_02Other: $0',
      `issuer.${format}`,
      'fdis_02Other: issuer.ext',
    ],
  ])('%#: $1: $3, $4', async (files, name, from, typed, label, becomes) => {
    const { accept } = await offer(format, replaced(files, name, from, typed), name)
    const expected = replaced(files, name, from, becomes)[name] ?? ''
    expect(accept(label)).toBe(inFormat(expected, format).replaceAll('.ext', `.${format}`))
  })

  test.each<[files: Files, ...Typed, labels: string[]]>([
    // Required ones first, none that is there; nothing that only answers hold, nor what excludes another.
    [
      STACK,
      'rule',
      'id: fdrl_01Search\nname: search',
      '$0: ~~',
      ['name', 'description', 'token_lifetime_seconds'],
    ],
    [STACK, 'rule', '  audience: https://api.anthropic.com', '  $0: ~~', ['audience', 'claims', 'condition']],
    [STACK, 'issuer', '  type: discovery', '  type: discovery\n  $0: ~~', ['discovery_base', 'ca_cert_pem']],
    [STACK, 'issuer', '  type: discovery', '  type: explicit_url\n  $0: ~~', ['url', 'ca_cert_pem']],
    [STACK, 'issuer', 'name: eks-prod', '$0: ~~', ['name', 'max_jwt_lifetime_seconds', 'check_jti']],
    [STACK, 'pod', '              path: claude/token', '              $0: ~~', ['path']],
    // The subject that the issuer signs; then how its provider writes one.
    [
      STACK,
      'rule',
      'system:serviceaccount:inference:search',
      '$0',
      ['system:serviceaccount:inference:search', 'system:serviceaccount:<namespace>:<name>'],
    ],
    [
      GITHUB,
      'rule',
      'repo:acme/app:ref:refs/heads/main',
      '$0',
      ['repo:<owner>/<repository>:ref:refs/heads/<branch>'],
    ],
    [STACK, 'rule', 'https://api.anthropic.com', '$0', ['https://api.anthropic.com']],
    // No claim of Kubernetes' can be compared.
    [STACK, 'rule', '  audience: https://api.anthropic.com', '  claims:\n    $0: ~~', []],
    // Nothing the linter would object to.
    [
      replaced(STACK, 'issuer', 'jwks:', 'check_jti: x\njwks:'),
      'issuer',
      'check_jti: x',
      'check_jti: $0',
      ['true'],
    ],
    [STACK, 'rule', 'workspace:inference', '$0', ['workspace:inference', 'workspace:developer']],
    [
      STACK,
      'pod',
      '        - name: ANTHROPIC_ORGANIZATION_ID\n          value: 0c9a1f8e-5d7a-4c2b-9f1e-3a6b7c8d9e0f',
      '        - name: ANT$0',
      ['ANTHROPIC_ORGANIZATION_ID', 'ANTHROPIC_WORKSPACE_ID'],
    ],
    [
      POLICY,
      'policy',
      'ForAllValues:StringEquals:\n        sts:IdentityTokenAudience: https://api.anthropic.com',
      'NumericLessThanEquals:\n        $0: ~~',
      ['sts:DurationSeconds'],
    ],
    [CONFIG, 'wif-lint', 'profile: quiet', '$0: ~~', ['profile', 'scopes', 'audiences']],
    // Free text, and names of one's own.
    [STACK, 'pod', 'image: registry.example/search:1', 'image: $0', []],
    [STACK, 'rule', 'name: search', 'name: $0', []],
  ])('%#: $1: $3 has $4', async (files, name, from, typed, labels) => {
    const { labels: all } = await offer(format, replaced(files, name, from, typed), name)
    expect(all).toEqual(labels)
  })

  test('claims that name somebody come first, those of the caller last and marked', async () => {
    const files = replaced(GITHUB, 'rule', 'environment: production', '$0: ~~')
    const { items, labels } = await offer(format, files, 'rule')
    expect(labels.slice(0, 2)).toEqual(['repository_owner', 'repository_owner_id'])
    expect(labels).not.toContain('sub')
    expect(labels).not.toContain('run_id')
    expect(items.at(-1)?.detail).toBe('chosen by the caller')
    const [actor] = items.filter(({ label }) => label === 'actor')
    expect(labels.indexOf('actor')).toBeGreaterThan(labels.indexOf('ref'))
    expect(actor?.documentation).toMatchObject({ value: expect.stringContaining('Chosen by the caller') })
  })

  test('says what a field is', async () => {
    const files = replaced(STACK, 'rule', 'oauth_scope: workspace:inference', '$0: ~~')
    const { items } = await offer(format, files, 'rule')
    const [lifetime] = items.filter(({ label }) => label === 'token_lifetime_seconds')
    expect(lifetime).toMatchObject({
      detail: 'integer',
      documentation: { kind: 'markdown', value: expect.stringContaining('60 to 86400') },
    })
  })

  test.each([
    'name: eslint\nrules:\n  no-unused: $0\n',
    'match:\n  host: example.com\n  $0: ~~\ntarget: x\n',
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      image: app:1\n      env:\n        - $0: ~~\n',
    'Statement:\n  - Effect: Allow\n    Action: s3:$0\n',
    'openid:\n  issuer_url: https://idp.example\n  $0: ~~\n',
  ])('nothing in files of others: %j', async yaml => {
    expect((await offer(format, { values: yaml }, 'values')).labels).toEqual([])
    expect((await offer(format, { ...STACK, values: yaml }, 'values')).labels).toEqual([])
  })

  test('the first letters of a variable tell that a pod is meant', async () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      image: app:1\n      env:\n        - name: ANTH$0\n'
    expect((await offer(format, { pod }, 'pod')).labels).toContain('ANTHROPIC_FEDERATION_RULE_ID')
  })

  test('a blank brings up values alone', async () => {
    const blank = { triggerKind: 2 as const, triggerCharacter: ' ' }
    const at = (source: string) => openText(client, 'rule', format, source)
    const ask = async (source: string) => (await offered(client, at(source), blank)).labels
    if (format === 'yaml') {
      expect(await ask('issuer_id: fdis_01a\nmatch:\n  subject_prefix: x\noauth_scope: $0\n')).toHaveLength(2)
      expect(await ask('issuer_id: fdis_01a\nmatch:\n  $0\n')).toEqual([])
      // What may be typed otherwise must not be replaced by an Enter.
      expect(await ask('issuer_id: fdis_01a\nmatch: {}\ntoken_lifetime_seconds: $0\n')).toEqual([])
      expect(await ask('issuer_id: fdis_01a\nmatch:\n  audience: $0\n')).toEqual([])
      expect(await ask('issuer_id: fdis_01a\nmatch: $0\n')).toEqual([])
      expect(await ask('issuer_id: fdis_01a\nmatch:\n  condition: claims.a == "b" && $0\n')).toEqual([])
    } else {
      expect(await ask('{ "issuer_id": "fdis_01a", "match": {}, "oauth_scope": $0 }')).toHaveLength(2)
      expect(await ask('{ "issuer_id": "fdis_01a", $0 }')).toEqual([])
    }
  })
})

test('an editor that knows places to type in gets them', async () => {
  const end = await start(SNIPPETS)
  const { at, texts } = openText(
    client,
    'rule',
    'json',
    '{\n  "issuer_id": "fdis_01a",\n  "match": {},\n  "ta$0"\n}',
  )
  const { items } = await offered(client, { at, texts })
  const target = items.find(({ label }) => label === 'target')
  expect(target).toMatchObject({ insertTextFormat: 2, insertTextMode: 1, filterText: '"target' })
  expect(target?.textEdit).toMatchObject({
    newText: '"target": {\n    "type": "service_account",\n    "service_account_id": "${1:svac_...}"\n  }',
  })
  await end()
})

test('beside an id stands what it is called, where the editor shows that in a list', async () => {
  const names = async () => {
    for (const [name, text] of Object.entries(STACK)) openText(client, name, 'yaml', `${text}$0`)
    const { at, texts } = openText(
      client,
      'draft',
      'yaml',
      'issuer_id: $0\noauth_scope: workspace:inference\n',
    )
    const { items } = await offered(client, { at, texts })
    return items.flatMap(({ label, labelDetails }) =>
      labelDetails ? [[label, labelDetails.description]] : [],
    )
  }
  let end = await start({
    ...COMPLETING,
    textDocument: { completion: { completionItem: { labelDetailsSupport: true } } },
  })
  expect(await names()).toEqual([['fdis_01Eks', 'eks-prod, Amazon EKS']])
  await end()
  end = await start(COMPLETING)
  expect(await names()).toEqual([])
  await end()
})

test('an editor that indents by itself gets the lines without', async () => {
  const end = await start({
    ...SNIPPETS,
    textDocument: { completion: { completionItem: { snippetSupport: true } } },
  })
  const { at, texts } = openText(
    client,
    'a',
    'yaml',
    'rules:\n  - issuer_id: fdis_01a\n    match: {}\n    ta$0\n',
  )
  const { items } = await offered(client, { at, texts })
  expect(items.find(({ label }) => label === 'target')?.textEdit).toMatchObject({
    newText: 'target:\n  type: service_account\n  service_account_id: ${1:svac_...}',
  })
  await end()
})

describe('in a comment that ignores findings', () => {
  beforeEach(() => start(COMPLETING))
  const WIDE = STACK.rule.replace('inference:search', 'inference:*')
  const at = (from: string, to: string) => openText(client, 'rule', 'yaml', WIDE.replace(from, to))

  test('the rules that find something on the line below', async () => {
    const { labels, accept } = await offered(client, at('match:\n', 'match:\n  # wif-ignore $0\n'))
    expect(labels).toEqual(['match/k8s-namespace-wildcard'])
    expect(accept()).toContain('  # wif-ignore match/k8s-namespace-wildcard\n')
  })

  test('what stands there already is replaced, a reason stays', async () => {
    const { accept } = await offered(client, at('match:\n', 'match:\n  # wif-ignore mat$0ch/x: fine\n'))
    expect(accept()).toContain('  # wif-ignore match/k8s-namespace-wildcard: fine\n')
  })

  test('the word itself, where there is something to ignore', async () => {
    const { labels, accept } = await offered(client, at('inference:*\n', 'inference:* # wif$0\n'))
    expect(labels).toEqual(['wif-ignore match/k8s-namespace-wildcard'])
    expect(accept()).toContain('inference:* # wif-ignore match/k8s-namespace-wildcard\n')
  })

  test('every rule, where none finds anything yet', async () => {
    const { labels } = await offered(client, at('oauth_scope', '# wif-ignore $0\noauth_scope'))
    expect(labels).toContain('match/tenant-wide')
    expect(labels).not.toContain('match')
  })

  test('nothing in other comments', async () => {
    expect((await offered(client, at('match:\n', 'match:\n  # what $0\n'))).labels).toEqual([])
    expect((await offered(client, at('match:\n', 'match:\n  # wif-ignored $0\n'))).labels).toEqual([])
  })
})

describe('whole objects', () => {
  beforeEach(() => start(COMPLETING))
  const labels = async (name: string, format: Format, source: string, context?: CompletionContext) =>
    (await offered(client, openText(client, name, format, source), context)).labels

  test.each(FORMATS)('in an empty %s file that is meant for them', async format => {
    const all = await labels('wif', format, '$0')
    expect(all).toContain('WIF rule: GitHub Actions')
    expect(all).toContain('WIF Pod: Kubernetes')
    const issuers = await labels('my-issuers', format, '$0')
    expect(
      new Set(issuers.filter(label => label.startsWith('WIF')).map(label => label.slice(0, 10))),
    ).toEqual(new Set(['WIF issuer']))
  })

  test.each(FORMATS)('in another empty %s file only when asked for', async format => {
    expect(await labels('values', format, '$0')).toContain('WIF rule: GitHub Actions')
    expect(await labels('values', format, 'a$0')).toEqual([])
    expect(await labels('values', format, 'wif$0')).toContain('WIF rule: GitHub Actions')
    const quote = { triggerKind: 2 as const, triggerCharacter: '"' }
    expect(await labels('values', format, '$0', quote)).toEqual([])
  })

  test('in an item of a bundle, of its kind', async () => {
    const bundle = `rules:\n  - issuer_id: fdis_01a\n    match:\n      audience: a\n    oauth_scope: workspace:inference\n`
    const rules = await labels('bundle', 'yaml', `${bundle}  - $0\n`)
    expect(rules).toContain('WIF rule: AWS STS')
    expect(rules).not.toContain('WIF issuer: AWS STS')
    expect(rules).toContain('issuer_id')
    const issuers = await labels('bundle', 'yaml', `${bundle}issuers:\n  - $0\n`)
    expect(issuers).toContain('WIF issuer: AWS STS')
    expect(issuers).toContain('issuer_url')
    expect(await labels('values', 'yaml', 'rules:\n  - $0\n')).toEqual([])
    expect(await labels('values', 'yaml', 'rules:\n  - alert: High\n    $0\n')).toEqual([])
    expect(
      await labels('prometheus-rules', 'yaml', 'groups:\n  - name: a\n    rules:\n      - $0\n'),
    ).toEqual([])
  })

  test('a document of a stream that has others', async () => {
    expect(await labels('all', 'yaml', `${STACK.pod}---\n$0`)).toContain('WIF rule: Amazon EKS')
  })

  test('a rule of a provider names its issuer, where there is one', async () => {
    openFixture(client, { issuer: STACK.issuer }, 'yaml')
    const { accept } = await offered(client, openText(client, 'rule', 'yaml', '$0'))
    expect(accept('WIF rule: Amazon EKS')).toBe(`name: <rule name>
issuer_id: fdis_01Eks
match:
  subject_prefix: system:serviceaccount:<namespace>:<name>
  audience: https://api.anthropic.com
target:
  type: service_account
  service_account_id: svac_...
workspace_id: wrkspc_...
oauth_scope: workspace:inference`)
  })
})

test('of very many, an editor gets those that fit, and asks again', async () => {
  const end = await start(COMPLETING)
  const accounts = Array.from(
    { length: 600 },
    (_, i) =>
      `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: account-${i}\n  namespace: inference\n`,
  )
  client.open('file:///w/accounts.yaml', 'yaml', accounts.join('---\n'))
  const { at } = openText(
    client,
    'rule',
    'yaml',
    'issuer_id: fdis_01a\nmatch:\n  subject_prefix: account-59$0\n',
  )
  const list: CompletionList = await client.request('textDocument/completion', {
    ...at,
    context: { triggerKind: 1 },
  })
  expect(list.isIncomplete).toBe(true)
  expect(list.items.map(({ label }) => label.slice(-10))).toEqual(
    ['account-59', ...Array.from({ length: 10 }, (_, i) => `account-59${i}`)].map(name => name.slice(-10)),
  )
  await end()
})
