import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, launch } from './harness.ts'

/** How long the editor says that the extension takes to become active. `npm run bench -- --editor` reads it here. */

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture: join(import.meta.dirname, 'fixtures/federation') })
})
afterAll(() => editor?.close())

test('the editor says that the extension is active, and since when', async () => {
  await editor.openFile('sts-rule.json')
  await editor.waitForProblem('Every IAM role in AWS account')
  await editor.runCommand('Developer: Show Running Extensions')
  const row = editor.page.locator('.runtime-extensions-editor .monaco-list-row', {
    hasText: 'WIF Policy Linter',
  })
  const time = await row.locator('.activation-time').textContent()
  await editor.screenshot('running-extensions')
  expect(time).toMatch(/\d+ms/)
  // Nothing is asked of the figure here.
  console.log(time)
})
