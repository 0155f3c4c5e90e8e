import { describe, expect, it } from 'vitest'
import type { Evaluation } from './evaluate.ts'
import { createEvaluator, type Job, type Runner } from './isolate.ts'

/** A runner that does what a test tells it to, and remembers. */
function fake(behave: (job: Job, answer: (a: Evaluation) => void, end: (why: string) => void) => void) {
  const log = { jobs: [] as Job[], killed: 0 }
  const spawn = (): Runner => {
    let answer = (_: Evaluation) => {}
    let end = (_: string) => {}
    return {
      send: job => {
        log.jobs.push(job)
        behave(job, answer, end)
      },
      onAnswer: listener => {
        answer = listener
      },
      onEnd: listener => {
        end = listener
      },
      kill: () => {
        log.killed++
        end('killed')
      },
    }
  }
  return { spawn, log }
}

describe('createEvaluator', () => {
  it('gives the answer, and ends the runner', async () => {
    const { spawn, log } = fake((_, answer) => answer({ result: true, trace: [] }))
    expect(await createEvaluator(spawn)('true', { a: 1 })).toEqual({ result: true, trace: [] })
    expect(log.jobs).toEqual([{ source: 'true', claims: { a: 1 }, options: { budget: expect.any(Number) } }])
    expect(log.killed).toBeGreaterThan(0)
  })

  it('kills a runner that does not answer', async () => {
    const { spawn, log } = fake(() => {})
    const answer = await createEvaluator(spawn, 20)('true', {})
    expect(answer).toEqual({
      error: 'The condition was stopped: it did not end within 0.02 s',
      stopped: 'time',
      trace: [],
    })
    expect(log.killed).toBeGreaterThan(0)
  })

  it('reports one that ends by itself, or cannot be given its job', async () => {
    const dead = fake((_, __, end) => end('it broke'))
    expect(await createEvaluator(dead.spawn)('true', {})).toEqual({
      error: 'it broke',
      stopped: 'crash',
      trace: [],
    })
    const deaf = fake(() => {
      throw new Error('cannot be cloned')
    })
    expect(await createEvaluator(deaf.spawn)('true', {})).toEqual({
      error: 'The claims are not JSON',
      trace: [],
    })
  })
})
