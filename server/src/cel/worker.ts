/** Evaluation in a worker that can be ended at any moment. For the entry of the browser: the core knows no workers. */

import { evaluate } from './evaluate.ts'
import { createEvaluator, EVALUATOR, type IsolatedEvaluator, type Job, type Runner } from './isolate.ts'

/**
 * An `evaluate` whose every call runs in a worker of its own, which is terminated after `timeout` milliseconds.
 * @param url of a script that calls `answerJobs` when its worker has the name `EVALUATOR`
 */
export function createWorkerEvaluator(url: string, timeout?: number): IsolatedEvaluator {
  return createEvaluator(() => start(url), timeout)
}

function start(url: string): Runner {
  const worker = new Worker(url, { name: EVALUATOR })
  return {
    send: job => worker.postMessage(job),
    onAnswer: listener => worker.addEventListener('message', ({ data }) => listener(data)),
    onEnd: listener =>
      worker.addEventListener('error', event => {
        // Handled here: the error must not end the server, which is its parent.
        event.preventDefault()
        listener('The evaluation could not be done in this browser')
      }),
    kill: () => worker.terminate(),
  }
}

/** What the other worker does: it answers one job, and is ended then. */
export function answerJobs(self: DedicatedWorkerGlobalScope): void {
  self.addEventListener('message', ({ data: { source, claims, options } }: MessageEvent<Job>) =>
    self.postMessage(evaluate(source, claims, options)),
  )
}
