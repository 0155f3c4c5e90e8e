import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccessMapResult } from '../../../../server/src/lsp/access-map-protocol.ts'
import { details } from './details.ts'
import { draw } from './draw.ts'
import { layout, type Rect } from './layout.ts'
import { legend } from './legend.ts'
import { matches } from './matches.ts'
import { connected, neighbour } from './neighbours.ts'
import { edge, mapOf, node } from './shown.testdata.ts'
import { shown } from './shown.ts'
import { summary } from './summary.ts'
import { rows, tree } from './tree.ts'
import { fill, type Words } from './words.ts'

const NONE = new Set<string>()
const both = (width: number) => ({ title: width, all: width })
const ROOM = { width: 1000, height: 600 }

const GROUPS = ['kinds', 'plurals', 'columns', 'members', 'facts', 'severities', 'how', 'idle']

/** Words that are called as they are: "search", "kinds.rule". */
const words = new Proxy({} as Words, {
  get: (_, name) =>
    GROUPS.includes(String(name))
      ? new Proxy({}, { get: (_, key) => `${String(name)}.${String(key)}` })
      : name,
})

const laidOut = (map: AccessMapResult, toggled = NONE) =>
  layout(shown(map, toggled), ({ title }) => both(title.length * 7), ROOM)

/** Those that begin above the end of another one beside them. */
function overlapping(rects: readonly Rect[]): Rect[] {
  return rects.filter((a, i) =>
    rects
      .slice(i + 1)
      .some(b => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
  )
}

describe('what is drawn', () => {
  test('of few nodes all, with rules in the frame of their issuer', () => {
    const { boxes, frames, edges } = shown(mapOf(6, 6, 2), NONE)
    expect(boxes.map(({ id }) => id).sort()).toEqual(
      ['i0', 'i1', 'i2', ...'012345'.split('').flatMap(i => [`s${i}`, `r${i}`]), 'a0', 'a1'].sort(),
    )
    expect(frames.map(({ id, open, members }) => [id, open, members.length])).toEqual([
      ['i0', true, 2],
      ['i1', true, 2],
      ['i2', true, 2],
    ])
    expect(edges).toHaveLength(12)
  })

  test('of many nodes groups, and of their lines one each way', () => {
    const map = mapOf(300, 120, 60)
    const { boxes, frames, edges } = shown(map, NONE)
    expect(boxes.length).toBeLessThanOrEqual(60)
    expect(frames.filter(({ column }) => column === 'source').map(({ title }) => title)).toEqual(
      [0, 1, 2, 3, 4].map(i => `ns${i}`),
    )
    expect(edges.length).toBeLessThan(map.edges.length)
    expect(new Set(edges.map(({ from, to }) => `${from} ${to}`)).size).toBe(edges.length)
  })

  test('a group is opened and closed again, and the others stay', () => {
    const map = mapOf(300, 120, 60)
    const before = shown(map, NONE)
    const opened = shown(map, new Set(['namespace:ns1']))
    expect(opened.boxes.length).toBe(before.boxes.length + 60)
    expect(opened.boxes.filter(({ frame }) => frame === 'namespace:ns1')).toHaveLength(61)
  })

  test('the frame of an issuer can be closed in a small map too', () => {
    const map = mapOf(6, 6, 2)
    map.nodes.push(node('bad', 'rule', { issuer: 'i0', severity: 'error' }))
    const closed = shown(map, new Set(['i0']))
    expect(closed.boxes.some(({ id }) => id === 'r0')).toBe(false)
    expect(closed.boxes.find(({ id }) => id === 'i0')?.severity).toBe('error')
    expect(closed.edges).toContainEqual(expect.objectContaining({ from: 'i0', to: 'a0', how: 'gives' }))
  })

  test('who uses nothing and what nobody uses is idle, also through a denied line', () => {
    const map: AccessMapResult = {
      nodes: [
        node('in', 'source'),
        node('out', 'source'),
        node('i', 'issuer'),
        node('used', 'rule', { issuer: 'i' }),
        node('unused', 'rule', { issuer: 'i' }),
        node('a', 'account'),
        node('b', 'account'),
      ],
      edges: [
        edge('in', 'used', 'possible'),
        edge('out', 'unused', 'denied', 'why'),
        edge('used', 'a', 'gives'),
        edge('unused', 'b', 'gives'),
      ],
      omitted: 0,
    }
    const idle = shown(map, NONE).boxes.flatMap(box => (box.idle ? [box.id] : []))
    expect(idle.sort()).toEqual(['b', 'out', 'unused'])
  })
})

describe('the layout', () => {
  const size = fc.nat({ max: 40 })
  const side = fc.integer({ min: -50, max: 3000 })

  test('boxes never overlap, and each is inside its frame', () => {
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        side,
        side,
        (sources, rules, accounts, closed, width, height) => {
          const map = mapOf(sources, rules, accounts)
          const view = shown(map, closed ? new Set(['i1']) : NONE)
          const { boxes, frames } = layout(view, () => both(200), { width, height })
          const all = [...boxes.values()]
          expect(overlapping(all)).toEqual([])
          expect(overlapping([...frames.values()])).toEqual([])
          const outside = all.filter(({ box, y, height }) => {
            const frame = box.frame === undefined ? undefined : frames.get(box.frame)
            return frame && y + height > frame.y + frame.height
          })
          expect(outside).toEqual([])
          expect(all).toHaveLength(view.boxes.length)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('goes from left to right', () => {
    for (const { from, to } of laidOut(mapOf(20, 9, 4)).edges) expect(from.x).toBeLessThan(to.x)
  })

  describe('makes use of the room', () => {
    const view = shown(mapOf(6, 6, 2), NONE)
    const at = (width: number, height: number) =>
      layout(view, () => ({ title: 200, all: 300 }), { width, height })

    test('to the sides: where there is little, boxes are narrower down to a width that says something', () => {
      expect(at(1400, 600).width).toBeLessThanOrEqual(1400)
      const least = (room: number) => Math.min(...[...at(room, 600).boxes.values()].map(({ width }) => width))
      expect(least(1400)).toBe(300)
      // Details go first, and titles last.
      for (const [room, narrowest] of [
        [760, 200],
        [550, 150],
      ] as const) {
        expect(at(room, 600).width).toBeLessThanOrEqual(room / 0.9)
        expect(at(room, 600).width).toBeGreaterThan(room - 4)
        expect(least(room)).toBeGreaterThanOrEqual(narrowest)
      }
      expect(least(100)).toBe(150)
    })

    test('up and down: boxes are spread, and never need more height than without', () => {
      const [low, high] = [at(1000, 0).height, at(1000, 900).height]
      expect(high).toBeGreaterThan(low * 1.15)
      expect(high).toBeLessThanOrEqual(900)
      expect(at(1000, low).height).toBe(low)
    })
  })

  test('500 nodes, all of them open', () => {
    const map = mapOf(300, 120, 77)
    const all = new Set(shown(map, NONE).frames.flatMap(({ id, open }) => (open ? [] : [id])))
    expect(laidOut(map, all).boxes.size).toBeGreaterThanOrEqual(500)
  })
})

describe('the arrow keys', () => {
  const map = laidOut(mapOf(6, 6, 2))

  test('lead along a line and back', () => {
    expect(neighbour(map, 's1', 'right')).toBe('r1')
    expect(neighbour(map, 'r1', 'left')).toBe('s1')
    expect(neighbour(map, 'r1', 'right')).toBe('a1')
    expect(neighbour(map, 'a1', 'right')).toBeUndefined()
    expect(neighbour(map, 'gone', 'right')).toBeUndefined()
  })

  test('reach every box from every box', () => {
    const reached = new Set(['a0'])
    for (const id of reached)
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = neighbour(map, id, direction)
        if (next !== undefined) reached.add(next)
      }
    expect(reached.size).toBe(map.boxes.size)
  })

  test('what a box has to do with', () => {
    expect([...connected(map, 'r1')].sort()).toEqual(['a1', 'i1', 'r1', 's1'])
  })
})

test('a search finds titles, facts and findings in whatever case', () => {
  const finding = { rule: 'match/tenant-wide', severity: 'warning' as const, message: '', place: {} as never }
  const nodes = [
    node('Search', 'source'),
    node('b', 'rule', { facts: [{ name: 'subject', value: 'system:search' }] }),
    node('c', 'rule', { findings: [finding] }),
  ]
  expect(matches(nodes, ' SEARCH')).toEqual(['Search', 'b'])
  expect(matches(nodes, 'tenant-wide')).toEqual(['c'])
  expect(matches(nodes, ' ')).toEqual([])
})

describe('markup', () => {
  const hostile = '"><img src=x onerror=alert(1)>'
  const map: AccessMapResult = {
    nodes: [
      node(`s${hostile}`, 'source', {
        title: hostile,
        detail: hostile,
        facts: [{ name: 'subject', value: hostile }],
      }),
      node('i', 'issuer', { title: hostile }),
      node('r', 'rule', { title: hostile, issuer: 'i' }),
    ],
    edges: [edge(`s${hostile}`, 'r', 'denied', hostile)],
    omitted: 0,
  }

  test('never comes from what files say', () => {
    const view = shown(map, NONE)
    const all = [
      draw(
        layout(view, () => both(100), ROOM),
        view.frames,
        words,
        text => text,
      ),
      details(`s${hostile}`, map, view, words),
      summary(map, words),
      tree(rows(map, words), new Set(['i', 'r', 'nowhere']), words),
    ]
    for (const { markup } of all) {
      expect(markup).toContain('&gt;&lt;img')
      expect(markup).not.toContain('<img')
    }
  })

  test('the list has each admission below its rule, and those who get nowhere at the end', () => {
    const all = rows(map, words)
    expect(all.map(({ key, children }) => [key, children.length])).toEqual([
      ['i', 1],
      ['nowhere', 1],
    ])
    expect(all[0]?.children[0]?.children).toHaveLength(1)
  })
})

describe('the summary', () => {
  const finding = (rule: string, severity: 'error' | 'warning') => ({
    rule,
    severity,
    message: `about ${rule}`,
    place: {} as never,
  })
  const map: AccessMapResult = {
    nodes: [
      node('in', 'source', { findings: [finding('weak', 'warning')] }),
      node('out', 'source'),
      node('i', 'issuer'),
      node('used', 'rule', { issuer: 'i', findings: [finding('weak', 'warning'), finding('bad', 'error')] }),
      node('unused', 'rule', { issuer: 'i' }),
    ],
    edges: [edge('in', 'used')],
    omitted: 0,
  }
  const { markup } = summary(map, words)

  test('counts nodes, and has the worst finding first, to be opened', () => {
    const counts = [...markup.matchAll(/<dt>plurals\.(\w+)<\/dt><dd>(\d+)<\/dd>/g)].map(([, ...all]) => all)
    expect(counts).toEqual([
      ['source', '2'],
      ['rule', '2'],
      ['issuer', '1'],
      ['account', '0'],
    ])
    const opened = [...markup.matchAll(/data-open="(\w+)" data-finding="(\d)"/g)].map(([, ...all]) => all)
    expect(opened).toEqual([
      ['used', '1'],
      ['in', '0'],
    ])
    // Those that are alike are counted.
    expect(markup).toMatch(/findings <span class="count">3</)
    expect(markup.match(/>more</g)).toHaveLength(1)
  })

  test('names the rules that nobody uses and the workloads that get nowhere', () => {
    expect(markup).toMatch(/unusedRules.*data-select="unused".*noAccess.*data-select="out"/s)
    expect(markup).not.toMatch(/(unusedRules|noAccess).*data-select="(in|used)"/s)
  })

  test('what is written in files is set apart in a finding, and is no markup', () => {
    const nodes = [node('a', 'source', { findings: [{ ...finding('bad', 'error'), message: '`<b>` is 1' }] })]
    expect(summary({ nodes, edges: [], omitted: 0 }, words).markup).toContain('<code>&lt;b&gt;</code> is 1 <')
  })

  test('says so when nothing is found', () => {
    expect(summary(mapOf(2, 2, 1), words).markup).toContain('noFindings')
  })
})

test('the legend takes more rows where there is less room', () => {
  const size = (room: number) => {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(legend(words, () => 60, room).markup) ?? []
    return { width: Number(width), height: Number(height) }
  }
  expect(size(2000).height).toBe(24)
  expect(size(300).width).toBeLessThanOrEqual(300)
  expect(size(300).height).toBe(72)
  expect(size(0).height).toBe(24 * 7)
})

test('values take the places of their numbers', () => {
  expect(fill('{0} of {1}, {2}', 1, 'two')).toBe('1 of two, {2}')
})
