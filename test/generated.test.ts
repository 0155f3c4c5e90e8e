import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generated } from '../scripts/generate.mjs'

test('what is generated is up to date (npm run generate)', async () => {
  const root = join(import.meta.dirname, '..')
  for (const [path, text] of await generated())
    expect(readFileSync(join(root, path), 'utf8'), path).toBe(text)
})
