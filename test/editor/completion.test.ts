import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, launch } from './harness.ts'

/** Completion and hover in the real editor, in JSON and YAML. The tests build on each other. */

let editor: Editor
beforeAll(async () => {
  editor = await launch({
    fixture: join(import.meta.dirname, 'fixtures/completion'),
    // Words of the file, which VS Code itself offers a moment after something was typed, would take the Tab key.
    settings: { 'editor.wordBasedSuggestions': 'off' },
  })
})
afterAll(() => editor?.close())

/** The list of suggestions once it has this one, which is then chosen; a picture of it before. */
async function choose(label: string, picture?: string): Promise<void> {
  const { page, screenshot } = editor
  const widget = page.locator('.suggest-widget.visible')
  const row = widget.locator('.monaco-list-row').filter({ hasText: label }).first()
  await row.waitFor()
  if (picture !== undefined) await screenshot(picture)
  await row.click()
  await widget.waitFor({ state: 'hidden' })
}

/** Puts the cursor behind a text of the active file. */
async function goBehind(text: string): Promise<void> {
  await editor.goToText(text)
  await editor.page.keyboard.press('ArrowRight')
}

const suggest = () => editor.page.keyboard.press('Control+Space')

test('an empty file begins with what is offered, also in a window in which nothing speaks of federation yet', async () => {
  await editor.openFile('wif.yaml')
  await editor.page.keyboard.type('wif')
  const offered = editor.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'WIF rule' })
  // Until VS Code has made the extension active, which nothing shows, it asks in vain.
  await expect
    .poll(() => suggest().then(() => offered.count()), { timeout: 20_000, interval: 500 })
    .toBeGreaterThan(0)
  await choose('WIF rule: AWS STS', 'completion-first')
  await editor.page.keyboard.press('Escape')
  expect(await editor.editorText('wif.yaml')).toMatch(/^name: .*\nissuer_id: .*\nmatch:\n/)
  await editor.page.keyboard.press('Control+a')
  await editor.page.keyboard.press('Delete')
  await editor.save()
})

test('JSON: the id of an issuer, found by its name', async () => {
  await editor.openFile('rule.json')
  await goBehind('"issuer_id": "')
  await suggest()
  await choose('fdis_01PrUhRZdsvDQuc8dWrdE03W', 'completion-json-id')
  expect(await editor.editorText('rule.json')).toContain('"issuer_id": "fdis_01PrUhRZdsvDQuc8dWrdE03W",\n')
})

test('JSON: a name is offered while it is typed, and brings the comma that was missing', async () => {
  await goBehind('"wrkspc_01KIv6IK652wFQsVFOs3CfYl"')
  await editor.page.keyboard.press('Enter')
  await editor.page.keyboard.type('"')
  // What is typed while VS Code still asks may make it forget that it has asked.
  await editor.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor()
  await editor.page.keyboard.type('oa')
  await choose('oauth_scope', 'completion-json-name')
  expect(await editor.editorText('rule.json')).toContain(
    '"workspace_id": "wrkspc_01KIv6IK652wFQsVFOs3CfYl",\n  "oauth_scope": "workspace:inference"\n}',
  )
})

test('JSON: what a subject means, and who is admitted', async () => {
  await editor.goToText('system:serviceaccount')
  await editor.page.keyboard.press('Control+k')
  await editor.page.keyboard.press('Control+i')
  const hover = editor.page
    .locator('.monaco-hover-content')
    .filter({ hasText: 'Admits 1 of 1', visible: true })
  await hover.waitFor()
  await editor.screenshot('hover-json-subject')
  const text = await hover.innerText()
  expect(text).toContain('Prefix: every subject that begins with system:serviceaccount:inference:')
  expect(text).toContain('Pod inference/inference-worker')
  await hover.getByRole('link', { name: 'Pod inference/inference-worker' }).click()
  await editor.page.locator('.tab.active[data-resource-name="pod.yaml"]').waitFor()
})

test('YAML: an entry of the environment with its value', async () => {
  await editor.openFile('pod.yaml')
  await goBehind('anthropic.com/token')
  await editor.page.keyboard.press('Enter')
  // The editor has indented as the line above is.
  await editor.page.keyboard.press('Backspace')
  await editor.page.keyboard.type('- ANTHR')
  await suggest()
  await choose('ANTHROPIC_FEDERATION_RULE_ID', 'completion-yaml-entry')
  expect(await editor.editorText('pod.yaml')).toContain(
    '        - name: ANTHROPIC_FEDERATION_RULE_ID\n          value: fdrl_01RO5k0A8Uci0qRhSBHpvkTS\n',
  )
})

test('YAML: what a lifetime comes to', async () => {
  await editor.goToText('3600')
  await editor.page.keyboard.press('Control+k')
  await editor.page.keyboard.press('Control+i')
  const hover = editor.page
    .locator('.monaco-hover-content')
    .filter({ hasText: '80 % of its life', visible: true })
  await hover.waitFor()
  await editor.screenshot('hover-yaml-lifetime')
  await editor.page.keyboard.press('Escape')
})

test('YAML: a whole rule in an empty file, its places filled one after the other', async () => {
  await editor.openFile('wif.yaml')
  await suggest()
  await editor.page.locator('.suggest-widget.visible').waitFor()
  await editor.page.keyboard.type('github')
  await choose('WIF rule: GitHub Actions', 'completion-yaml-snippet')
  await editor.page.keyboard.type('ci')
  await editor.page.keyboard.press('Tab')
  await editor.page.keyboard.type('fdis_01Hub')
  const text = await editor.editorText('wif.yaml')
  expect(text).toMatch(
    /^name: ci\nissuer_id: fdis_01Hub\nmatch:\n {2}audience: https:\/\/api.anthropic.com\n/,
  )
  await editor.screenshot('completion-yaml-snippet-filled')
})
