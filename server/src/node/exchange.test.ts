import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Exchanged } from '../token/exchange.ts'
import { jwt } from '../token/jwt.testdata.ts'
import { exchange } from './exchange.ts'

const TOKEN = jwt({ sub: 'system:serviceaccount:inference:worker', jti: 'only-once' })
const GRANTED = {
  access_token: 'sk-ant-oat01-abcdefghijklmnop',
  token_type: 'Bearer',
  expires_in: 600,
  scope: 'workspace:inference',
}

let server: Server
let baseUrl: string
let answer: (response: ServerResponse) => unknown
let requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    const { method = '', url = '', headers } = request
    requests.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() })
    answer(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

afterEach(() => {
  requests = []
  vi.unstubAllEnvs()
})

const reply =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response
      .writeHead(status, { 'request-id': 'req_01A', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

const WITH = { ruleId: 'fdrl_01A', organizationId: '9b16512e-9253-4836-be3c-1bce626513a2' }

/** What came of an exchange; nothing of either token is in it, and it was tried once. */
async function exchanged(
  respond: typeof answer,
  { text = TOKEN, milliseconds = 5000, ...more }: Record<string, unknown> = {},
): Promise<Exchanged> {
  answer = respond
  const result = await exchange(String(text), { ...WITH, baseUrl, ...more }, Number(milliseconds))
  const told = JSON.stringify(result)
  for (const part of [...TOKEN.split('.'), 'abcdefghijklmnop']) expect(told).not.toContain(part.slice(0, 12))
  expect(requests.length).toBeLessThan(2)
  return result
}

describe('a token that is granted', () => {
  test('is told by what it begins with, how long it lives and what it is for', async () => {
    expect(await exchanged(reply(200, GRANTED))).toEqual({
      is: 'granted',
      prefix: 'sk-ant-oat01-',
      expiresIn: 600,
      scope: 'workspace:inference',
      requestId: 'req_01A',
    })
  })

  test('is asked for as the API documents it', async () => {
    await exchanged(reply(200, GRANTED), { serviceAccountId: 'svac_01A', workspaceId: 'default' })
    const [{ method, path, headers, body } = {} as (typeof requests)[0]] = requests
    expect(`${method} ${path}`).toBe('POST /v1/oauth/token')
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'wif-policy-linter' })
    expect(JSON.parse(body)).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: TOKEN,
      federation_rule_id: 'fdrl_01A',
      organization_id: WITH.organizationId,
      service_account_id: 'svac_01A',
      workspace_id: 'default',
    })
  })

  test('is asked for without what is not known, and without what was copied along', async () => {
    await exchanged(reply(200, GRANTED), { text: `"Bearer ${TOKEN}"\n`, baseUrl: `${baseUrl}/proxy/` })
    expect(requests[0]?.path).toBe('/proxy/v1/oauth/token')
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: TOKEN,
      federation_rule_id: 'fdrl_01A',
      organization_id: WITH.organizationId,
    })
  })

  test('may be of another kind, and without scope', async () => {
    const odd = { access_token: 'other', expires_in: '60', scope: '<b>' }
    expect(await exchanged(reply(200, odd, { 'request-id': 'req 01' }))).toEqual({
      is: 'granted',
      prefix: '',
      expiresIn: 60,
      scope: undefined,
      requestId: undefined,
    })
  })
})

describe('an exchange that is refused', () => {
  const error = (type: string, message: string) => ({ type: 'error', error: { type, message } })

  test.for<[string, number, unknown, Partial<Exchanged>]>([
    [
      'denied',
      401,
      error('authentication_error', 'Authentication failed'),
      { type: 'authentication_error', message: 'Authentication failed' },
    ],
    [
      'malformed',
      400,
      error('invalid_request_error', 'federation_rule_id is not a well-formed fdrl_ tagged ID'),
      {
        type: 'invalid_request_error',
        message: 'federation_rule_id is not a well-formed fdrl_ tagged ID',
      },
    ],
    ['too many', 429, error('rate_limit_error', 'Slow down'), { type: 'rate_limit_error' }],
    ['overloaded', 529, error('overloaded_error', 'Overloaded'), { type: 'overloaded_error' }],
    ['an error of the server', 500, '<html>', { type: undefined, message: undefined }],
    ['what repeats the token', 400, error('invalid_request_error', `bad: ${TOKEN}`), { message: undefined }],
    ['what repeats some of it', 400, error('x', `bad: ${TOKEN.slice(60, 90)}`), { message: undefined }],
    ['what goes on and on', 400, error('x', 'a '.repeat(1000)), { message: undefined }],
    ['an odd type', 400, error('<script>', 'x'), { type: undefined, message: 'x' }],
    ['RFC 6749', 400, { error: 'invalid_grant', error_description: TOKEN }, { type: undefined }],
    ['a list', 503, [TOKEN], { type: undefined }],
    ['nothing', 403, '', { type: undefined }],
  ])('%s', async ([, status, body, expected]) => {
    expect(await exchanged(reply(status, body))).toMatchObject({
      is: 'refused',
      status,
      requestId: 'req_01A',
      ...expected,
    })
    expect(requests).toHaveLength(1)
  })

  test('names the request by its body where no header does', async () => {
    const body = { ...error('authentication_error', 'Authentication failed'), request_id: 'req_01B' }
    expect(await exchanged(response => response.writeHead(401).end(JSON.stringify(body)))).toMatchObject({
      requestId: 'req_01B',
    })
  })
})

describe('an exchange that fails', () => {
  test.for<[string, (response: ServerResponse) => unknown, string]>([
    ['garbage', reply(200, '<html>'), '"127.0.0.1" answers with something that is no Claude token'],
    [
      'another object',
      reply(200, { ok: true }),
      '"127.0.0.1" answers with something that is no Claude token',
    ],
    [
      'a token of another type',
      reply(200, { ...GRANTED, token_type: 'mac' }),
      '"127.0.0.1" answers with something that is no Claude token',
    ],
    [
      'a token that lives for no time',
      reply(200, { ...GRANTED, expires_in: 'soon' }),
      '"127.0.0.1" answers with something that is no Claude token',
    ],
    ['nothing', reply(204, ''), '"127.0.0.1" answers with something that is no Claude token'],
    [
      'a redirect',
      reply(307, '', { location: 'https://elsewhere.example/' }),
      '"127.0.0.1" answers with a redirect (307)',
    ],
    ['too much', reply(400, 'x'.repeat(2 ** 16 + 1)), '"127.0.0.1" answers with more than 65536 bytes'],
    ['a connection that breaks', response => response.destroy(), '"127.0.0.1" broke the connection off'],
  ])('with %s: the token may be used up', async ([, respond, problem]) => {
    expect(await exchanged(respond)).toEqual({ is: 'failed', problem, sent: true })
    expect(requests).toHaveLength(1)
  })

  test('with silence: the token may be used up', async () => {
    expect(await exchanged(() => undefined, { milliseconds: 100 })).toEqual({
      is: 'failed',
      problem: '"127.0.0.1" has not answered in full within 0.1 s',
      sent: true,
    })
  })

  test('with an answer that never ends', async () => {
    const drip = (response: ServerResponse) => {
      response.writeHead(200).write('{')
    }
    expect(await exchanged(drip, { milliseconds: 100 })).toMatchObject({
      problem: '"127.0.0.1" has not answered in full within 0.1 s',
      sent: true,
    })
  })

  test('with nobody there: the token was not sent', async () => {
    const closed = createSocketServer()
    await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise(resolve => closed.close(resolve))
    expect(await exchanged(reply(200, GRANTED), { baseUrl: `http://localhost:${port}` })).toEqual({
      is: 'failed',
      problem: '"localhost" refuses the connection',
      sent: false,
    })
  })
})

describe('nothing is sent', () => {
  test.for([
    ['http://api.example', 'No token is sent to "api.example" without https'],
    ['http://127.0.0.1.example', 'No token is sent to "127.0.0.1.example" without https'],
    ['ftp://localhost', 'No token is sent to "localhost" without https'],
    ['https://user@api.example', 'The address of the API is no URL of a server'],
    ['https://api.example?x', 'The address of the API is no URL of a server'],
    ['api.example', 'The address of the API is no URL of a server'],
    ['', 'The address of the API is no URL of a server'],
  ])('to "%s"', async ([to, problem]) => {
    expect(await exchanged(reply(200, GRANTED), { baseUrl: to })).toEqual({
      is: 'failed',
      problem,
      sent: false,
    })
    expect(requests).toEqual([])
  })

  test.for([['sk-ant-oat01-abc'], ['hello'], [''], [`${TOKEN}.x.y`], [`${TOKEN}${'A'.repeat(16 * 1024)}`]])(
    'of what is no identity token',
    async ([text]) => {
      expect(await exchanged(reply(200, GRANTED), { text })).toMatchObject({
        problem: 'What is no identity token is not exchanged',
        sent: false,
      })
      expect(requests).toEqual([])
    },
  )

  test('where certificates are not checked', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    expect(await exchanged(reply(200, GRANTED), { baseUrl: 'https://api.example' })).toMatchObject({
      problem: 'No token is sent while certificates are not checked (`NODE_TLS_REJECT_UNAUTHORIZED` is 0)',
    })
  })
})
