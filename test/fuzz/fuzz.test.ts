import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpus } from './corpus.ts'
import { properties } from './properties/index.ts'

/** A short run of the fuzzer, and every input that it ever found to fail: `npm run fuzz` goes on from here. */

const root = join(import.meta.dirname, '../..')
const all = properties(corpus(root))

test.each(all.map(each => [each.name, each] as const))('%s', async (_, { inputs, check }) => {
  await fc.assert(
    fc.asyncProperty(inputs, async input => check(input)),
    { numRuns: 40 },
  )
})

describe('inputs that have failed once', () => {
  const folder = join(import.meta.dirname, 'fixtures')
  const kept = readdirSync(folder).filter(name => name.endsWith('.json'))

  test.each(kept)('%s', async name => {
    const { property, input } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    const found = all.find(each => each.name === property)
    expect(found, `the property "${property}"`).toBeDefined()
    await found?.check(input)
  })
})
