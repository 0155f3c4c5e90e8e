import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signer } from '../../server/src/token/signed.testdata.ts'
import { type Editor, launch } from './harness.ts'

/** The token check from the palette, on a folder of its own. The tests build on each other. */

const fixture = join(import.meta.dirname, 'fixtures/tokens')

const { jwk, sign } = await signer('RS256', 'eks-2026-01')
const { sign: signRun } = await signer('RS256', 'actions-2026-01')

function podToken(): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return sign({
    iss: 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4',
    sub: 'system:serviceaccount:inference:inference-worker',
    aud: ['https://api.anthropic.com'],
    exp: now + 3480,
    iat: now - 120,
    nbf: now - 120,
    jti: '7f1c36a0-9f0e-4d57-a9c7-5b1e0c9f6a11',
    'kubernetes.io': {
      namespace: 'inference',
      pod: { name: 'inference-worker-7d9f', uid: '0b5c6a1e-55a1-4a3b-8f10-3a52a4a1d2c7' },
      serviceaccount: { name: 'inference-worker', uid: 'c2b1d3f4-7a77-4d58-bb42-7a9d93c0a4c9' },
    },
  })
}

function workflowToken(): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return signRun({
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:acme/app:ref:refs/heads/next',
    aud: 'https://api.anthropic.com',
    exp: now + 290,
    iat: now - 10,
    repository: 'acme/app',
    repository_owner: 'acme',
    ref: 'refs/heads/next',
    event_name: 'push',
  })
}

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture, viewport: { width: 1500, height: 1150 } })
  await writeFile(join(editor.workspace, 'jwks.json'), JSON.stringify({ keys: [jwk] }))
  await writeFile(join(editor.workspace, 'token.txt'), await podToken())
  // The report is long: without the panel below, more of it can be seen.
  await editor.runCommand('View: Hide Panel')
})
afterAll(() => editor?.close())

const report = () => editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')
const heading = (name: string | RegExp) => report().getByRole('heading', { level: 1, name })
const button = (name: string | RegExp) => report().getByRole('button', { name }).first()

async function check(token: string): Promise<void> {
  await editor.runCommand('WIF: Check Token')
  await editor.page.locator('.quick-input-widget input[type="password"]').fill(token)
  await editor.page.keyboard.press('Enter')
}

/** Pictures of the window in a high contrast, a dark and a light theme. */
async function screenshots(name: string): Promise<void> {
  const themes = [
    ['high-contrast', 'Dark High Contrast'],
    ['dark', 'Dark Modern'],
    ['light', 'Light Modern'],
  ] as const
  for (const [look, theme] of themes) {
    await editor.runCommand('Preferences: Color Theme')
    const themes = editor.page.locator('.quick-input-widget')
    await themes.locator('input[placeholder*="Color Theme"]').fill(theme)
    await themes.locator('.monaco-list-row.focused', { hasText: theme }).waitFor()
    await editor.page.keyboard.press('Enter')
    await report().locator(`body.vscode-${look}`).waitFor()
    await themes.waitFor({ state: 'hidden' })
    await editor.screenshot(`${name}-${look}`)
  }
}

/** What is selected in the editor of a file, by the words in the status bar. */
async function selection(file: string): Promise<string | null> {
  await editor.page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor()
  return editor.page.locator('#status\\.editor\\.selection').textContent()
}

test('a pasted token is checked, and the report opens beside the editor', async () => {
  await editor.openFile('inference.json')
  await check(await podToken())
  await heading('prod-inference denies this token').waitFor()
  expect(await report().getByText('Amazon EKS, by its issuer').count()).toBe(1)
  const failed = report()
    .getByRole('listitem')
    .filter({ has: report().getByRole('img', { name: 'Failed' }) })
  expect(await failed.first().innerText()).toContain('sub is not what')
  await screenshots('token-1-report')
})

test('the matcher that failed is selected in its file', async () => {
  await button('inference.json:6').click()
  expect(await selection('inference.json')).toContain('Ln 6, Col 74 (51 selected)')
})

test('the signature is checked with the key set of the workspace', async () => {
  await button('Check the signature…').click()
  await report().getByText('The key "eks-2026-01" signed the token').waitFor()
})

test('the value of the token is written into the rule that it nearly matched, and the report follows', async () => {
  await button("Write the token's value into the rule").click()
  await heading('prod-inference admits this token').waitFor()
  await editor.screenshot('token-2-admitted')
  const text = await editor.editorText('rules/inference.json')
  expect(text).toBe(
    (await readFile(join(fixture, 'rules/inference.json'), 'utf8')).replace('workers', 'worker'),
  )
})

test('a rule is drafted from the token, as a new document', async () => {
  await button('Draft a Rule').click()
  await editor.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor()
  const lines = editor.page.locator('.editor-group-container.active .view-lines')
  // The editor draws spaces that do not break.
  const text = async () => (await lines.innerText()).replaceAll('\u00a0', ' ')
  await expect.poll(text).toContain('"subject_prefix": "system:serviceaccount:inference:inference-worker"')
  await editor.screenshot('token-3-draft')
})

test('the report is copied without the values of the token', async () => {
  await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await button('Copy Redacted Report').click()
  const copied = () => editor.page.evaluate<string>('navigator.clipboard.readText()')
  await expect.poll(copied).toContain('Token check: admitted, by rule prod-inference')
  expect(await copied()).not.toMatch(/inference-worker|7f1c36a0|eks-2026-01/)
})

test('each part of a condition has its place, and the report follows what is typed', async () => {
  await editor.openFile('release.yaml')
  await check(await workflowToken())
  await heading('release-notes denies this token').waitFor()
  await editor.screenshot('token-4-condition')
  await button('claims.ref == "refs/heads/main"').click()
  expect(await selection('release.yaml')).toContain('Ln 9, Col 36 (31 selected)')

  await editor.page.keyboard.type('claims.ref == "refs/heads/next"')
  await heading('release-notes may admit this token').waitFor()
})

test('keys are fetched only from a host that is named and agreed to', async () => {
  await button('Check the signature…').click()
  const choices = editor.page.locator('.quick-input-widget .monaco-list-row')
  await choices.filter({ hasText: 'jwks.json' }).waitFor()
  await choices.filter({ hasText: 'Fetch from token.actions.githubusercontent.com' }).click()
  const dialog = editor.page.locator('.monaco-dialog-box')
  await dialog.getByText('Fetch keys from token.actions.githubusercontent.com?').waitFor()
  await editor.screenshot('token-5-consent')
  await editor.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await report().getByText('The signature was not checked').first().waitFor()
})

test('another rule of the workspace can be looked at', async () => {
  await button('nightly-batch').click()
  await heading('nightly-batch denies this token').waitFor()
  expect(await report().locator('[aria-current="true"]').innerText()).toContain('nightly-batch')
})

test('a change of the verdict is said aloud', async () => {
  expect(await report().getByRole('status').textContent()).toBe('nightly-batch denies this token')
})

test('all that the report offers can be reached and pressed with the keyboard', async () => {
  await heading(/./).focus()
  const names: string[] = []
  for (let i = 0; i < 6; i++) {
    await editor.page.keyboard.press('Tab')
    names.push(await report().locator(':focus').innerText())
  }
  expect(names).toEqual([
    'Draft a Rule',
    'Copy Redacted Report',
    'Check Again',
    'nightly-batch, batch.json:2',
    'issuers.json:5',
    'About token/iss-aud-mismatch',
  ])
  await button('release-notes').focus()
  await editor.page.keyboard.press('Enter')
  await heading('release-notes may admit this token').waitFor()
  expect(await report().locator(':focus').innerText(), 'and is read').toBe(
    'release-notes may admit this token',
  )
  await button('Check Again').focus()
  await editor.page.keyboard.press('Enter')
  await expect.poll(() => report().locator(':focus').innerText()).toBe('Check Again')
})

test('the page about a rule opens', async () => {
  await button('token/single-use').click()
  const tab = editor.page.locator('.tab', { hasText: 'single-use' })
  await tab.waitFor()
  await tab.click({ button: 'middle' })
  await tab.waitFor({ state: 'detached' })
})

test('a lens above a rule checks a token against that rule', async () => {
  await editor.openFile('batch.json')
  await editor.page.locator('.codelens-decoration a', { hasText: 'Check a token' }).first().click()
  await editor.page.locator('.quick-input-widget input[type="password"]').fill(await podToken())
  await editor.page.keyboard.press('Enter')
  await heading('nightly-batch denies this token').waitFor()
})

test('a token that is selected in a document is checked from there', async () => {
  await editor.openFile('token.txt')
  await editor.page.keyboard.press('Control+a')
  await editor.runCommand('WIF: Check Selected Token')
  await heading('prod-inference may admit this token').waitFor()
})

test('in a workspace that is not trusted a token is checked, and the report says that nothing is fetched', async () => {
  const settings = {
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  }
  await editor.close()
  editor = await launch({ fixture, settings })
  await editor.openFile('inference.json')
  await check(await podToken())
  await heading('prod-inference denies this token').waitFor()
  expect(await report().getByText('Nothing is fetched, because this workspace is not trusted').count()).toBe(
    1,
  )
})
