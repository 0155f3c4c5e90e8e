import { expect, test } from 'vitest'
import { progressOf } from '../../server/src/cli/progress.ts'
import { PAGES } from './harness.ts'

/** What is on standard error after each step of `work`. */
function shown(
  work: (progress: ReturnType<typeof progressOf>, wait: (ms: number) => void) => void,
  { isTTY = true, env = {} } = {},
) {
  let time = 1000
  const written: string[] = []
  const sink = { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) }
  const progress = progressOf({ cwd: '/', env, pages: PAGES, now: () => time, stdout: sink, stderr: sink })
  work(progress, ms => {
    time += ms
  })
  return written
}

test('is silent on short work', () => {
  expect(
    shown((progress, wait) => {
      progress.tell('reading', 1)
      wait(499)
      progress.tell('reading', 2)
      progress.end()
    }),
  ).toEqual([])
})

test('is one line on long work, renewed ten times a second, and gone afterwards', () => {
  const written = shown((progress, wait) => {
    wait(600)
    progress.tell('reading', 5)
    progress.tell('reading', 6)
    wait(50)
    progress.tell('reading', 7)
    wait(50)
    progress.tell('checking', 8, 20)
    progress.end()
    progress.end()
  })
  expect(written).toEqual(['\r\u001b[Kreading 5 files', '\r\u001b[Kchecking 8 of 20 files', '\r\u001b[K'])
})

test.each([
  ['no terminal', { isTTY: false }],
  ['CI', { env: { CI: 'true' } }],
  ['a dumb terminal', { env: { TERM: 'dumb' } }],
])('is not there for %s', (_, where) => {
  expect(
    shown((progress, wait) => {
      wait(5000)
      progress.tell('reading', 5)
      progress.end()
    }, where),
  ).toEqual([])
})
