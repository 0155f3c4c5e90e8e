import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Nothing here looks at a figure: only that all of them are still measured. */
test('the benchmark runs', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'wif-bench-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const results = join(folder, 'results')
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/bench.mjs', '--quick', '--results', results, join(root, 'examples')],
    { cwd: root, encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const { sections } = JSON.parse(readFileSync(`${results}.json`, 'utf8'))
  expect(sections).toHaveLength(7)
  for (const { rows } of sections) {
    expect(rows).not.toEqual([])
    for (const { ours, theirs = ours } of rows) {
      for (const figure of [...ours, ...theirs]) expect(figure).toBeGreaterThan(0)
      expect(theirs).toHaveLength(ours.length)
      expect(ours).not.toEqual([])
    }
  }
})
