// @ts-check
/**
 * `npm run package`: makes dist/wif-policy-linter.vsix, which `code --install-extension` takes.
 */
import { fileURLToPath } from 'node:url'
import { createVSIX } from '@vscode/vsce'
import { build } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await build()
await createVSIX({
  cwd: root,
  packagePath: `${root}dist/wif-policy-linter.vsix`,
  // All that is needed is in the bundles.
  dependencies: false,
  // Links in the README are read where the package is unpacked; there is no public repository to point them to.
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
})
