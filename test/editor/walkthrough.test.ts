import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Editor, launch } from './harness.ts'

/** The walkthrough, as somebody follows it who has just installed the extension. The tests build on each other. */

const WIDE = 'Every IAM role in AWS account 111122223333 matches'
const NARROW = 'Narrow to "arn:aws:iam::111122223333:role/inference-worker" (Untitled-1)'
const STEPS = [
  { title: 'Open what decides over access', media: 'What belongs together' },
  { title: 'See a finding and narrow it', media: 'One * too many' },
  { title: 'Check a token', media: 'Why is it denied?' },
  { title: 'Put it into CI', media: 'On every pull request' },
]

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture: join(import.meta.dirname, 'fixtures/federation') })
})
afterAll(() => editor?.close())

/** Opens a step by its title, unless it is open: a click would close it then. */
async function openStep(title: string) {
  const step = editor.page.locator('.gettingStartedContainer .getting-started-step', { hasText: title })
  await step.waitFor()
  if ((await step.getAttribute('class'))?.includes('expanded')) return step
  await step.click()
  // Left there, the mouse would point out another step.
  await editor.page.mouse.move(0, 0)
  await step.and(editor.page.locator('.expanded')).waitFor()
  return step
}

test('each step opens, with what illustrates it', async () => {
  // The problems would take half of the window.
  await editor.page.keyboard.press('Control+j')
  await editor.page.locator('.markers-panel').waitFor({ state: 'hidden' })
  await editor.runCommand('WIF: Open Walkthrough')
  await editor.page.getByRole('heading', { name: 'Get started with WIF Policy Linter', level: 2 }).waitFor()
  const media = editor.page
    .frameLocator('.gettingStartedContainer iframe.webview')
    .frameLocator('#active-frame')
  for (const [index, { title, media: heading }] of STEPS.entries()) {
    await openStep(title)
    await media.getByRole('heading', { name: heading }).waitFor()
    await editor.screenshot(`walkthrough-${index + 1}`)
  }
})

test('the sample has a rule that is too wide, and the fix narrows it to the role in the sample', async () => {
  const step = await openStep('Open what decides over access')
  await step.getByRole('button', { name: 'Open a Sample' }).click()
  await editor.waitForSquiggle('warning')
  await editor.runCommand('Problems: Focus on Problems View')
  await editor.goToProblem(WIDE)
  expect(await editor.quickFixes('walkthrough-sample')).toContain(NARROW)
  await editor.chooseQuickFix(NARROW)
  await editor.waitForNoProblem(WIDE)
  expect(await editor.problems()).toEqual([])

  await editor.runCommand('WIF: Open Walkthrough')
  for (const { title } of STEPS.slice(0, 2)) {
    const done = editor.page.locator('.getting-started-step', { hasText: title }).locator('.codicon.complete')
    await done.waitFor()
  }
})

test('the workflow for CI opens', async () => {
  const step = await openStep('Put it into CI')
  await step.getByRole('button', { name: 'Open a Workflow' }).click()
  await editor.page.locator('.tab.active', { hasText: 'name: Federation' }).waitFor()
  await editor.screenshot('walkthrough-workflow')
})
