/**
 * The colours of conditions: `vscode-tmgrammar-test` over fixtures/, whose comments draw the expected scopes under
 * the text. VS Code's own grammars come with no package; small stand-ins with the same names take their place.
 */

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const require = createRequire(import.meta.url)
const root = fileURLToPath(new URL('../../', import.meta.url))
const config = 'test/grammar/fixtures/contributes.json'

interface Grammar {
  scopeName: string
  path: string
  injectTo?: string[]
}

/** Our grammars in `file`, by file name: the paths depend on where `file` is. */
function contributed(file: string): Grammar[] {
  const { contributes } = JSON.parse(readFileSync(`${root}${file}`, 'utf8'))
  const all: Grammar[] = contributes?.grammars ?? []
  return all
    .filter(({ path }) => path.includes('syntaxes/'))
    .map(({ scopeName, path, injectTo }) => ({
      scopeName,
      path: path.replace(/^.*syntaxes\//, ''),
      ...(injectTo && { injectTo }),
    }))
}

it.each(['condition.test.cel', 'condition.test.json', 'condition.test.yaml'])(
  '%s has the colours that are drawn in it',
  async name => {
    const runner = require.resolve('vscode-tmgrammar-test/dist/unit.js')
    const args = [runner, '--config', config, `test/grammar/fixtures/${name}`]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch(error => error)
    expect(stdout).toContain(`${name} run success`)
  },
)

it('tests the grammars that the extension brings along', () => {
  const ours = contributed(config)
  expect(ours.map(({ path }) => path)).toHaveLength(3)
  const shipped = contributed('package.json')
  // Until the manifest names them there is nothing to compare.
  if (shipped.length > 0) expect(shipped).toEqual(ours)
})
