/**
 * Evaluation in a child process. For the entries of Node only: the core knows no processes.
 *
 * Why not a worker thread: an expression of 566 characters that doubles a string ends the whole process by
 * exhausting its memory, worker threads and their resource limits notwithstanding (measured).
 */

import { fork } from 'node:child_process'
import { createEvaluator, EVALUATOR, type IsolatedEvaluator, type Runner } from './isolate.ts'

/**
 * An `evaluate` whose every call runs in a process of its own, with a heap of 128 MiB, that is killed after
 * `timeout` milliseconds. Takes about 100 ms for a good condition.
 *
 * Claims travel over the IPC channel: neither arguments nor environment, which other users may read, ever hold them.
 * @param child path of a script that does what `child.ts` does when its argument is `EVALUATOR`
 */
export function createIsolatedEvaluator(child: string, timeout?: number): IsolatedEvaluator {
  return createEvaluator(() => start(child), timeout)
}

function start(child: string): Runner {
  const process_ = fork(child, [EVALUATOR], {
    execArgv: ['--max-old-space-size=128'],
    serialization: 'advanced',
    // Nothing it prints, the report of a full heap included, may reach the language server's own output.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: environment(),
  })
  return {
    send: job => void process_.send(job, () => {}),
    onAnswer: listener =>
      void process_.once('message', answer => listener(answer as Parameters<typeof listener>[0])),
    onEnd: listener => {
      process_.once('error', error => listener(`The evaluation could not start: ${error.message}`))
      process_.once('exit', (code, signal) => listener(reason(code, signal)))
    },
    kill: () => void process_.kill('SIGKILL'),
  }
}

/** As good as nothing: the variables of the editor are none of the condition's business. */
function environment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env
  // VS Code's own executable is an editor unless told otherwise; Windows starts nothing without its root.
  return { ELECTRON_RUN_AS_NODE: '1', ...(SystemRoot === undefined ? {} : { SystemRoot }) }
}

function reason(code: number | null, signal: string | null): string {
  // V8 aborts when the heap is full.
  if (signal === 'SIGABRT' || signal === 'SIGTRAP' || code === 134)
    return 'The condition was stopped: it needs too much memory'
  return `The evaluation ended without an answer (${signal ?? code})`
}
