// @ts-check
/**
 * `npm run package`: makes dist/wif-policy-linter.vsix, which `code --install-extension` takes. With --web it makes
 * dist/wif-policy-linter-web.vsix instead, of the same files, which every editor runs as a browser does: for tests.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce'
import { build } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await build()
await pack(root, 'wif-policy-linter.vsix')
if (process.argv.includes('--web')) await packForBrowsers()

/**
 * @param {string} folder
 * @param {string} name
 */
async function pack(folder, name) {
  await createVSIX({
    cwd: folder,
    packagePath: join(root, 'dist', name),
    // All that is needed is in the bundles.
    dependencies: false,
    // Links in the README are read where the package is unpacked; there is no public repository to point them to.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  })
}

/** Without an entry for Node an editor has no choice. */
async function packForBrowsers() {
  const folder = await mkdtemp(join(tmpdir(), 'wif-web-'))
  try {
    for (const name of await listFiles({ cwd: root, packageManager: PackageManager.None }))
      await cp(join(root, name), join(folder, name))
    const { main, ...manifest } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
    await pack(folder, 'wif-policy-linter-web.vsix')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
