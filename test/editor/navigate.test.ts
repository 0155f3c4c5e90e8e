import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, launch } from './harness.ts'

/** From pods to rules and back, in the real editor. The tests build on each other. */

const GROUP = '.editor-group-container.active'
const LENS = `${GROUP} .codelens-decoration`
const HINT = `${GROUP} .view-line [class*="dyn-rule"]`

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture: join(import.meta.dirname, 'fixtures/navigate') })
})
afterAll(() => editor?.close())

/** What stands above lines and beside them, once all of it is there. */
async function lenses(expected: readonly string[]): Promise<void> {
  for (const text of expected) await editor.page.locator(LENS).filter({ hasText: text }).first().waitFor()
}

test('lenses above rules say how many workloads they admit, hints beside subjects how', async () => {
  await editor.openFile('rules.yaml')
  await lenses(['Check a token', 'admits 2 of 3 workloads', 'admits 0 of 3 workloads'])
  const hints = editor.page.locator(HINT)
  for (const hint of ['prefix: admits 2', 'exact', 'audience: https://api.anthropic.com', 'eks-prod'])
    await hints.filter({ hasText: hint }).first().waitFor()
  await editor.screenshot('navigate-1-rules')
})

test('the lens leads to the workloads that are admitted', async () => {
  await editor.page.locator(`${LENS} a`).filter({ hasText: 'admits 2 of 3' }).click()
  const peek = editor.page.locator('.reference-zone-widget')
  for (const file of ['batch.yaml', 'search.yaml']) await peek.getByText(file).first().waitFor()
  await editor.screenshot('navigate-2-admitted')
  await editor.page.keyboard.press('Escape')
  await peek.waitFor({ state: 'detached' })
})

test('a pod says what the rule it names makes of it', async () => {
  await editor.openFile('k8s/nightly.yaml')
  await lenses(['rule "nightly" denies it: The token\'s audience is "https://api.anthropic.com/v1"'])
  await editor.goToText('fdrl_01Nightly')
  await editor.page.keyboard.press('Control+k')
  await editor.page.keyboard.press('Control+i')
  const hover = editor.page.locator('.monaco-hover-content').filter({ hasText: 'denies this token' })
  await hover.filter({ hasText: '✗' }).waitFor()
  await editor.screenshot('navigate-3-denied')
  await editor.page.keyboard.press('Escape')
})

test('from the id in a pod to its rule, and from there to all who use it', async () => {
  await editor.openFile('k8s/search.yaml')
  await lenses(['admitted by rule "inference"'])
  await editor.goToText('fdrl_01Inference')
  await editor.page.keyboard.press('F12')
  await editor.page.locator(`${GROUP} .tab.active[data-resource-name="rules.yaml"]`).waitFor()
  await editor.page.keyboard.press('Shift+F12')
  const peek = editor.page.locator('.reference-zone-widget')
  for (const file of ['batch.yaml', 'search.yaml', 'rules.yaml']) await peek.getByText(file).first().waitFor()
  await editor.screenshot('navigate-4-references')
  await editor.page.keyboard.press('Escape')
  await peek.waitFor({ state: 'detached' })
})

test('an id is renamed in all files', async () => {
  await editor.openFile('rules.yaml')
  await editor.goToText('fdrl_01Inference')
  await editor.page.keyboard.press('F2')
  const box = editor.page.locator('.rename-box input')
  await box.fill('fdrl_01Renamed')
  await editor.screenshot('navigate-5-rename')
  await editor.page.keyboard.press('Enter')
  await editor.page.locator('.tab.dirty').first().waitFor()
  for (const file of ['rules.yaml', 'k8s/search.yaml', 'k8s/batch.yaml']) {
    await editor.openFile(file)
    const text = await editor.editorText(file)
    expect(text).toContain('fdrl_01Renamed')
    expect(text).not.toContain('fdrl_01Inference')
  }
  await lenses(['admitted by rule "inference"'])
})

test('the outline and the search over the workspace know rules by name, id and subject', async () => {
  await editor.page.keyboard.press('Control+t')
  const input = editor.page.locator('.quick-input-widget .quick-input-filter input')
  await input.fill('#jobs:nightly')
  const row = editor.page.locator('.quick-input-widget .monaco-list-row')
  await row.filter({ hasText: 'system:serviceaccount:jobs:nightly' }).first().waitFor()
  await editor.screenshot('navigate-6-symbols')
  await editor.page.keyboard.press('Enter')
  await editor.page.locator(`${GROUP} .monaco-editor.focused`).waitFor()
})
