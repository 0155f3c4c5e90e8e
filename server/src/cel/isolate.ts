/**
 * Evaluation that can be ended from outside: the seam between the core and whatever can be killed. In Node that is
 * a child process (`node.ts`); in a browser it is a dedicated worker, which `terminate()` ends at any moment.
 */

import type { EvaluateOptions, Evaluation } from './evaluate.ts'

/** By this, as an argument or as a worker's name, a script is told that it is to evaluate. */
export const EVALUATOR = 'wif-condition'

/** What the other side is to evaluate; it answers with one `Evaluation`. */
export interface Job {
  source: string
  claims: unknown
  options: EvaluateOptions
}

/** A process or worker that takes one job. */
export interface Runner {
  /** May throw, for claims that cannot be sent. */
  send(job: Job): void
  onAnswer(listener: (answer: Evaluation) => void): void
  /** Called with a sentence when it ends by itself, or cannot start. */
  onEnd(listener: (why: string) => void): void
  /** Ends it at once, in the middle of a loop too. */
  kill(): void
}

export type IsolatedEvaluator = (
  source: string,
  claims: unknown,
  options?: EvaluateOptions,
) => Promise<Evaluation>

/** What keeps an evaluation from running on in a process of its own; it is killed after two seconds anyway. */
const budget = 10_000_000

/**
 * An `evaluate` that gives each condition a runner of its own. Its promise never rejects, and settles within
 * `timeout` milliseconds and the time to start a runner.
 * @param spawn starts a runner
 */
export function createEvaluator(spawn: () => Runner, timeout = 2000): IsolatedEvaluator {
  return (source, claims, options = {}) =>
    new Promise(resolve => {
      const runner = spawn()
      let settled = false
      const timer = setTimeout(() => {
        settle(stopped('time', `The condition was stopped: it did not end within ${timeout / 1000} s`))
      }, timeout)
      runner.onAnswer(settle)
      runner.onEnd(why => settle(stopped('crash', why)))
      try {
        runner.send({ source, claims, options: { budget, ...options } })
      } catch {
        settle({ error: 'The claims are not JSON', trace: [] })
      }

      function settle(answer: Evaluation): void {
        // Killing a runner makes it report its end.
        if (settled) return
        settled = true
        clearTimeout(timer)
        runner.kill()
        resolve(answer)
      }
    })
}

function stopped(how: 'time' | 'crash', error: string): Evaluation {
  return { error, stopped: how, trace: [] }
}
