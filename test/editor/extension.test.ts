import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { type Editor, launch } from './harness.ts'

/** The packaged extension in the real editor, on a folder of its own. The tests build on each other. */

const fixture = join(import.meta.dirname, 'fixtures/federation')
const WIDE = 'Every IAM role in AWS account 123456789012 matches'
const NARROW = 'Narrow to "arn:aws:iam::123456789012:role/batch-runner" (service-account.yaml)'

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture })
})
afterAll(() => editor?.close())

test('a rule that admits every role of an account is underlined', async () => {
  await editor.openFile('sts-rule.json')
  await editor.waitForSquiggle('warning')
  await editor.waitForProblem(WIDE, 'sts-rule.json')
  await expect.poll(editor.problems).toContainEqual(
    expect.objectContaining({
      file: 'sts-rule.json',
      source: 'wif',
      code: 'match/tenant-wide',
      line: 5,
      column: 23,
    }),
  )
  await editor.goToProblem(WIDE, 'sts-rule.json')
  await editor.screenshot('1-squiggle')
})

test('the menu behind {} in the status bar has the version, the documents, and the configuration of the file in front', async () => {
  /** An entry of the menu by its text, once the menu is open and has it. */
  const entry = async (text: string) => {
    const found = editor.page.locator('.hover-language-status .element', { hasText: text })
    if (!(await found.isVisible())) await editor.page.locator('[id="status.languageStatus"]').click()
    await found.waitFor()
    return found
  }
  expect(await (await entry('WIF: 5 documents')).innerText()).toContain(manifest.version)
  await entry('WIF: no configuration')

  await editor.openFile('k8s/pod.yaml')
  const configuration = await entry('k8s/wif-lint.json')
  await editor.screenshot('status')
  await configuration.getByRole('button', { name: 'Open' }).click()
  await editor.page.locator('.tab.active[data-resource-name="wif-lint.json"]').waitFor()
  await editor.page.mouse.move(0, 0)
})

test('what is no JSON is said once, and so is what is wrong in the configuration', async () => {
  const codes = async () =>
    (await editor.problems()).filter(({ file }) => file === 'k8s/wif-lint.json').map(({ code }) => code)
  await editor.openFile('wif-lint.json')
  await editor.replaceInEditor('default', 'loud')
  await editor.waitForProblem('`profile` must be `quiet`, `default` or `strict`; this is "loud"')
  expect(await codes()).toEqual(['schema/config'])
  await editor.replaceInEditor('"loud"', '"default",')
  await editor.waitForNoProblem('`profile` must be')
  await editor.waitForProblem('Trailing comma', 'k8s/wif-lint.json')
  expect(await codes()).toEqual(['519'])
  await editor.replaceInEditor('"default",', '"default"')
  await editor.waitForNoProblem('Trailing comma')
  await editor.save()
})

test('the code of a finding leads to the page of its rule, to be read', async () => {
  await editor.page.locator('.markers-panel .code a', { hasText: 'match/tenant-wide' }).click()
  await editor.page.locator('.tab.active', { hasText: 'tenant-wide.md' }).waitFor()
  const text = editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')
  await text.getByRole('heading', { name: 'match/tenant-wide', level: 1 }).waitFor()
  await editor.screenshot('1-rule-page')
})

test('the quick fix offers the role that a service account of the workspace uses, and narrows to it', async () => {
  await editor.goToProblem(WIDE, 'sts-rule.json')
  expect(await editor.quickFixes('2-quick-fix')).toContain(NARROW)
  await editor.applyQuickFix(NARROW)
  await editor.waitForNoProblem(WIDE, 'sts-rule.json')

  const before = readFileSync(join(fixture, 'sts-rule.json'), 'utf8')
  const after = await editor.editorText('sts-rule.json')
  expect(after, 'no other byte is touched').toBe(before.replace('role/*', 'role/batch-runner'))
  await editor.screenshot('3-fixed')
})

test('a changed audience shows in the pod and in its rule, and goes again', async () => {
  await editor.openFile('eks-rule.json')
  await editor.openFile('k8s/pod.yaml')
  const inPod = 'The pod requests audience "https://api.anthropic.com/"'
  const inRule = 'The rule expects audience "https://api.anthropic.com"'

  await editor.replaceInEditor('audience: https://api.anthropic.com', 'audience: https://api.anthropic.com/')
  await editor.waitForProblem(inPod, 'k8s/pod.yaml')
  await editor.waitForProblem(inRule, 'eks-rule.json')
  await editor.screenshot('4-mismatch-in-both-files')

  await editor.replaceInEditor('audience: https://api.anthropic.com/', 'audience: https://api.anthropic.com')
  await editor.waitForNoProblem(inPod, 'k8s/pod.yaml')
  await editor.waitForNoProblem(inRule, 'eks-rule.json')
  await editor.screenshot('5-agreed-again')
})

test('a mistake in a condition is underlined to the character, in a folded block of YAML', async () => {
  const message = '`and` is not CEL: write `&&`'
  await editor.openFile('ci-rule.yaml')
  await editor.waitForProblem(message, 'ci-rule.yaml')
  await expect
    .poll(editor.problems)
    .toContainEqual(
      expect.objectContaining({ file: 'ci-rule.yaml', code: 'cel/invalid', line: 6, column: 37 }),
    )
  await editor.goToProblem(message, 'ci-rule.yaml')
  await editor.screenshot('6-condition')
  const [title = ''] = await editor.quickFixes()
  await editor.applyQuickFix(title)
  await editor.waitForNoProblem(message, 'ci-rule.yaml')
  expect(await editor.editorText('ci-rule.yaml')).toContain('claims.repository == "acme/app" &&\n')
})

test('brackets and quotes close by themselves inside a condition', async () => {
  const typed = " && claims.actor.matches('"
  await editor.openFile('ci-rule.yaml')
  await editor.goToText('"refs/heads/main"')
  await editor.page.keyboard.press('End')
  await editor.page.keyboard.type(typed)
  expect(await editor.editorText('ci-rule.yaml')).toContain(`"refs/heads/main"${typed}')\n`)
})
