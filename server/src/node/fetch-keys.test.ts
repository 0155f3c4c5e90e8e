import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createPlainServer } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Server as Listening } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type KeyEndpoint, keyEndpointOf } from '../token/key-endpoint.ts'
import { type Signer, signer } from '../token/signed.testdata.ts'
import { verify } from '../token/verify.ts'
import { readWifFile } from '../wif/file.ts'
import { type SelfSigned, selfSigned } from './authority.testdata.ts'
import { fetchKeys } from './fetch-keys.ts'
import { INTERNET, isPublic, type Network } from './network.ts'

const HOST = 'issuer.example'
const ISSUER = `https://${HOST}/cluster`
const DISCOVERY = '/cluster/.well-known/openid-configuration'
const KEYS = '/cluster/keys'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

let authority: SelfSigned
let key: Signer
let server: Server
/** What the issuer answers, by path. */
let site: Record<string, Handler>
/** What it was asked. */
let asked: { host: string | undefined; path: string; headers: string[] }[]
let network: Network

beforeAll(async () => {
  authority = await selfSigned([HOST, 'keys.example'])
  key = await signer()
  server = createServer(authority, (request, response) => {
    const path = request.url ?? ''
    asked.push({ host: request.headers.host, path, headers: Object.keys(request.headers) })
    const handler = site[path]
    if (handler) handler(request, response)
    else response.writeHead(404).end()
  })
  await listening(server)
})

afterAll(() => server.close())

beforeEach(() => {
  asked = []
  site = { [DISCOVERY]: json({ issuer: ISSUER, jwks_uri: `https://${HOST}${KEYS}` }), [KEYS]: json(jwks()) }
  network = {
    ...INTERNET,
    port: portOf(server),
    resolve: async () => ['127.0.0.1'],
    isPublic: address => address === '127.0.0.1',
  }
})

async function listening(listener: Listening): Promise<void> {
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
}

function portOf(listener: Listening): number {
  return (listener.address() as AddressInfo).port
}

function jwks(): object {
  return { keys: [key.jwk] }
}

function json(value: unknown): Handler {
  return (_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
}

function text(body: string): Handler {
  return (_, response) => response.end(body)
}

function status(code: number, headers: Record<string, string> = {}): Handler {
  return (_, response) => response.writeHead(code, headers).end()
}

function endpoint(more: Partial<KeyEndpoint> = {}): KeyEndpoint {
  return { url: `https://${HOST}${DISCOVERY}`, issuer: ISSUER, ca: authority.cert, ...more }
}

async function fetched(from = endpoint(), hosts: readonly string[] = [HOST]) {
  return fetchKeys(from, host => hosts.includes(host), network)
}

/** The sentence, where there must be one. */
async function problem(from = endpoint()): Promise<string> {
  const answer = await fetched(from)
  if (answer.ok || !('problem' in answer)) throw new Error(JSON.stringify(answer))
  return answer.problem
}

describe('the keys of an issuer', () => {
  test('are found by its discovery document, and verify what it signed', async () => {
    const answer = await fetched()
    expect(answer).toEqual({ ok: true, keys: [key.jwk], from: `https://${HOST}${KEYS}` })
    const token = await key.sign({ iss: ISSUER, sub: 'worker' })
    expect(answer.ok && (await verify(token, answer.keys))).toMatchObject({ valid: true })
  })

  test('are found where `jwks.url` says, and no discovery document is asked for', async () => {
    const answer = await fetched({ url: `https://${HOST}${KEYS}?v=1`, ca: authority.cert })
    expect(answer).toMatchObject({ ok: false, problem: `"${HOST}" answers with the status 404` })
    expect(asked.map(({ path }) => path)).toEqual([`${KEYS}?v=1`])
    expect(await fetched({ url: `https://${HOST}${KEYS}`, ca: authority.cert })).toMatchObject({ ok: true })
  })

  test('are asked for with nothing but their address', async () => {
    await fetched()
    const headers = ['accept', 'accept-encoding', 'user-agent', 'host', 'connection']
    const host = `${HOST}:${network.port}`
    expect(asked).toEqual([
      { host, path: DISCOVERY, headers },
      { host, path: KEYS, headers },
    ])
  })

  test('come without what a stranger put beside them', async () => {
    const { kid, ...rest } = key.jwk
    const nest = '['.repeat(5000) + ']'.repeat(5000)
    const other = JSON.stringify({ ...rest, d: 'secret' }).slice(1)
    site[KEYS] = text(
      `{"keys": [null, 7, {"kid": "${kid}", "x5c": ${nest}, "alg": ${nest}, ${other}], "more": 1}`,
    )
    expect(await fetched()).toMatchObject({ ok: true, keys: [key.jwk] })
  })
})

describe('consent', () => {
  test('is asked for before anything is resolved', async () => {
    network.resolve = () => Promise.reject(new Error('resolved'))
    const url = `https://${HOST}${DISCOVERY}`
    expect(await fetched(endpoint(), [])).toEqual({ ok: false, asks: { host: HOST, url } })
    expect(asked).toEqual([])
  })

  test('is asked for again when the discovery document names another host', async () => {
    const elsewhere = `https://keys.example${KEYS}`
    site[DISCOVERY] = json({ issuer: ISSUER, jwks_uri: elsewhere })
    expect(await fetched()).toEqual({ ok: false, asks: { host: 'keys.example', url: elsewhere } })
    expect(asked).toHaveLength(1)
    expect(await fetched(endpoint(), [HOST, 'keys.example'])).toMatchObject({ ok: true, from: elsewhere })
    expect(asked.at(-1)?.host).toMatch(/^keys\.example/)
  })
})

describe('a discovery document', () => {
  test.for<[string, () => Handler, string]>([
    ['is another status', () => status(503), `"${HOST}" answers with the status 503`],
    ['is no JSON', () => text('<html>'), `The discovery document of "${HOST}" is no JSON object`],
    ['is cut off', () => text('{"issuer":'), `The discovery document of "${HOST}" is no JSON object`],
    ['is a list', () => json([]), `The discovery document of "${HOST}" is no JSON object`],
    ['is empty', () => text(''), `The discovery document of "${HOST}" is no JSON object`],
    [
      'names no issuer',
      () => json({ jwks_uri: 'https://x.example' }),
      `The discovery document of "${HOST}" does not say whose it is: it has no \`issuer\``,
    ],
    [
      'names another issuer',
      () => json({ issuer: 'https://other.example' }),
      `The discovery document of "${HOST}" is of the issuer "https://other.example", not of "${ISSUER}": they differ from character 9 on`,
    ],
    [
      'names the issuer with a slash',
      () => json({ issuer: `${ISSUER}/`, jwks_uri: `https://${HOST}${KEYS}` }),
      `The discovery document of "${HOST}" is of the issuer "${ISSUER}/", not of "${ISSUER}": only the slash at the end differs`,
    ],
    [
      'names no keys',
      () => json({ issuer: ISSUER }),
      `The discovery document of "${HOST}" does not say where the keys are: no \`jwks_uri\``,
    ],
    [
      'names keys without https',
      () => json({ issuer: ISSUER, jwks_uri: `http://${HOST}/keys` }),
      `The discovery document names "http://${HOST}/keys", which is not dialed: this is \`http\``,
    ],
    [
      'names keys on another port',
      () => json({ issuer: ISSUER, jwks_uri: `https://${HOST}:8443/keys` }),
      `The discovery document names "https://${HOST}:8443/keys", which is not dialed: port 8443 is never tried`,
    ],
    [
      'names keys at an address',
      () => json({ issuer: ISSUER, jwks_uri: 'https://169.254.169.254/keys' }),
      'The discovery document names "https://169.254.169.254/keys", which is not dialed: its host is an IP address, not a DNS name',
    ],
    [
      'names keys at an address in disguise',
      () => json({ issuer: ISSUER, jwks_uri: 'https://0x7f000001/keys' }),
      'The discovery document names "https://0x7f000001/keys", which is not dialed: its host is an IP address, not a DNS name',
    ],
    [
      'names keys inside a network',
      () => json({ issuer: ISSUER, jwks_uri: 'https://vault.internal/keys' }),
      'The discovery document names "https://vault.internal/keys", which is not dialed: "vault.internal" is a name of a private network',
    ],
    [
      'names keys in what is no URL',
      () => json({ issuer: ISSUER, jwks_uri: 'https://<host>.example.com' }),
      'The discovery document names "https://<host>.example.com", which is not dialed: this is not a URL',
    ],
  ])('that %s', async ([, handler, expected]) => {
    site[DISCOVERY] = handler()
    expect(await problem()).toBe(expected)
    expect(asked).toHaveLength(1)
  })
})

describe('a key set', () => {
  test.for<[string, () => Handler, string]>([
    ['is no JSON', () => text('keys'), `What "${HOST}" has for keys is no JSON object`],
    ['is a bare list', () => json([key.jwk]), `What "${HOST}" has for keys is no JSON object`],
    [
      'has no list',
      () => json({ keys: {} }),
      `What "${HOST}" has for keys is no JWKS document: it has no list \`keys\``,
    ],
    ['has no keys', () => json({ keys: [] }), `There is no key in the JWKS document of "${HOST}"`],
    [
      'is no UTF-8',
      () => (_, r) => r.end(Buffer.from([0x7b, 0xff, 0x7d])),
      `"${HOST}" answers with what is no UTF-8`,
    ],
    [
      'is packed',
      () => (_, r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      `"${HOST}" answers in an encoding that nobody asked for`,
    ],
    ['is not there', () => status(404), `"${HOST}" answers with the status 404`],
    ['is forbidden', () => status(403), `"${HOST}" answers with the status 403`],
    [
      'comes with headers without end',
      () => status(200, { 'x-fill': 'x'.repeat(20_000) }),
      `"${HOST}" answers with headers that are too long`,
    ],
    ['is nothing', () => status(204), `"${HOST}" answers with the status 204`],
  ])('that %s', async ([, handler, expected]) => {
    site[KEYS] = handler()
    expect(await problem()).toBe(expected)
  })

  test('of a mebibyte, and of a byte more', async () => {
    const body = JSON.stringify(jwks())
    site[KEYS] = text(body + ' '.repeat(2 ** 20 - body.length))
    expect(await fetched()).toMatchObject({ ok: true })
    site[KEYS] = text(body + ' '.repeat(2 ** 20 - body.length + 1))
    expect(await problem()).toBe(`"${HOST}" answers with more than 1048576 bytes`)
  })

  test('without end is not read to its end', async () => {
    let sent = 0
    const chunk = Buffer.alloc(64 * 1024, 0x20)
    site[KEYS] = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
      }
      response.on('drain', more)
      more()
    }
    expect(await problem()).toBe(`"${HOST}" answers with more than 1048576 bytes`)
    expect(sent).toBeLessThan(2 ** 26)
  })
})

describe('a redirect', () => {
  test('within the host is followed', async () => {
    site['/cluster/v2'] = json(jwks())
    site[KEYS] = status(302, { location: '/cluster/v2' })
    expect(await fetched()).toMatchObject({ ok: true })
  })

  test.for([
    ['to another host', 'https://keys.example/keys', 'to "https://keys.example/keys", which is not followed'],
    ['to plain http', `http://${HOST}/keys`, `to "http://${HOST}/keys", which is not followed`],
    ['to another port', `https://${HOST}:8443/`, `to "https://${HOST}:8443/", which is not followed`],
    ['to this machine', 'https://127.0.0.1/', 'to "https://127.0.0.1/", which is not followed'],
    ['to a file', 'file:///etc/passwd', 'to "file:///etc/passwd", which is not followed'],
    ['to itself', KEYS, 'without end'],
  ])('%s is not', async ([, location = '', expected]) => {
    site[KEYS] = status(302, { location })
    expect(await problem()).toBe(`"${HOST}" redirects ${expected}`)
  })

  test('to nowhere', async () => {
    site[KEYS] = status(301)
    expect(await problem()).toBe(`"${HOST}" answers with a redirect to nowhere`)
  })
})

describe('time', () => {
  beforeEach(() => {
    network.milliseconds = 150
  })
  const late = `"${HOST}" has not answered in full within 0.15 s`

  test('runs out on a server that says nothing', async () => {
    site[KEYS] = () => undefined
    expect(await problem()).toBe(late)
  })

  test('runs out on a server that sends a byte now and then', async () => {
    site[KEYS] = (_, response) => {
      const drip = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(drip))
    }
    expect(await problem()).toBe(late)
  })

  test('runs out on names that do not resolve', async () => {
    network.resolve = () => new Promise(() => undefined)
    expect(await problem()).toBe(late)
  })

  test('is counted for both questions together', async () => {
    const slowly =
      (handler: Handler): Handler =>
      (...args) =>
        setTimeout(() => handler(...args), 90)
    site[DISCOVERY] = slowly(site[DISCOVERY] as Handler)
    site[KEYS] = slowly(site[KEYS] as Handler)
    expect(await problem()).toBe(late)
  })
})

describe('the connection', () => {
  test.for([
    ['ENOTFOUND', 'is not a name that is known to DNS'],
    ['EAI_AGAIN', 'could not be looked up: DNS does not answer'],
    ['SOMETHING', 'could not be asked (SOMETHING)'],
  ])('fails with %s', async ([code, expected]) => {
    network.resolve = () => Promise.reject(Object.assign(new Error('secret detail'), { code }))
    expect(await problem()).toBe(`"${HOST}" ${expected}`)
  })

  test.for([
    ['ENOTFOUND', 'is not a name that is known to DNS; the proxy in HTTPS_PROXY is not used'],
    ['CERT_HAS_EXPIRED', 'shows a certificate that has expired'],
  ])('is direct where a proxy is set, which %s may come from', async ([code, expected]) => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.example:3128')
    network.resolve = () => Promise.reject(Object.assign(new Error('secret detail'), { code }))
    expect(await problem()).toBe(`"${HOST}" ${expected}`)
    vi.unstubAllEnvs()
  })

  test('to a name without addresses', async () => {
    network.resolve = async () => []
    expect(await problem()).toBe(`"${HOST}" is a name without an address`)
  })

  test('is refused', async () => {
    const closed = createServer(authority)
    await listening(closed)
    network.port = portOf(closed)
    await new Promise(resolve => closed.close(resolve))
    expect(await problem()).toBe(`"${HOST}" refuses the connection`)
  })

  test('breaks off', async () => {
    site[KEYS] = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{')
      setImmediate(() => response.destroy())
    }
    expect(await problem()).toBe(`"${HOST}" broke the connection off`)
  })

  test('leads to a server without TLS', async () => {
    const plain = createPlainServer((_, response) => response.end('{}'))
    await listening(plain)
    network.port = portOf(plain)
    expect(await problem()).toBe(`"${HOST}" speaks no TLS that can be understood`)
    plain.close()
  })
})

describe('the certificate', () => {
  async function shown(certificate: SelfSigned): Promise<string> {
    const other = createServer(certificate)
    await listening(other)
    network.port = portOf(other)
    const answer = await problem(endpoint({ ca: certificate.cert }))
    other.close()
    return answer
  }

  test('of an authority that nobody trusts', async () => {
    const { ca: _, ...bare } = endpoint()
    const untrusted = `"${HOST}" shows a certificate of an authority that is not trusted`
    expect(await problem(bare)).toBe(untrusted)
    expect(await problem(endpoint({ ca: (await selfSigned([HOST])).cert }))).toBe(untrusted)
  })

  test('is checked whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const { ca: _, ...bare } = endpoint()
    expect(await problem(bare)).toMatch('not trusted')
    vi.unstubAllEnvs()
  })

  test('for another name', async () => {
    expect(await shown(await selfSigned(['other.example']))).toBe(
      `"${HOST}" shows a certificate for another name`,
    )
  })

  test('that has expired', async () => {
    expect(await shown(await selfSigned([HOST], [-2, -1]))).toBe(
      `"${HOST}" shows a certificate that has expired`,
    )
  })

  test('that is not valid yet', async () => {
    expect(await shown(await selfSigned([HOST], [1, 2]))).toBe(
      `"${HOST}" shows a certificate that is not valid yet`,
    )
  })

  test.for([
    ['a path', '/etc/ssl/ca.pem', 'this is the path of a file'],
    ['a private key', () => authority.key, 'this holds a private key'],
    ['broken', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'it is broken'],
  ] as const)('of the issuer that is %s', async ([, ca, expected]) => {
    const answer = await problem(endpoint({ ca: typeof ca === 'string' ? ca : ca() }))
    expect(answer).toBe(`The certificate in \`ca_cert_pem\` cannot be used: ${expected}`)
    expect(asked).toEqual([])
  })
})

describe('addresses', () => {
  test.for([
    ['10.1.2.3'],
    ['172.16.0.1'],
    ['192.168.1.1'],
    ['127.0.0.1'],
    ['0.0.0.0'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['192.0.2.1'],
    ['198.18.0.1'],
    ['224.0.0.1'],
    ['240.0.0.1'],
    ['255.255.255.255'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fe80::1%eth0'],
    ['fd00:ec2::254'],
    ['fec0::1'],
    ['ff02::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:8.8.8.8'],
    ['::8.8.8.8'],
    ['64:ff9b::a00:1'],
    ['2002:7f00:1::'],
    ['2001:db8::1'],
    ['4000::1'],
    ['localhost'],
    [''],
  ])('%s is not dialed', async ([address = '']) => {
    expect(isPublic(address)).toBe(false)
    network.isPublic = isPublic
    network.resolve = async () => ['93.184.215.14', address]
    expect(await problem()).toBe(`"${HOST}" has the address ${address}, and only public addresses are dialed`)
  })

  test.for([['8.8.8.8'], ['93.184.215.14'], ['172.32.0.1'], ['2606:4700:4700::1111'], ['2a00:1450:4001::1']])(
    '%s is',
    ([address = '']) => {
      expect(isPublic(address)).toBe(true)
    },
  )

  test('a name is resolved once for each connection, and what it says later does not matter', async () => {
    let times = 0
    network.resolve = async () => (times++ < 2 ? ['127.0.0.1'] : ['127.0.0.2'])
    expect(await fetched()).toMatchObject({ ok: true })
    expect(times).toBe(2)
    expect(await problem()).toContain('127.0.0.2')
  })

  test('that a URL has in place of a name are not dialed', async () => {
    for (const host of ['127.0.0.1', '[::1]', '2130706433', 'localhost', 'localhost.'])
      expect(await problem(endpoint({ url: `https://${host}${DISCOVERY}` }))).toMatch(/^The issuer names /)
    expect(asked).toEqual([])
  })
})

describe('where an issuer has its keys', () => {
  const of = (more: object) => {
    const text = JSON.stringify({ name: 'i', issuer_url: ISSUER, ...more })
    const [issuer] = readWifFile('file:///i.json', text, 'json').issuers
    return issuer && keyEndpointOf(issuer)
  }
  const discovery = { url: `https://${HOST}${DISCOVERY}`, issuer: ISSUER }
  test.for<[string, object, KeyEndpoint | undefined]>([
    ['nothing said', {}, discovery],
    ['discovery', { jwks: { type: 'discovery' } }, discovery],
    ['an authority of its own', { jwks: { type: 'discovery', ca_cert_pem: 'x' } }, { ...discovery, ca: 'x' }],
    [
      'a slash at the end',
      { issuer_url: `${ISSUER}/` },
      { url: `https://${HOST}${DISCOVERY}`, issuer: `${ISSUER}/` },
    ],
    [
      'another base',
      { jwks: { type: 'discovery', discovery_base: 'https://keys.example/' } },
      { url: 'https://keys.example/.well-known/openid-configuration', issuer: ISSUER },
    ],
    [
      'a URL',
      { jwks: { type: 'explicit_url', url: 'https://keys.example/k' } },
      { url: 'https://keys.example/k' },
    ],
    ['no URL', { jwks: { type: 'explicit_url' } }, undefined],
    ['its own keys', { jwks: { type: 'inline', keys: [] } }, undefined],
    ['no known source', { jwks: { type: 'file' } }, undefined],
    ['to be filled in', { issuer_url: 'https://<host>/' }, undefined],
  ])('%s', ([, more, expected]) => {
    expect(of(more)).toEqual(expected)
  })
})
