import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signer } from '../../server/src/token/signed.testdata.ts'
import { type Editor, launch } from './harness.ts'

/** The token check from the palette, on a folder of its own. The tests of a theme build on each other. */

const fixture = join(import.meta.dirname, 'fixtures/tokens')

const { sign } = await signer('RS256', 'eks-2026-01')

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
  return sign({
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

describe.for(['light', 'dark'])('in a %s theme', theme => {
  let editor: Editor
  beforeAll(async () => {
    const settings = {
      'workbench.colorTheme': theme === 'light' ? 'Default Light Modern' : 'Default Dark Modern',
    }
    editor = await launch({ fixture, settings, viewport: { width: 1440, height: 1200 } })
    await editor.page.keyboard.press('Control+j')
  })
  afterAll(() => editor?.close())

  async function check(token: string): Promise<void> {
    await editor.runCommand('WIF: Check Token')
    await editor.page.locator('.quick-input-widget input[type="password"]').fill(token)
    await editor.page.keyboard.press('Enter')
  }

  const report = () => editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')

  test('a pasted token is checked, and the report opens beside the editor', async () => {
    await editor.openFile('inference.json')
    await check(await podToken())
    await report().getByRole('heading', { name: 'prod-inference denies this token' }).waitFor()
    await editor.screenshot(`token-${theme}-1`)
  })

  test('each part of a condition has its place', async () => {
    await editor.openFile('release.yaml')
    await check(await workflowToken())
    await report().getByRole('heading', { name: 'release-notes denies this token' }).waitFor()
    await editor.screenshot(`token-${theme}-2`)
    expect(await report().getByRole('button', { name: 'claims.ref ==' }).count()).toBe(1)
  })
})
