import { beforeEach, describe, expect, test } from 'vitest'
import type { AccessMapResult } from '../../server/src/lsp/access-map-protocol.ts'
import { FORMATS, openFixture } from './cursor.ts'
import { connectInside } from './inside.ts'
import { STACK, withCursor } from './stack.ts'

const CHANGED = 'wif/accessMapChanged'

let client: ReturnType<typeof connectInside>
beforeEach(async () => {
  client = connectInside()
  await client.initialize()
  return () => client.end()
})

const ask = (): Promise<AccessMapResult> => client.request('wif/accessMap', {})

function drawn({ nodes, edges }: AccessMapResult): string[] {
  const title = (id: string) => nodes.find(node => node.id === id)?.title
  return edges.map(({ from, to, how }) => `${title(from)} -${how}-> ${title(to)}`)
}

const WHOLE = ['Pod inference/search-pod -admitted-> search', 'search -gives-> svac_01Search']

describe.each(FORMATS)('the access map in %s', format => {
  test('has every entity with its place as the client knows it', async () => {
    const { uri, at } = openFixture(client, withCursor(STACK, 'rule', 'fdrl_01Search$0'), format)
    const map = await ask()
    expect(drawn(map)).toEqual(WHOLE)
    expect(map.nodes.map(({ kind }) => kind).sort()).toEqual(['account', 'issuer', 'rule', 'source'])
    const rule = map.nodes.find(({ kind }) => kind === 'rule')
    expect(rule?.place?.uri).toBe(uri('rule'))
    expect(rule?.place?.range.end).toEqual(at.position)
    expect(map).not.toHaveProperty('at')
  })

  test.each([
    ['rule', 'fdrl_01Search$0', 'rule'],
    ['rule', '$0svac_01Search', 'rule'],
    ['issuer', 'fdis_01Eks$0', 'issuer'],
    ['pod', '$0registry.example', 'source'],
  ])('in %s at %s is a %s', async (file, cursor, kind) => {
    const { at } = openFixture(client, withCursor(STACK, file, cursor), format)
    const map: AccessMapResult = await client.request('wif/accessMap', { at })
    expect(map.nodes.find(({ id }) => id === map.at)?.kind).toBe(kind)
  })

  test('has nothing at a place of no file, or of one that describes nothing', async () => {
    const { at } = openFixture(client, { other: 'a: $0b\n' }, format)
    const gone = { ...at, textDocument: { uri: 'file:///w/gone.yaml' } }
    for (const each of [at, gone])
      expect(await client.request('wif/accessMap', { at: each })).not.toHaveProperty('at')
  })
})

test('says once that it has changed, until it is asked for again', async () => {
  const { uri, texts } = openFixture(client, withCursor(STACK, 'rule', 'fdrl_01Search$0'), 'yaml')
  expect(drawn(await ask())).toEqual(WHOLE)
  const right = texts.get(uri('pod')) ?? ''
  const wrong = right.replace('serviceAccountName: search', 'serviceAccountName: other')
  await change(uri('pod'), wrong)
  await client.next(CHANGED)
  await change(uri('pod'), `${wrong}\n`)
  expect(client.unread().filter(message => message.startsWith(CHANGED))).toEqual([])
  expect(drawn(await ask())).toEqual([
    'search -gives-> svac_01Search',
    'Pod inference/search-pod -denied-> search',
  ])
  await change(uri('pod'), right)
  await client.next(CHANGED)
  expect(drawn(await ask())).toEqual(WHOLE)
})

test('nobody who has not asked is told of changes', async () => {
  const { uri } = openFixture(client, withCursor(STACK, 'rule', 'fdrl_01Search$0'), 'yaml')
  await change(uri('pod'), 'kind: Pod\n')
  expect(client.unread().filter(message => message.startsWith(CHANGED))).toEqual([])
})

/** Changes a document, and lets the time pass in which nothing more is typed. */
async function change(uri: string, text: string): Promise<void> {
  client.change(uri, { text })
  await client.barrier()
  client.tick()
  await client.barrier()
}
