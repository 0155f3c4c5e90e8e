import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ApplyWorkspaceEditParams, TextDocumentEdit } from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type {
  CheckedStep,
  CheckParams,
  CheckResult,
  DraftResult,
  ExchangeParams,
  ExchangeResult,
  KeySources,
  KeysParams,
  KeysResult,
  TokenParams,
  TokenReport,
  WriteParams,
} from '../../server/src/lsp/token-protocol.ts'
import type { Exchange, Exchanged, ExchangeWith } from '../../server/src/token/exchange.ts'
import { encode } from '../../server/src/token/jwt.testdata.ts'
import type { FetchKeys } from '../../server/src/token/key-endpoint.ts'
import { type Signer, signer } from '../../server/src/token/signed.testdata.ts'
import type { Client } from './client.ts'
import { pod } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { connectInside, connectProcess } from './servers.ts'

const EKS = 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4'
const SUBJECT = 'system:serviceaccount:inference:inference-worker'
const now = Math.floor(Date.now() / 1000)
const CLAIMS = {
  iss: EKS,
  sub: SUBJECT,
  aud: ['https://api.anthropic.com'],
  exp: now + 3000,
  iat: now - 600,
  jti: 'a',
}

const ISSUER = JSON.stringify({ id: 'fdis_01A', name: 'prod-eks', issuer_url: EKS })

function rule(match: object, name = 'inference'): string {
  return JSON.stringify({
    name,
    issuer_id: 'fdis_01A',
    match: { audience: 'https://api.anthropic.com', ...match },
    target: { type: 'service_account', service_account_id: 'svac_01A' },
    workspace_id: 'wrkspc_01A',
    oauth_scope: 'workspace:inference',
  })
}

let key: Signer
let other: Signer
let client: Client

/** The one server of these tests on other files: a new one would cost a second each time. */
async function workspace(files: Record<string, string>) {
  const folder = folderOf(files)
  client.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: folder.uri, name: 'test' }], removed: folders.splice(0) },
  })
  folders.push({ uri: folder.uri, name: 'test' })
  return folder
}
const folders: { uri: string; name: string }[] = []

beforeAll(async () => {
  key = await signer('RS256', 'k1')
  other = await signer('RS256', 'k2')
  client = await connectProcess()
  await client.initialize({ initializationOptions: {} })
})
afterAll(() => client.end())

const check = (params: CheckParams) => client.request<CheckResult>('wif/token/check', params)

async function reported(params: CheckParams): Promise<TokenReport> {
  const result = await check(params)
  if ('refusal' in result) throw new Error(result.refusal)
  return result.report
}

function step({ rule: checked }: TokenReport, name: CheckedStep['step']): CheckedStep {
  const found = checked?.steps.find(each => each.step === name)
  if (!found) throw new Error(`no step ${name}`)
  return found
}

/** The words that a place of the report selects. */
function words(text: string, place: CheckedStep['place']): string {
  if (!place) throw new Error('no place')
  return TextDocument.create('', '', 0, text).getText(place.range)
}

describe('the report', () => {
  test('waits until the workspace is read, and has all that is known of the token', async () => {
    await workspace({ 'issuer.json': ISSUER, 'rule.json': rule({ subject_prefix: SUBJECT }) })
    const report = await reported({ token: await key.sign(CLAIMS) })
    expect(report).toMatchObject({
      kind: 'Amazon EKS, by its issuer',
      claims: CLAIMS,
      header: { alg: 'RS256', kid: 'k1' },
      rule: { title: 'inference', verdict: 'unknown' },
    })
    expect(report.rule?.steps.map(each => `${each.step} ${each.result}`)).toEqual([
      'issuer pass',
      'signature unknown',
      'size pass',
      'time pass',
      'lifetime pass',
      'audience pass',
      'subject pass',
      'mint pass',
    ])
    expect(report.notes.map(each => each.message)).toEqual([
      'This token can be exchanged once (`check_jti`); looking at it here does not use it up',
    ])
  })

  test('has a line for every rule, and the steps of the one that comes nearest', async () => {
    await workspace({
      'issuer.json': ISSUER,
      'a.json': rule(
        { subject_prefix: 'system:serviceaccount:batch:*', audience: 'https://x.example' },
        'far',
      ),
      'b.json': rule({ subject_prefix: 'system:serviceaccount:batch:*' }, 'near'),
      'c.yaml': rule({ subject_prefix: SUBJECT }, 'meant'),
    })
    const report = await reported({ token: await key.sign(CLAIMS) })
    expect(
      report.rules.map(({ title, verdict, reason, message }) => ({ title, verdict, reason, message })),
    ).toEqual([
      {
        title: 'far',
        verdict: 'denied',
        reason: 'match_audience',
        message: 'The token\'s audience is "https://api.anthropic.com", the rule expects "https://x.example"',
      },
      {
        title: 'near',
        verdict: 'denied',
        reason: 'match_subject_prefix',
        message: expect.stringContaining('begins with "system:serviceaccount:batch:"'),
      },
      { title: 'meant', verdict: 'unknown', message: 'The signature was not checked: no keys at hand' },
    ])
    expect(report.rule?.title).toBe('meant')
  })

  test('is about the rule that is named, by a place in it or by its number', async () => {
    const text = `[${rule({ subject_prefix: 'a:*' }, 'one')}, ${rule({ subject_prefix: SUBJECT }, 'two')}]`
    const folder = await workspace({ 'issuer.json': ISSUER, 'rules.json': text })
    const token = await key.sign(CLAIMS)
    const uri = folder.at('rules.json')
    expect((await reported({ token })).rule?.title).toBe('two')
    const named = await reported({ token, rule: { uri, offset: text.indexOf('"one"') } })
    expect(named.rule).toMatchObject({ title: 'one', verdict: 'denied', ref: { uri, index: 0 } })
    expect((await reported({ token, rule: { uri, index: 1 } })).rule?.title).toBe('two')
    expect((await reported({ token, rule: { uri: folder.at('gone.json'), index: 0 } })).rule?.title).toBe(
      'two',
    )
  })

  test('leads to the matcher that failed, and to the page about it', async () => {
    const text = rule({ subject_prefix: 'system:serviceaccount:inference:Inference-worker' })
    const folder = await workspace({ 'issuer.json': ISSUER, 'rule.json': text })
    const report = await reported({ token: await key.sign(CLAIMS) })
    const subject = step(report, 'subject')
    expect(subject).toMatchObject({
      result: 'fail',
      place: { uri: folder.at('rule.json') },
      page: { rule: 'token/match-failed', uri: expect.stringMatching(/^file:.*match-failed\.md$/) },
      compare: {
        token: SUBJECT,
        wanted: 'system:serviceaccount:inference:Inference-worker',
        at: 32,
        hint: 'only upper and lower case differ',
      },
      write: SUBJECT,
    })
    expect(words(text, subject.place)).toBe('"system:serviceaccount:inference:Inference-worker"')
    expect(step(report, 'issuer').place?.uri).toBe(folder.at('issuer.json'))
  })

  test('evaluates the condition, and leads to the part that is false', async () => {
    const text = `name: ci
issuer_id: fdis_01A
match:
  audience: https://api.anthropic.com
  condition: >-
    claims.team == "search" &&
    claims.stage == "prod" && claims.sub != ""
target: { type: service_account, service_account_id: svac_01A }
`
    await workspace({ 'issuer.json': ISSUER, 'rule.yaml': text })
    const report = await reported({ token: await key.sign({ ...CLAIMS, team: 'search', stage: 'dev' }) })
    const condition = step(report, 'condition')
    expect(condition).toMatchObject({
      result: 'fail',
      message: 'The condition does not hold: `claims.stage == "prod"` is false',
    })
    expect(condition.parts.map(part => `${part.result} ${words(text, part.place)}`)).toEqual([
      'pass claims.team == "search"',
      'fail claims.stage == "prod"',
      'pass claims.sub != ""',
    ])
  })

  test('of a rule that denies for another reason, the condition is evaluated all the same', async () => {
    const condition = { subject_prefix: 'a:*', condition: 'claims.team == "search"' }
    await workspace({ 'issuer.json': ISSUER, 'rule.json': rule(condition) })
    const report = await reported({ token: await key.sign(CLAIMS) })
    expect(report.rule?.reason).toBe('match_subject_prefix')
    expect(step(report, 'condition').result).toBe('fail')
  })

  test('follows what is typed', async () => {
    const folder = await workspace({ 'issuer.json': ISSUER, 'rule.json': rule({ subject_prefix: 'a:*' }) })
    const uri = folder.at('rule.json')
    client.open(uri, 'json', rule({ subject_prefix: SUBJECT }))
    const token = await key.sign(CLAIMS)
    expect((await reported({ token })).rule?.verdict).toBe('unknown')
    client.close(uri)
  })

  test('without any rule, what is to be said of every token', async () => {
    await workspace({ 'other.json': '{}' })
    const report = await reported({ token: await key.sign({ ...CLAIMS, sub: '' }) })
    expect(report.rule).toBeUndefined()
    expect(report.rules).toEqual([])
    expect(report.notes.map(each => each.page?.rule)).toContain('token/unverifiable')
  })
})

describe('a pasted text', () => {
  test.for([
    ['Bearer', (token: string) => `Bearer ${token}`, '`Bearer`'],
    ['a header', (token: string) => `Authorization: bearer ${token}`, '`Bearer`'],
    ['quotes', (token: string) => `"${token}"`, 'the quotes'],
    ['line breaks', (token: string) => token.replace(/(.{64})/g, '$1\r\n'), 'the white space'],
  ] as const)('%s around the token are forgiven and told', async ([, wrap, what]) => {
    await workspace({ 'issuer.json': ISSUER, 'rule.json': rule({ subject_prefix: SUBJECT }) })
    const report = await reported({ token: wrap(await key.sign(CLAIMS)) })
    expect(report.claims).toEqual(CLAIMS)
    expect(report.notes[0]?.message).toBe(`Leave out ${what}: only the token itself is exchanged`)
  })

  test.for([
    [
      'sk-ant-oat01-abc',
      'This is a Claude access token, which the exchange returns, not the identity token it takes',
    ],
    ['sk-ant-api03-abc', 'This is an API key, not an identity token; it needs no exchange'],
    ['hello', 'This is no JWT: three parts, parted by dots, make one'],
    [`${encode('{}')}.${encode('[1]')}.c2ln`, 'This is no JWT: its second part is no JSON object'],
    ['', 'There is no token here'],
  ] as const)('%j is refused with a reason', async ([token, refusal]) => {
    expect(await check({ token })).toEqual({ refusal })
  })

  test.for([
    ['a megabyte of letters', () => 'a'.repeat(2 ** 20)],
    ['a megabyte of dots', () => '.'.repeat(2 ** 20)],
    ['ten megabytes', () => 'eyJ'.repeat(2 ** 21)],
    [
      'JSON of depth 4,000',
      () => `${encode('{}')}.${encode(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`)}.c2ln`,
    ],
    ['a megabyte of blanks', () => ' '.repeat(2 ** 20)],
  ] as const)('%s are answered at once', async ([, make]) => {
    const before = performance.now()
    const answer = await check({ token: make() }).catch((error: Error) => ({ refusal: error.message }))
    expect('refusal' in answer && answer.refusal.length).toBeLessThan(120)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})

describe('the signature', () => {
  const inline = (...keys: object[]) =>
    JSON.stringify({ id: 'fdis_01A', name: 'onprem', issuer_url: EKS, jwks: { type: 'inline', keys } })
  const subject = rule({ subject_prefix: SUBJECT })
  const keys = (params: KeysParams) => client.request<KeysResult>('wif/token/keys', params)
  const sources = (token: string) => client.request<KeySources>('wif/token/keySources', { token })

  test('is checked against the inline keys of the issuer', async () => {
    await workspace({ 'issuer.json': inline(key.jwk), 'rule.json': subject })
    const report = await reported({ token: await key.sign(CLAIMS) })
    expect(report.rule?.verdict).toBe('admitted')
    expect(step(report, 'signature').message).toBe('The key "k1" signed the token')
  })

  test('by a key that the issuer does not have denies the token', async () => {
    await workspace({ 'issuer.json': inline(key.jwk), 'rule.json': subject })
    expect((await reported({ token: await other.sign(CLAIMS) })).rule?.reason).toBe('key_not_found')
    const forged = await other.sign(CLAIMS, { kid: 'k1' })
    expect((await reported({ token: forged })).rule?.reason).toBe('signature_invalid')
  })

  test('is checked against a JWKS file of the workspace that has the key', async () => {
    const folder = await workspace({
      'issuer.json': ISSUER,
      'rule.json': subject,
      'keys/jwks.json': JSON.stringify({ keys: [key.jwk] }),
      'keys/old.json': JSON.stringify({ keys: [other.jwk] }),
      'keys/none.json': JSON.stringify({ keys: [{ name: '"kty"' }] }),
      'keys/broken.json': '{"keys": [{"kty"',
    })
    const token = await key.sign(CLAIMS)
    const file = folder.at('keys/jwks.json')
    expect((await sources(token)).files).toEqual([{ uri: file, fits: true }])
    const found = await keys({ token, from: { file } })
    expect(found).toEqual({ keys: [key.jwk] })
    const report = await reported({ token, ...found })
    expect(report.rule?.verdict).toBe('admitted')
    expect(await keys({ token, from: { file: folder.at('keys/none.json') } })).toEqual({
      problem: 'The file holds no keys any more',
    })
  })

  test('all key sets are offered when none has the key, and then it does not verify', async () => {
    const folder = await workspace({
      'issuer.json': ISSUER,
      'rule.json': subject,
      'jwks.json': JSON.stringify({ keys: [other.jwk] }),
    })
    const token = await key.sign(CLAIMS)
    expect((await sources(token)).files).toEqual([{ uri: folder.at('jwks.json'), fits: false }])
    const report = await reported({ token, keys: [other.jwk] })
    expect(report.rule?.reason).toBe('key_not_found')
    expect(step(report, 'signature').message).toBe('No key at hand has the `kid` "k1"')
  })

  test("keys that were chosen do not take the place of an issuer's own", async () => {
    await workspace({ 'issuer.json': inline(key.jwk), 'rule.json': subject })
    const token = await key.sign(CLAIMS)
    expect((await reported({ token, keys: [other.jwk] })).rule?.verdict).toBe('admitted')
  })
})

describe('fetching keys', () => {
  /** A server whose network is this function, with these documents. */
  async function inside(fetchKeys: FetchKeys | undefined, files: Record<string, string>) {
    const inner = connectInside(fetchKeys && { fetchKeys })
    await inner.initialize({ initializationOptions: {} })
    for (const [name, text] of Object.entries(files)) inner.open(`untitled:${name}`, 'json', text)
    onTestFinished(() => inner.leave())
    return {
      sources: (params: TokenParams) => inner.request<KeySources>('wif/token/keySources', params),
      keys: (params: KeysParams) => inner.request<KeysResult>('wif/token/keys', params),
    }
  }

  const documents = { issuer: ISSUER, rule: rule({ subject_prefix: SUBJECT }) }
  const meant = { uri: 'untitled:rule', index: 0 }
  const none = vi.fn<FetchKeys>()

  test('is offered by what the issuer says, with the host to agree to', async () => {
    const { sources } = await inside(none, documents)
    expect((await sources({ token: await key.sign(CLAIMS), rule: meant })).fetch).toEqual({
      host: 'oidc.eks.us-west-2.amazonaws.com',
      url: `${EKS}/.well-known/openid-configuration`,
    })
  })

  test('is offered by what the token says where its issuer is in no file', async () => {
    const { sources } = await inside(none, {})
    const token = await key.sign({ ...CLAIMS, iss: 'https://token.actions.githubusercontent.com' })
    expect((await sources({ token })).fetch).toMatchObject({ host: 'token.actions.githubusercontent.com' })
    const others = [
      'http://issuer.example',
      'https://169.254.169.254',
      'https://vault.internal',
      'https://<a>.io',
    ]
    for (const iss of [...others, 'x', 3])
      expect((await sources({ token: await key.sign({ ...CLAIMS, iss }) })).fetch).toBeUndefined()
  })

  test('is refused with the reason for what the service would not dial', async () => {
    const issuer = JSON.stringify({ id: 'fdis_01A', name: 'a', issuer_url: 'https://10.0.0.1' })
    const { sources } = await inside(none, { ...documents, issuer })
    expect((await sources({ token: await key.sign(CLAIMS), rule: meant })).fetch).toEqual({
      problem: expect.stringContaining('is not dialed: its host is an IP address'),
    })
  })

  test('is not offered by a server without a network, nor for inline keys', async () => {
    const token = await key.sign(CLAIMS)
    expect((await (await inside(undefined, documents)).sources({ token, rule: meant })).fetch).toBeUndefined()
    const issuer = JSON.stringify({ id: 'fdis_01A', issuer_url: EKS, jwks: { type: 'inline', keys: [] } })
    const { sources } = await inside(none, { ...documents, issuer })
    expect((await sources({ token, rule: meant })).fetch).toBeUndefined()
  })

  test('dials no host but those that a person has agreed to, and asks for the next', async () => {
    const asked: string[][] = []
    const fetchKeys: FetchKeys = async (_, consents) => {
      const hosts = ['oidc.eks.us-west-2.amazonaws.com', 'keys.example']
      asked.push(hosts.filter(consents))
      const url = 'https://keys.example/keys'
      return consents('keys.example')
        ? { ok: true, keys: [key.jwk], from: url }
        : { ok: false, asks: { host: 'keys.example', url } }
    }
    const { keys } = await inside(fetchKeys, documents)
    const params = { token: await key.sign(CLAIMS), rule: meant }
    const first = ['oidc.eks.us-west-2.amazonaws.com']
    expect(await keys({ ...params, from: { hosts: first } })).toEqual({
      asks: { host: 'keys.example', url: 'https://keys.example/keys' },
    })
    expect(await keys({ ...params, from: { hosts: [...first, 'keys.example'] } })).toEqual({
      keys: [key.jwk],
    })
    expect(asked).toEqual([first, [...first, 'keys.example']])
    expect(none).not.toHaveBeenCalled()
  })

  test('tells why there are none', async () => {
    const { keys } = await inside(async () => ({ ok: false, problem: 'No' }), documents)
    const token = await key.sign(CLAIMS)
    expect(await keys({ token, rule: meant, from: { hosts: [] } })).toEqual({ problem: 'No' })
  })
})

describe('the exchange', () => {
  const to: ExchangeWith = {
    ruleId: 'fdrl_01A',
    organizationId: '3b1c2d4e-1f2a-4b3c-8d4e-5f6a7b8c9d0e',
    serviceAccountId: 'svac_01A',
    baseUrl: 'https://api.anthropic.com',
  }
  const denied: Exchanged = {
    is: 'refused',
    status: 401,
    type: 'authentication_error',
    message: 'Authentication failed',
    requestId: 'req_1',
  }

  async function exchanged(
    outcome: Exchanged,
    match: object,
    claims: object = {},
    more: Partial<ExchangeWith> = {},
  ) {
    const exchange = vi.fn<Exchange>(async () => outcome)
    const inner = connectInside({ exchange, now: () => now })
    await inner.initialize({ initializationOptions: {} })
    onTestFinished(() => inner.leave())
    inner.open('untitled:issuer', 'json', ISSUER)
    inner.open('untitled:rule', 'json', rule(match).replace('{', '{"id": "fdrl_01A",'))
    const token = await key.sign({ ...CLAIMS, ...claims })
    const params: ExchangeParams = { token, with: { ...to, ...more } }
    const result = await inner.request<ExchangeResult>('wif/token/exchange', params)
    expect(exchange.mock.calls).toEqual([[token, params.with]])
    return result
  }

  test('is answered as it was', async () => {
    const granted: Exchanged = {
      is: 'granted',
      prefix: 'sk-ant-oat01-',
      expiresIn: 3600,
      scope: 'workspace:inference',
      requestId: 'req_1',
    }
    expect(await exchanged(granted, { subject_prefix: 'a:*' })).toEqual({ outcome: granted, reasons: [] })
  })

  test('that is refused is explained by what the rule denies', async () => {
    const { outcome, reasons } = await exchanged(denied, { subject_prefix: `${SUBJECT}s` })
    expect(outcome).toEqual(denied)
    expect(reasons).toEqual([expect.stringContaining('they differ from character 49 on')])
  })

  test('that asks for another service account than the rule targets', async () => {
    const { reasons } = await exchanged(
      denied,
      { subject_prefix: SUBJECT },
      {},
      { serviceAccountId: 'svac_01B' },
    )
    expect(reasons).toEqual(['svac_01B is asked for, but the rule targets svac_01A'])
  })

  test('that nothing here speaks against may have been made before', async () => {
    const { reasons } = await exchanged(denied, { subject_prefix: SUBJECT })
    expect(reasons[0]).toBe('The token may have been exchanged before: its `jti` counts once')
    const once = await exchanged(denied, { subject_prefix: SUBJECT }, { jti: undefined })
    expect(once.reasons[0]).toBe('The signature was not checked: no keys at hand')
  })

  test('by a rule that is in no file', async () => {
    const { reasons } = await exchanged(denied, { subject_prefix: SUBJECT }, {}, { ruleId: 'fdrl_01Z' })
    expect(reasons[0]).toContain('The rule is in no file of the workspace')
  })

  test('goes nowhere with what is no token, or without a network', async () => {
    const exchange = vi.fn<Exchange>()
    const inner = connectInside({ exchange })
    await inner.initialize({ initializationOptions: {} })
    onTestFinished(() => inner.leave())
    const result = await inner.request<ExchangeResult>('wif/token/exchange', {
      token: 'sk-ant-oat01-x',
      with: to,
    })
    expect(result.outcome).toMatchObject({ is: 'failed', sent: false })
    expect(exchange).not.toHaveBeenCalled()
  })

  test('is made once, by the bundled server, with what the protocol asks for', async () => {
    const bodies: unknown[] = []
    const api = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      bodies.push(JSON.parse(body))
      response.writeHead(401, { 'content-type': 'application/json', 'request-id': 'req_7' })
      response.end(
        '{"type":"error","error":{"type":"authentication_error","message":"Authentication failed"}}',
      )
    })
    await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void api.close())
    await workspace({ 'issuer.json': ISSUER })
    const token = await key.sign(CLAIMS)
    const baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    const params: ExchangeParams = { token, with: { ...to, baseUrl } }
    const { outcome } = await client.request<ExchangeResult>('wif/token/exchange', params)
    expect(outcome).toEqual({ ...denied, requestId: 'req_7' })
    expect(bodies).toEqual([
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: token,
        federation_rule_id: to.ruleId,
        organization_id: to.organizationId,
        service_account_id: to.serviceAccountId,
      },
    ])
  })

  test('has its ids from the files, where they are beyond doubt', async () => {
    const text = rule({ subject_prefix: SUBJECT }).replace('{', '{"id": "fdrl_01A",')
    await workspace({ 'issuer.json': ISSUER, 'rule.json': text, 'pod.yaml': podOf(to.organizationId) })
    const token = await key.sign(CLAIMS)
    expect((await reported({ token })).rule?.ids).toEqual({
      rule: 'fdrl_01A',
      organization: to.organizationId,
      serviceAccount: 'svac_01A',
      workspace: 'wrkspc_01A',
    })
    const all = text.replace('"workspace_id":"wrkspc_01A"', '"applies_to_all_workspaces":true')
    const placeholders = all.replace('fdrl_01A', 'fdrl_...').replace('svac_01A', 'svac_...')
    await workspace({
      'issuer.json': ISSUER,
      'rule.json': placeholders,
      'a.yaml': podOf(to.organizationId),
      'b.yaml': podOf('4b1c2d4e-1f2a-4b3c-8d4e-5f6a7b8c9d0e'),
    })
    expect((await reported({ token })).rule?.ids).toEqual({})
  })
})

/** A pod of this organization. */
function podOf(organization: string): string {
  return pod('https://api.anthropic.com').replace('00000000-0000-0000-0000-000000000000', organization)
}

describe('writing what the token carries', () => {
  async function written(
    text: string,
    claims: object,
    at: Pick<WriteParams, 'step' | 'claim'>,
    format = 'json',
  ) {
    const folder = await workspace({ 'issuer.json': ISSUER })
    const uri = folder.at(`rule.${format}`)
    client.open(uri, format, text, 7)
    const params: WriteParams = { token: await key.sign({ ...CLAIMS, ...claims }), ...at }
    const done = await client.request<boolean>('wif/token/write', params)
    client.close(uri)
    if (!done) return undefined
    const { edit }: ApplyWorkspaceEditParams = await client.next('workspace/applyEdit')
    const [change] = edit.documentChanges as TextDocumentEdit[]
    expect(change?.textDocument).toEqual({ uri, version: 7 })
    return TextDocument.applyEdits(TextDocument.create('', '', 0, text), (change?.edits ?? []) as [])
  }

  test.for([
    ['case', 'System:serviceaccount:inference:inference-worker'],
    ['a slip', 'system:serviceaccount:inference:inference-workers'],
    ['a missing wildcard', 'system:serviceaccount:inference:'],
  ])('into the subject that it nearly matched: %s', async ([, subject = '']) => {
    const text = rule({ subject_prefix: subject })
    expect(await written(text, {}, { step: 'subject', claim: 'sub' })).toBe(text.replace(subject, SUBJECT))
  })

  test('in the style of the file, no other character touched', async () => {
    const text = `name: 'ci' # ours
issuer_id: fdis_01A
match:
  audience: 'https://api.anthropic.com/'   # the one and only
target: { type: service_account, service_account_id: svac_01A }
`
    expect(await written(text, {}, { step: 'audience', claim: 'aud' }, 'yaml')).toBe(
      text.replace('anthropic.com/', 'anthropic.com'),
    )
  })

  test('into a claim', async () => {
    const text = rule({ subject_prefix: SUBJECT, claims: { team: 'Search', stage: 'prod' } })
    expect(await written(text, { team: 'search', stage: 'prod' }, { step: 'claims', claim: 'team' })).toBe(
      text.replace('Search', 'search'),
    )
  })

  test.for([
    ['another workload', { subject_prefix: 'system:serviceaccount:inference:batch' }, {}, 'subject', 'sub'],
    [
      'another name altogether',
      { subject_prefix: 'repo:acme/app:ref:refs/heads/main' },
      {},
      'subject',
      'sub',
    ],
    ['a number', { claims: { run: '3' } }, { run: 3 }, 'claims', 'run'],
    ['a list', { claims: { team: 'a' } }, { team: ['a'] }, 'claims', 'team'],
    ['a claim that is not there', { claims: { team: 'a' } }, {}, 'claims', 'team'],
    ['what matches already', { subject_prefix: SUBJECT }, {}, 'subject', 'sub'],
  ] as const)('not for %s', async ([, match, claims, name, claim]) => {
    const subject = { subject_prefix: SUBJECT, ...match }
    expect(await written(rule(subject), claims, { step: name, claim })).toBeUndefined()
  })
})

describe('a drafted rule', () => {
  const draft = (token: string, at?: TokenParams['rule']) =>
    client.request<DraftResult>('wif/token/draft', { token, rule: at })

  test('admits the token, in a document of its own', async () => {
    const folder = await workspace({
      'issuer.json': JSON.stringify({ id: 'fdis_01PrUhRZdsvDQuc8dWrdE03W', name: 'eks', issuer_url: EKS }),
    })
    const token = await key.sign(CLAIMS)
    const drafted = await draft(token)
    if ('problem' in drafted) throw new Error(drafted.problem)
    expect(JSON.parse(drafted.text)).toMatchObject({
      issuer_id: 'fdis_01PrUhRZdsvDQuc8dWrdE03W',
      match: { subject_prefix: SUBJECT, audience: 'https://api.anthropic.com' },
    })
    const uri = folder.at('drafted.json')
    client.open(uri, 'json', drafted.text)
    expect((await reported({ token })).rule).toMatchObject({ title: 'inference-worker', verdict: 'unknown' })
    expect((await client.pull(uri)).items).toEqual([])
    client.close(uri)
  })

  test('is YAML where the rules are', async () => {
    const folder = await workspace({
      'rules.yaml': 'rules:\n- issuer_id: fdis_01a\n  match: { subject_prefix: a }\n',
    })
    const at = { uri: folder.at('rules.yaml'), index: 0 }
    const drafted = await draft(await key.sign(CLAIMS), at)
    expect(drafted).toMatchObject({ language: 'yaml' })
    expect('text' in drafted && drafted.text).toContain(`match:\n  subject_prefix: ${SUBJECT}\n`)
  })

  test('needs a subject', async () => {
    await workspace({})
    expect(await draft(await key.sign({ ...CLAIMS, sub: 3 }))).toEqual({
      problem: 'No rule can admit this token: it needs `sub`, a text that is not empty',
    })
    expect(await draft('x')).toEqual({ problem: 'This is no JWT: three parts, parted by dots, make one' })
  })
})

test('the redacted report has no value of the token in it', async () => {
  await workspace({ 'issuer.json': ISSUER, 'rule.json': rule({ subject_prefix: 'a:*' }) })
  const { redacted } = await reported({ token: await key.sign({ ...CLAIMS, team: 'marker-7' }) })
  expect(redacted).toContain('denied (match_subject_prefix), by rule inference')
  for (const secret of ['marker-7', SUBJECT, String(CLAIMS.exp), 'k1']) expect(redacted).not.toContain(secret)
})

test('neither an answer nor the log tells of a token that could not be handled', async () => {
  const token = { marker: 'eyJzZWNyZXQi' } as unknown as string
  const failed = check({ token })
  await expect(failed).rejects.toThrow('The request failed')
  const { message } = await client.next('window/logMessage')
  expect(message).toMatch(/^wif\/token\/check failed: TypeError\n +at /)
  expect(message).not.toContain('eyJ')
})
