import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/**
 * The extension and its server are one script each for Node and for a browser. What a browser runs of them must do
 * without Node: bundled for a browser alone, whatever of Node got in would not be found.
 */

const root = join(import.meta.dirname, '..')

test.each([
  ['the server', 'server/src/worker.ts', []],
  ['the extension', 'client/src/launch-web.ts', ['vscode']],
  ['the start of the extension', 'client/src/main.ts', ['vscode', './launch-node.ts']],
])('%s does without Node in a browser', async (_, entry, external) => {
  const { errors } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    outdir: 'nowhere',
    platform: 'browser',
    mainFields: ['module', 'main'],
    conditions: ['browser'],
    external: [...external],
    define: { __VERSION__: '""' },
    logLevel: 'silent',
  })
  expect(errors).toEqual([])
})
