import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { type Editor, launch } from './harness.ts'

/** The menu behind `{}` in the status bar. */

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture: join(import.meta.dirname, 'fixtures/federation') })
})
afterAll(() => editor?.close())

/** An entry of the menu by its text, once the menu is open and has it. */
async function entry(text: string) {
  const found = editor.page.locator('.hover-language-status .element', { hasText: text })
  if (!(await found.isVisible())) await editor.page.locator('[id="status.languageStatus"]').click()
  await found.waitFor()
  return found
}

test('it has the version, how many documents are checked, and the configuration of the file in front', async () => {
  await editor.openFile('sts-rule.json')
  await editor.waitForSquiggle('warning')
  expect(await (await entry('WIF: 5 documents')).innerText()).toContain(manifest.version)
  await entry('WIF: no configuration')

  await editor.openFile('k8s/pod.yaml')
  const configuration = await entry('k8s/wif-lint.json')
  await editor.screenshot('status')
  await configuration.getByRole('button', { name: 'Open' }).click()
  await editor.page.locator('.tab.active[data-resource-name="wif-lint.json"]').waitFor()
})
