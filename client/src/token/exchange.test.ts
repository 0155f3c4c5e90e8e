import { beforeEach, expect, test, vi } from 'vitest'
import type { CheckedRule, ExchangeParams, KnownIds } from '../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../client.ts'
import type { TokenCheck } from './check.ts'
import { fakeVscode } from './vscode.testdata.ts'

const vscode = vi.hoisted(() => ({}) as ReturnType<typeof fakeVscode>)
vi.mock('vscode', () => vscode)
const { exchangeToken } = await import('./exchange.ts')

beforeEach(() => void Object.assign(vscode, fakeVscode()))

const ORGANIZATION = '3b1c2d4e-1f2a-4b3c-8d4e-5f6a7b8c9d0e'
const KNOWN: KnownIds = {
  rule: 'fdrl_01A',
  organization: ORGANIZATION,
  serviceAccount: 'svac_01A',
  workspace: 'wrkspc_01A',
}
const RESULT = { outcome: { is: 'failed', problem: '', sent: false }, reasons: [] }

function checkOf(ids: KnownIds | undefined, verdict: CheckedRule['verdict'] = 'admitted'): TokenCheck {
  const rule = ids && { ids, verdict, message: '`sub` is "a"', ref: { uri: 'file:///r.json', index: 0 } }
  return { report: { rule } } as unknown as TokenCheck
}

function server() {
  const sent: ExchangeParams[] = []
  const request = async (_: string, params: ExchangeParams) => {
    sent.push(params)
    return RESULT
  }
  return { sent, client: { request } as unknown as Client }
}

const agree = () => vscode.window.showWarningMessage.mockResolvedValueOnce('Exchange')
const detail = () => vscode.window.showWarningMessage.mock.calls[0]?.[1].detail

test('nothing is sent before a person has seen what goes where', async () => {
  const { client, sent } = server()
  expect(await exchangeToken(client, 'token', checkOf(KNOWN))).toBeUndefined()
  expect(sent).toEqual([])
  for (const word of [
    'https://api.anthropic.com',
    'fdrl_01A',
    ORGANIZATION,
    'svac_01A',
    'wrkspc_01A',
    'once',
  ])
    expect(detail()).toContain(word)
  expect(detail()).not.toContain('It will be refused')
})

test('what the files say is not asked for', async () => {
  const { client, sent } = server()
  agree()
  expect(await exchangeToken(client, 'token', checkOf(KNOWN))).toBe(RESULT)
  expect(vscode.window.showInputBox).not.toHaveBeenCalled()
  expect(sent).toEqual([
    {
      token: 'token',
      rule: { uri: 'file:///r.json', index: 0 },
      with: {
        ruleId: 'fdrl_01A',
        organizationId: ORGANIZATION,
        serviceAccountId: 'svac_01A',
        workspaceId: 'wrkspc_01A',
        baseUrl: 'https://api.anthropic.com',
      },
    },
  ])
})

test('everything else is, and may be left out only where the service does not need it', async () => {
  const { client, sent } = server()
  for (const answer of [' fdrl_01B ', ORGANIZATION, 'svac_01B', ''])
    vscode.window.showInputBox.mockResolvedValueOnce(answer)
  agree()
  await exchangeToken(client, 'token', checkOf(undefined))
  expect(sent[0]?.with).toEqual({
    ruleId: 'fdrl_01B',
    organizationId: ORGANIZATION,
    serviceAccountId: 'svac_01B',
    workspaceId: undefined,
    baseUrl: 'https://api.anthropic.com',
  })
  const forms = vscode.window.showInputBox.mock.calls.map(([options]) => options)
  const accepts = (text: string) => forms.map(({ validateInput }) => validateInput(text) === undefined)
  expect(accepts('')).toEqual([false, false, false, true])
  expect(accepts('fdrl_01A')).toEqual([true, false, false, false])
  expect(accepts(ORGANIZATION)).toEqual([false, true, false, false])
  expect(accepts('svac_01A')).toEqual([false, false, true, false])
  expect(accepts('default')).toEqual([false, false, false, true])
})

test.for([1, 2, 3, 4])('whoever closes box %d sends nothing', async closed => {
  const { client, sent } = server()
  for (const answer of ['fdrl_01B', ORGANIZATION, 'svac_01B', ''].slice(0, closed - 1))
    vscode.window.showInputBox.mockResolvedValueOnce(answer)
  expect(await exchangeToken(client, 'token', checkOf(undefined))).toBeUndefined()
  expect(vscode.window.showInputBox).toHaveBeenCalledTimes(closed)
  expect(vscode.window.showWarningMessage).not.toHaveBeenCalled()
  expect(sent).toEqual([])
})

test('the settings of this machine come first', async () => {
  const { client, sent } = server()
  vscode.settings
    .set('baseUrl', 'http://127.0.0.1:1')
    .set('organizationId', KNOWN.organization?.replace('3', '4'))
  agree()
  await exchangeToken(client, 'token', checkOf(KNOWN))
  expect(sent[0]?.with).toMatchObject({
    baseUrl: 'http://127.0.0.1:1',
    organizationId: '4b1c2d4e-1f2a-4b3c-8d4e-5f6a7b8c9d0e',
  })
})

test('whoever is about to waste a token is told', async () => {
  await exchangeToken(server().client, 'token', checkOf(KNOWN, 'denied'))
  expect(detail()).toContain('It will be refused: sub is "a".')
})
