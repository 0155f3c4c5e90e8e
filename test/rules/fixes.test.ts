import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { textEdits } from '../../server/src/lint/fix.ts'
import type { Finding } from '../../server/src/lint/rule.ts'
import { rules } from '../../server/src/rules/index.ts'
import { toValue } from '../../server/src/syntax/node.ts'
import { applyEdits } from '../../server/src/text/edit.ts'
import { NO_CONFIG } from '../../server/src/wif/config.ts'
import { createWorkspace } from '../../server/src/workspace/workspace.ts'
import { examples } from './page.ts'

/**
 * Every fix that is offered anywhere in the pages: it can be written, takes its finding away and brings no error;
 * no character outside its edits changes (by construction: it is a list of edits), and what it leaves behind does
 * not offer the same fix again.
 */

type Files = Record<string, string>

function open(files: Files) {
  const workspace = createWorkspace(rules, { ...NO_CONFIG, profile: 'strict' })
  for (const [uri, text] of Object.entries(files)) workspace.update(uri, 'disk', text)
  return workspace
}

const key = (f: Finding) => `${f.rule} ${f.message}`

/** What goes wrong with the fixes offered in these files, one line each. */
function failures(files: Files): string[] {
  const found: string[] = []
  const before = open(files)
  for (const file of before.files()) {
    for (const finding of before.findings(file.uri)) {
      for (const fix of finding.fixes) {
        const title = `${finding.rule}: ${fix.title}`
        const edits = textEdits(fix, file)
        if (!edits) {
          found.push(`${title}: cannot be written`)
          continue
        }
        const fixed: Files = { ...files }
        for (const [uri, list] of edits) fixed[uri] = applyEdits(files[uri] ?? '', list)
        const after = open(fixed)
        const count = (w: typeof before) => w.findings(file.uri).filter(f => key(f) === key(finding)).length
        if (count(after) >= count(before)) found.push(`${title}: the finding is still there`)
        const errors = (w: typeof before) =>
          w.files().flatMap(f =>
            w
              .findings(f.uri)
              .filter(x => x.severity === 'error')
              .map(key),
          )
        const known = new Set(errors(before))
        for (const error of errors(after)) if (!known.has(error)) found.push(`${title}: brings ${error}`)
      }
    }
  }
  return found
}

const folder = join(import.meta.dirname, '../../server/src/rules')

describe('every fix of every bad example', () => {
  for (const page of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!page.endsWith('.md')) continue
    const bad = examples(readFileSync(join(folder, page), 'utf8')).filter(e => e.kind === 'bad')
    test(page.slice(0, -3), () => {
      for (const { text, format, line } of bad) {
        const uri = `file:///example.${format}`
        expect(failures({ [uri]: text }), `line ${line}`).toEqual([])
        expect(failures({ [uri]: text.replaceAll('\n', '\r\n') }), `line ${line}, CRLF`).toEqual([])
        const values = (open({ [uri]: text }).file(uri)?.trees ?? []).map(tree => toValue(tree.root))
        const twin: Files =
          format === 'json'
            ? { 'file:///example.yaml': values.map(v => stringify(v)).join('---\n') }
            : Object.fromEntries(
                values.map((v, i) => [`file:///example-${i}.json`, JSON.stringify(v, null, 2)]),
              )
        expect(failures(twin), `line ${line}, in the other format`).toEqual([])
      }
    })
  }
})
