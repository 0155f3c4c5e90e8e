import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVALUATOR } from '../../server/src/cel/isolate.ts'
import { type Editor, launch } from './harness.ts'

/** A language server that dies in the real editor, as one does when memory is short. The tests build on each other. */

const fixture = join(import.meta.dirname, 'fixtures/federation')
const WIDE = 'Every IAM role in AWS account 123456789012 matches'

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture })
})
afterAll(() => editor?.close())

/** The process of the server of this editor; undefined while there is none. */
function server(): number | undefined {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  const pid = pids.find(each => {
    const args = commandLine(each)
    // Conditions are evaluated by the same script.
    return isOurs(args) && !args.includes(EVALUATOR)
  })
  return pid === undefined ? undefined : Number(pid)
}

function isOurs(args: readonly string[]): boolean {
  return args.some(arg => arg.startsWith(editor.home) && arg.endsWith('/dist/server.js'))
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    // It has ended meanwhile.
    return []
  }
}

/** Ends the server without a chance to say anything; returns the process that it was. */
async function kill(): Promise<number> {
  await expect.poll(server, { timeout: 20_000 }).toBeDefined()
  const pid = server()
  if (pid === undefined) throw new Error('The server has ended by itself')
  process.kill(pid, 'SIGKILL')
  await expect.poll(server, { timeout: 20_000 }).not.toBe(pid)
  return pid
}

test('a server that is killed comes back and knows what was typed, also in files that were not saved', async () => {
  await editor.openFile('sts-rule.json')
  await editor.waitForProblem(WIDE, 'sts-rule.json')
  await editor.replaceInEditor('role/*', 'role/batch-runner')
  await editor.waitForNoProblem(WIDE, 'sts-rule.json')
  await editor.openFile('k8s/pod.yaml')

  let audience = 'https://api.anthropic.com'
  for (const typed of ['https://typed.example', 'https://again.example']) {
    await kill()
    await editor.replaceInEditor(`audience: ${audience}`, `audience: ${typed}`)
    audience = typed
    await editor.waitForProblem(`The pod requests audience "${typed}"`, 'k8s/pod.yaml')
    await editor.waitForSquiggle('error')
    // On the disk this rule is as wide as it was.
    await editor.waitForNoProblem(WIDE, 'sts-rule.json')
  }
  const pod = readFileSync(join(fixture, 'k8s/pod.yaml'), 'utf8')
  expect(readFileSync(join(editor.workspace, 'k8s/pod.yaml'), 'utf8'), 'nothing is saved').toBe(pod)
  expect(await editor.editorText('k8s/pod.yaml'), 'nothing typed is lost').toBe(
    pod.replace('audience: https://api.anthropic.com', `audience: ${audience}`),
  )
  expect(await editor.editorText('sts-rule.json')).toContain('role/batch-runner')
})

test('one that dies again and again, as soon as it starts, is left alone until a person wants it back', async () => {
  const toast = editor.page.locator('.notification-toast', { hasText: 'keeps ending by itself' })
  // It has died twice, and the fifth time is the last.
  for (let death = 3; death <= 5; death++) await kill()
  await toast.waitFor()
  expect(server()).toBeUndefined()
  expect(await editor.page.locator('.notification-toast').count(), 'nothing else is said').toBe(1)
  await editor.screenshot('restart-stopped')

  await toast.getByRole('button', { name: 'Restart' }).click()
  await editor.openFile('sts-rule.json')
  await editor.replaceInEditor('role/batch-runner', 'role/*')
  await editor.waitForProblem(WIDE, 'sts-rule.json')
})
