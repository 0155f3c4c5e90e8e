import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwt } from '../../server/src/token/jwt.testdata.ts'
import { type Editor, launch } from './harness.ts'

/** The token check from the palette, on a folder of its own. */

const fixture = join(import.meta.dirname, 'fixtures/federation')

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture })
})
afterAll(() => editor?.close())

test('a pasted token is checked, and the report opens beside the editor', async () => {
  await editor.openFile('eks-rule.json')
  await editor.runCommand('WIF: Check Token')
  const box = editor.page.locator('.quick-input-widget input[type="password"]')
  await box.fill(jwt({ sub: 'system:serviceaccount:inference:batch' }))
  await editor.page.keyboard.press('Enter')
  const report = editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')
  await report.getByRole('heading', { level: 1 }).waitFor()
  await editor.screenshot('token-1')
  expect(await report.getByRole('heading', { level: 1 }).textContent()).toContain('denies this token')
})
