import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyFile } from './entity.ts'
import { entityList } from './entity-list.ts'
import { readWifFile } from './file.ts'
import type { FederationRule } from './rule.ts'

/** More than it follows one by one. */
const URIS = [...'abcdefghijkl'].map(name => `file:///${name}.json`)

/** Rules of a few names, of which each belongs to one file. */
const POOL = URIS.map(uri => {
  const rules = Array.from({ length: 8 }, (_, i) => ({
    name: `n${i % 3}`,
    issuer_id: `i${i}`,
    oauth_scope: 's',
    match: { subject_prefix: 'x' },
  }))
  return readWifFile(uri, JSON.stringify(rules), 'json').rules
})

/** A file becomes one with these of its rules, in this order. */
const change = fc.record({
  file: fc.nat(URIS.length - 1),
  rules: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7]),
})
/** What happens until somebody asks: a little, or much. */
const batch = fc.oneof(fc.array(change, { maxLength: 3 }), fc.array(change, { minLength: 15, maxLength: 30 }))

const namesOf = ({ name }: FederationRule) => (name ? [name.value] : [])
/** None for one, two for another, twice the same for a third. */
const manyOf = ({ issuerId }: FederationRule) =>
  issuerId?.value === 'i0' ? [] : [issuerId?.value, issuerId?.value === 'i2' ? 'i2' : 'all']

function grouped<K>(all: readonly FederationRule[], keysOf: (each: FederationRule) => readonly K[]) {
  const keys = new Set(all.flatMap(keysOf))
  return new Map([...keys].map(key => [key, all.filter(each => keysOf(each).includes(key))]))
}

test('follows any changes as if it were made anew', () => {
  expect(POOL.flat()).toHaveLength(12 * 8)
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 8 }), batches => {
      const list = entityList<FederationRule>()
      const files = URIS.map(uri => emptyFile(uri, '', 'json', []).rules)
      for (const changes of batches) {
        for (const { file, rules } of changes) {
          const after = rules.flatMap(i => POOL[file]?.[i] ?? [])
          list.replace(URIS[file] ?? '', files[file] ?? [], after)
          files[file] = after
        }
        const all = files.flat()
        expect(list.items().map(each => all.indexOf(each))).toEqual([...all.keys()])
        for (const keysOf of [namesOf, manyOf]) {
          const [index, fresh] = [
            list.by<string | undefined>(keysOf),
            grouped<string | undefined>(all, keysOf),
          ]
          expect(new Set(index.keys())).toEqual(new Set(fresh.keys()))
          for (const [key, own] of fresh)
            expect(index.get(key)?.map(each => all.indexOf(each))).toEqual(own.map(each => all.indexOf(each)))
        }
      }
    }),
  )
})

test('is the same array until something in it is another', () => {
  const [own = [], others = []] = POOL
  const list = entityList<FederationRule>()
  list.replace(URIS[0] ?? '', [], own)
  const [items, index] = [list.items(), list.by(namesOf).get('n0')]
  expect(list.replace(URIS[0] ?? '', own, [...own])).toBe(false)
  expect(list.items()).toBe(items)
  expect(list.replace(URIS[1] ?? '', [], others)).toBe(true)
  expect(list.items()).not.toBe(items)
  // What somebody has asked for before stays as it was.
  expect(index).toHaveLength(3)
  expect(list.by(namesOf).get('n0')).toHaveLength(6)
})
