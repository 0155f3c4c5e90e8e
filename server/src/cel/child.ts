/** Entry of the child process: evaluates one condition, answers, and ends. Bundled on its own. */

import { evaluate } from './evaluate.ts'
import type { Job } from './isolate.ts'

process.once('message', ({ source, claims, options }: Job) => {
  const answer = evaluate(source, claims, options)
  process.send?.(answer, () => process.disconnect())
})
