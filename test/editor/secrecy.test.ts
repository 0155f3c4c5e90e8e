import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative } from 'node:path'
import type { Page } from 'playwright-core'
import { globSync } from 'tinyglobby'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signer } from '../../server/src/token/signed.testdata.ts'
import { type Editor, launch } from './harness.ts'

/**
 * Drives the whole token check with every log at its loudest, and then looks for the token in all that the editor
 * has written: logs, storage, settings, backups, and the databases of the browser.
 */

const fixture = join(import.meta.dirname, 'fixtures/tokens')
const { jwk, sign } = await signer('RS256', 'eks-2026-01')

/** What no program writes by chance. */
const marker = () => `m${randomBytes(9).toString('hex')}`
const [inSubject, inName, inValue, inList, inRefused] = [marker(), marker(), marker(), marker(), marker()]
const now = Math.floor(Date.now() / 1000)
/** Numbers are not left out of traces otherwise. */
const number = 7_000_000_000_000 + Math.floor(Math.random() * 1e12)

const ORGANIZATION = '3b1c2d4e-1f2a-4b3c-8d4e-5f6a7b8c9d0e'

const token = await sign({
  iss: 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4',
  sub: `system:serviceaccount:inference:${inSubject}`,
  aud: ['https://api.anthropic.com', inList],
  exp: now + 3480,
  iat: now - 120,
  jti: inValue,
  number,
  [inName]: { deep: [inValue] },
})

/** A service that grants a token, and says too much when it refuses one. */
const granted = `sk-ant-oat01-${marker()}`
let requests = 0
const api = createServer(async (request, response) => {
  const { assertion } = JSON.parse(Buffer.concat(await request.toArray()).toString())
  const first = ++requests === 1
  response.writeHead(first ? 200 : 401, { 'content-type': 'application/json', 'request-id': 'req_01A' })
  const error = { type: 'authentication_error', message: `Denied: ${assertion}` }
  const answer = {
    access_token: granted,
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'workspace:inference',
  }
  response.end(JSON.stringify(first ? answer : { type: 'error', error }))
})

let editor: Editor
beforeAll(async () => {
  await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve))
  editor = await launch({ fixture, settings: { 'wif.trace.server': 'verbose' }, logLevel: 'trace' })
  await writeFile(join(editor.workspace, 'jwks.json'), JSON.stringify({ keys: [jwk] }))
  // A setting of this machine, which is where the server of this editor runs.
  const machine = join(editor.home, 'user-data/Machine')
  await mkdir(machine, { recursive: true })
  const baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
  await writeFile(
    join(machine, 'settings.json'),
    JSON.stringify({ 'wif.exchange.baseUrl': baseUrl, 'wif.exchange.organizationId': ORGANIZATION }),
  )
})
afterAll(async () => {
  api.close()
  await editor?.close()
})

test('no part of a token is in anything that the editor writes', async () => {
  const report = () => editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')
  const title = (name: string) => report().getByRole('heading', { level: 1, name })
  const press = (name: string | RegExp) => report().getByRole('button', { name }).first().click()

  await editor.openFile('inference.json')
  await paste(`Bearer ${token}`)
  await title('prod-inference denies this token').waitFor()
  await press('Check the signature…')
  await report().getByText('The key "eks-2026-01" signed the token').waitFor()
  await press('nightly-batch')
  await title('nightly-batch denies this token').waitFor()
  await press('Check Again')
  await press(/^batch\.json:5/)
  await editor.page.locator('.tab.active[data-resource-name="batch.json"]').waitFor()

  // What is no token at all may still be a secret.
  await paste(`${inRefused}.${token}`)
  await editor.page.getByText('This is no JWT').first().waitFor()
  await paste(`sk-ant-oat01-${inRefused}`)
  await editor.page.getByText('This is a Claude access token').first().waitFor()

  await editor.openFile('inference.json')
  for (const outcome of ['A Claude token was granted: sk-ant-oat01-', 'The service refused the token: 401']) {
    await paste(token, 'Exchange Token')
    const dialog = editor.page.locator('.monaco-dialog-box')
    await dialog.getByText('Exchange this token for a Claude token?').waitFor()
    await editor.screenshot('token-6-exchange-question')
    await dialog.getByText('Exchange', { exact: true }).click()
    await report().getByText(outcome).waitFor()
    await editor.screenshot(`token-6-exchange-${requests}`)
  }

  expect(written(), 'the trace is on').toMatch(/Sending request 'wif\/token\/check - \(\d+\)'/)
  expect(leaks(await stored(editor.page))).toEqual([])
})

async function paste(text: string, command = 'Check Token'): Promise<void> {
  await editor.runCommand(`WIF: ${command}`)
  await editor.page.locator('.quick-input-widget input[type="password"]').fill(text)
  await editor.page.keyboard.press('Enter')
}

/** The texts to look for: pieces of payload and signature in every alignment, and what the claims say. */
function secrets(): string[] {
  const [, payload = '', signature = ''] = token.split('.')
  // Whatever holds 23 characters of the token holds one of these pieces.
  const pieces = [payload, signature].flatMap(part => part.match(/.{12}/g) ?? [])
  return [...pieces, inSubject, inName, inValue, inList, inRefused, String(number), granted.slice(13)]
}

/** All that is in the editor's folders but the extension itself, by path. */
function files(): Map<string, string> {
  const paths = globSync('**', {
    cwd: editor.home,
    absolute: true,
    dot: true,
    ignore: ['extensions/wif-*/**'],
  })
  // One character for each byte: what is UTF-8 or ASCII there stays findable.
  return new Map(paths.map(path => [relative(editor.home, path), readFileSync(path, 'latin1')]))
}

function written(): string {
  return [...files().values()].join('\n')
}

/** Everything in the databases and storages of the page. */
async function stored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found: unknown[] = ['localStorage', 'sessionStorage'].map(name => ({
      ...Reflect.get(globalThis, name),
    }))
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    for (const { name } of await indexedDB.databases()) {
      const database = await wait(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store)
        found.push(name, store, await wait(objects.getAllKeys()), await wait(objects.getAll()))
      }
      database.close()
    }
    return JSON.stringify(found, (_, value) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
    )
  })
}

/** What was found where. */
function leaks(inBrowser: string): string[] {
  const places = new Map([...files(), ['the browser', inBrowser]])
  return [...places].flatMap(([place, text]) =>
    secrets()
      .filter(secret => text.includes(secret))
      .map(secret => `${place}: ${secret}`),
  )
}
