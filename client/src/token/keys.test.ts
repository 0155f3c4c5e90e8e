import { beforeEach, expect, test, vi } from 'vitest'
import type { KeySources, KeysParams, KeysResult } from '../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../client.ts'
import { fakeVscode } from './vscode.testdata.ts'

const vscode = vi.hoisted(() => ({}) as ReturnType<typeof fakeVscode>)
vi.mock('vscode', () => vscode)
const { findKeys } = await import('./keys.ts')

beforeEach(() => void Object.assign(vscode, fakeVscode()))

const KEY = { kid: 'k1', kty: 'EC' }
const ISSUER = { host: 'issuer.example', url: 'https://issuer.example/.well-known/openid-configuration' }
const OTHER = { host: 'keys.example', url: 'https://keys.example/keys' }
const file = (name: string, fits: boolean) => ({ uri: `file:///w/${name}`, fits })

/** A server that knows these places, and has keys at all of them once the hosts it asks for are agreed to. */
function serverOf(sources: KeySources, hosts: readonly string[] = ['issuer.example']) {
  const asked: KeysParams['from'][] = []
  const request = async (method: string, params: object): Promise<unknown> => {
    if (method === 'wif/token/keySources') return sources
    const { from } = params as KeysParams
    asked.push(from)
    const missing = 'hosts' in from && hosts.find(host => !from.hosts.includes(host))
    const result: KeysResult = missing ? { asks: OTHER } : { keys: [KEY] }
    return result
  }
  return { asked, client: { request } as unknown as Client }
}

const say = (answer: 'Fetch' | undefined) => vscode.window.showWarningMessage.mockResolvedValueOnce(answer)

test('the one file that has the key is read without a question', async () => {
  const { client, asked } = serverOf({ files: [file('jwks.json', true)], fetch: ISSUER })
  expect(await findKeys(client, { token: 't' })).toEqual([KEY])
  expect(asked).toEqual([{ file: 'file:///w/jwks.json' }])
})

test('of several files, and the network, a person chooses', async () => {
  const { client, asked } = serverOf({ files: [file('a.json', false), file('b.json', false)], fetch: ISSUER })
  vscode.window.showQuickPick.mockImplementationOnce(items => items[1])
  expect(await findKeys(client, { token: 't' })).toEqual([KEY])
  const [[items] = []] = vscode.window.showQuickPick.mock.calls
  expect(items?.map(({ label }) => label)).toEqual(['/w/a.json', '/w/b.json', 'Fetch from issuer.example…'])
  expect(asked).toEqual([{ file: 'file:///w/b.json' }])
})

test('nothing is fetched before a person has agreed to the host that is named', async () => {
  const { client, asked } = serverOf({ files: [], fetch: ISSUER })
  say(undefined)
  expect(await findKeys(client, { token: 't' })).toBeUndefined()
  expect(asked).toEqual([])
  say('Fetch')
  expect(await findKeys(client, { token: 't' })).toEqual([KEY])
  expect(asked).toEqual([{ hosts: ['issuer.example'] }])
  const [[question, { detail } = { detail: '' }] = []] = vscode.window.showWarningMessage.mock.calls
  expect(question).toBe('Fetch keys from issuer.example?')
  expect(detail).toContain(ISSUER.url)
})

test('a second host needs a second answer', async () => {
  const { client, asked } = serverOf({ files: [], fetch: ISSUER }, ['issuer.example', 'keys.example'])
  say('Fetch')
  say(undefined)
  expect(await findKeys(client, { token: 't' })).toBeUndefined()
  expect(asked).toEqual([{ hosts: ['issuer.example'] }])
  say('Fetch')
  say('Fetch')
  expect(await findKeys(client, { token: 't' })).toEqual([KEY])
  expect(asked.at(-1)).toEqual({ hosts: ['issuer.example', 'keys.example'] })
})

test('a server that asks for the same host for ever is left alone', async () => {
  const { client, asked } = serverOf({ files: [], fetch: ISSUER }, ['never.example'])
  vscode.window.showWarningMessage.mockResolvedValue('Fetch')
  expect(await findKeys(client, { token: 't' })).toBeUndefined()
  expect(asked).toHaveLength(2)
})

test('in a workspace that is not trusted the network is not even offered', async () => {
  vscode.workspace.isTrusted = false
  const { client, asked } = serverOf({ files: [], fetch: ISSUER })
  expect(await findKeys(client, { token: 't' })).toBeUndefined()
  expect(asked).toEqual([])
  expect(vscode.window.showWarningMessage).not.toHaveBeenCalled()
  expect(vscode.window.showInformationMessage).toHaveBeenCalledWith(
    'No JWKS file is in this workspace, and nothing is fetched in one that is not trusted.',
  )
})

test('an error of the server is not shown: it may quote the token', async () => {
  const client = { request: () => Promise.reject(new Error('eyJ')) } as unknown as Client
  expect(await findKeys(client, { token: 't' })).toBeUndefined()
  expect(vscode.window.showErrorMessage).toHaveBeenCalledWith(
    'The token check failed. The output of WIF says where.',
  )
})
