import { beforeEach, expect, test, vi } from 'vitest'

const shown = vi.hoisted(() => ({
  messages: [] as string[],
  answer: undefined as string | undefined,
  ran: [] as string[],
}))
vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, i) => String(values[i])) },
  commands: { executeCommand: async (command: string) => void shown.ran.push(command) },
  window: {
    async showErrorMessage(message: string) {
      shown.messages.push(message)
      return shown.answer
    },
  },
}))
const { createCrashes } = await import('./crashes.ts')

let seconds = 0
const log: string[] = []
const output = { warn: (text: string) => log.push(text), error: (text: string) => log.push(text) } as never
const crashes = () => createCrashes(() => seconds * 1000)

beforeEach(() => {
  seconds = 0
  log.length = 0
  Object.assign(shown, { messages: [], answer: undefined, ran: [] })
})

test('a server that ends now and then is started again each time, and nobody is bothered', () => {
  const { happened } = crashes()
  for (let i = 0; i < 20; i++) {
    seconds += 46
    expect(happened(output)).toBe(true)
  }
  expect(shown.messages).toEqual([])
  expect(log).toEqual(Array(20).fill('The language server has ended by itself and is started again.'))
})

test('the fifth time within three minutes is the last, and then all chances are new', () => {
  const { happened } = crashes()
  const answers = Array.from({ length: 10 }, () => {
    seconds += 44
    return happened(output)
  })
  const round = [true, true, true, true, false]
  expect(answers).toEqual([...round, ...round])
  expect(shown.messages).toHaveLength(2)
  expect(log[4]).toBe('The language server has ended 5 times in a few minutes.')
})

test.each([
  ['Restart', ['wif.restart']],
  ['Show Output', ['wif.showOutput']],
  [undefined, []],
])('answered with %s', async (answer, ran) => {
  shown.answer = answer
  const { happened } = crashes()
  for (let i = 0; i < 5; i++) happened(output)
  await vi.waitFor(() => expect(shown.ran).toEqual(ran))
})
