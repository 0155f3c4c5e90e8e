import { EVALUATOR } from './cel/isolate.ts'

/**
 * The language server, wherever it runs. One script for Node and for the workers of a browser, and for the processes
 * and workers in which it has conditions evaluated: they share all but a few files, and a package should hold them once.
 */
if (typeof importScripts === 'function') void import('./worker.ts')
else if (process.argv[2] === EVALUATOR) void import('./cel/child.ts')
else void import('./node.ts')
