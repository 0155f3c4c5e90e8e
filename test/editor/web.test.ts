import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwt } from '../../server/src/token/jwt.testdata.ts'
import { type Editor, launch } from './harness.ts'

/**
 * The same extension without its entry for Node: the editor runs it in a worker of the browser, as vscode.dev would,
 * and the language server in another.
 */

const REPO = join(import.meta.dirname, '../..')
const WIDE = 'Every IAM role in AWS account 123456789012 matches'
const NARROW = 'Narrow to "arn:aws:iam::123456789012:role/batch-runner" (service-account.yaml)'

let editor: Editor
beforeAll(async () => {
  editor = await launch({
    fixture: join(import.meta.dirname, 'fixtures/federation'),
    vsix: join(REPO, 'dist/wif-policy-linter-web.vsix'),
  })
})
afterAll(() => editor?.close())

test('a finding is shown, and its fix knows the other files of the workspace', async () => {
  await editor.openFile('sts-rule.json')
  await editor.waitForSquiggle('warning')
  await editor.waitForProblem(WIDE, 'sts-rule.json')
  await editor.goToProblem(WIDE, 'sts-rule.json')
  await editor.screenshot('web-1-squiggle')
  // The other files come one by one through the editor, which takes a moment longer than from a disk.
  await expect.poll(() => editor.quickFixes(), { timeout: 20_000 }).toContain(NARROW)
  await editor.applyQuickFix(NARROW)
  await editor.waitForNoProblem(WIDE, 'sts-rule.json')
})

test('the link of a finding opens the page of its rule, which came with the extension', async () => {
  await editor.openFile('ci-rule.yaml')
  await editor.waitForProblem('`and` is not CEL', 'ci-rule.yaml')
  await editor.page.locator('.markers-panel .monaco-list-row .code a', { hasText: 'cel/invalid' }).click()
  const page = editor.page.locator('.editor-group-container.active')
  await page.locator('.tab.active', { hasText: 'invalid.md' }).waitFor()
  const text = editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')
  await text.getByRole('heading', { name: 'cel/invalid', level: 1 }).waitFor()
  await editor.screenshot('web-rule-page')
})

test('files that change behind the editor change what is found, unless they are ignored', async () => {
  const inRule = 'The rule expects audience "https://api.anthropic.com"'
  const pod = join(editor.workspace, 'k8s/pod.yaml')
  const ignore = join(editor.workspace, '.gitignore')
  const text = await readFile(pod, 'utf8')
  await editor.openFile('eks-rule.json')
  await writeFile(pod, text.replace('https://api.anthropic.com', 'https://other.example'))
  await editor.waitForProblem(inRule, 'eks-rule.json')
  await writeFile(ignore, 'k8s/\n')
  await editor.waitForNoProblem(inRule, 'eks-rule.json')
  await rm(ignore)
  await editor.waitForProblem(inRule, 'eks-rule.json')
  await writeFile(pod, text)
  await editor.waitForNoProblem(inRule, 'eks-rule.json')
})

test('a token is checked, its condition in a worker of its own', async () => {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:acme/app:ref:refs/heads/main',
    repository: 'acme/other',
    ref: 'refs/heads/main',
    aud: 'https://api.anthropic.com',
    iat: now,
    exp: now + 300,
  }
  await editor.openFile('ci-rule.yaml')
  await editor.replaceInEditor(' and', ' &&')
  await editor.goToText('refs/heads/main')
  await editor.runCommand('WIF: Check Token')
  const box = editor.page.locator('.quick-input-widget input[type=password]')
  await box.fill(jwt(claims))
  await box.press('Enter')
  const report = editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')
  await report.getByText('claims.repository == "acme/app"').first().waitFor()
  await editor.screenshot('web-2-token')
  expect(await report.locator('h1').innerText()).toContain('denies this token')
})
