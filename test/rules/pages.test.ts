import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { textEdits } from '../../server/src/lint/fix.ts'
import { CLASS_SEVERITY, type Finding } from '../../server/src/lint/rule.ts'
import { rules } from '../../server/src/rules/index.ts'
import { pointer, toValue } from '../../server/src/syntax/node.ts'
import { applyEdits } from '../../server/src/text/edit.ts'
import { NO_CONFIG } from '../../server/src/wif/config.ts'
import { createWorkspace, type Workspace } from '../../server/src/workspace/workspace.ts'
import { draw, type Example, type Expected, examples } from './page.ts'

/**
 * The pages of the rules are their tests. A `bad` example must give exactly the findings drawn in it; a `fixed` one
 * is what the fix makes of it and must give none; a `good` one none. All of it holds for the same data in the other
 * format too.
 */

const root = join(import.meta.dirname, '../../server/src/rules')
const moreCases = join(import.meta.dirname)
const pages = [root, moreCases].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md') && name.includes('/'))
    .map(name => ({ id: name.slice(0, -3), path: join(folder, name) })),
)

/** A workspace with one file for each part; all but YAML streams are one part. */
function open(parts: string[], format: 'json' | 'yaml'): Workspace {
  const strict = rules.some(r => r.id === page && r.profile === 'strict')
  const workspace = createWorkspace(rules, { ...NO_CONFIG, profile: strict ? 'strict' : 'default' })
  for (const [i, text] of parts.entries()) workspace.update(`file:///example-${i}.${format}`, 'disk', text)
  return workspace
}

function findings(workspace: Workspace): readonly Finding[] {
  return workspace.files().flatMap(file => workspace.findings(file.uri))
}

/** What makes two findings the same in two formats: the rule, the words, and where in the data. */
function facts(workspace: Workspace): string[] {
  return workspace
    .files()
    .flatMap((file, i) =>
      workspace.findings(file.uri).map(f => {
        const tree = file.trees.findIndex(t => t.root && f.node && contains(t.root, f.node))
        return `${i + tree} ${f.node ? pointer(f.node) : ''} ${f.rule} ${f.severity} ${f.message}`
      }),
    )
    .sort()
}

function contains(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The same data in the other format: a stream becomes a file for each document. */
function twin(example: Example): { parts: string[]; format: 'json' | 'yaml' } {
  const values = (open([example.text], example.format).files()[0]?.trees ?? []).map(t => toValue(t.root))
  if (example.format === 'json')
    return { parts: [values.map(v => stringify(v)).join('---\n')], format: 'yaml' }
  return { parts: values.map(v => JSON.stringify(v, null, 2)), format: 'json' }
}

/** The texts of the files after the fix of this title (the first one without a title) of every finding of `id`. */
function fixed(workspace: Workspace, id: string, title: string | undefined): string[] {
  const texts = new Map(workspace.files().map(f => [f.uri, f.text]))
  let applied = 0
  for (const file of workspace.files()) {
    for (const finding of workspace.findings(file.uri)) {
      if (finding.rule !== id) continue
      const fix = finding.fixes.find(f => title === undefined || f.title === title)
      const edits = fix && textEdits(fix, file)
      if (!edits || applied > 0) continue
      applied++
      for (const [uri, list] of edits) texts.set(uri, applyEdits(texts.get(uri) ?? '', list))
    }
  }
  if (applied === 0) throw new Error(`no finding of ${id} offers ${title ? `the fix "${title}"` : 'a fix'}`)
  return [...texts.values()]
}

function drawn(example: Example, list: readonly Expected[]): string {
  return draw(example.text, list, example.format === 'json' ? '//' : '#')
}

function shown(found: readonly Finding[], expected: readonly Expected[]): Expected[] {
  return found.map((f, i) => {
    const usual = CLASS_SEVERITY[f.class] === f.severity && expected[i]?.severity === undefined
    return {
      rule: f.rule,
      message: f.message,
      start: f.start,
      end: f.end,
      severity: usual ? undefined : f.severity,
    }
  })
}

/** The page whose examples are running: a strict rule speaks on its own page only. */
let page = ''

for (const { id, path } of pages) {
  describe(id, () => {
    beforeAll(() => {
      page = id
    })
    let bad: Example | undefined
    for (const example of examples(readFileSync(path, 'utf8'))) {
      const name = `${example.kind}, line ${example.line}`
      if (example.kind === 'bad') bad = example
      const source = bad

      if (example.kind === 'bad') {
        test(name, () => {
          const found = findings(open([example.text], example.format))
          expect(drawn(example, shown(found, example.expected))).toBe(drawn(example, example.expected))
          expect(
            example.expected.some(e => e.rule === id),
            `an example of ${id} must show it`,
          ).toBe(true)
        })
      } else {
        test(name, () => {
          const found = findings(open([example.text], example.format))
          expect(drawn(example, shown(found, [])), 'must stay silent').toBe(example.text.trimEnd())
        })
      }

      if (example.kind === 'fixed' && source) {
        test(`${name}: what the fix makes of line ${source.line}`, () => {
          const texts = fixed(open([source.text], source.format), id, example.title)
          expect(texts.join('')).toBe(example.text)
        })
        test(`${name}: the same in the other format`, () => {
          const { parts, format } = twin(source)
          const after = open(fixed(open(parts, format), id, example.title), format)
          const wanted = open([example.text], example.format)
          const values = (w: Workspace) => w.files().flatMap(f => f.trees.map(t => toValue(t.root)))
          expect(values(after)).toEqual(values(wanted))
        })
      } else {
        test(`${name}: the same in the other format`, () => {
          const { parts, format } = twin(example)
          expect(facts(open(parts, format))).toEqual(facts(open([example.text], example.format)))
        })
      }
    }
  })
}
