import { fixAll, textEdits } from '../../../server/src/lint/fix.ts'
import type { Finding } from '../../../server/src/lint/rule.ts'
import { rules } from '../../../server/src/rules/index.ts'
import { parseJson } from '../../../server/src/syntax/json.ts'
import { label, type Range, type Tree } from '../../../server/src/syntax/node.ts'
import { parseYaml } from '../../../server/src/syntax/yaml.ts'
import { applyEdits, overlap, type TextEdit } from '../../../server/src/text/edit.ts'
import type { WifFile } from '../../../server/src/wif/entity.ts'
import { createWorkspace, type Workspace } from '../../../server/src/workspace/workspace.ts'
import type { Format, Seed } from '../corpus.ts'
import { checkTree } from '../invariants.ts'
import { mutated } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

/** What holds of one file, whatever is in it. */
export function textProperties(seeds: readonly Seed[]): Property[] {
  const inputs = mutated(seeds)
  return [
    property({
      name: 'parse',
      inputs,
      check({ text }) {
        for (const tree of [parseJson(text), ...parseYaml(text)]) checkTree(tree)
      },
    }),
    property({ name: 'lint', inputs, check: lintIsSound }),
    property({ name: 'fixes', inputs, check: fixesAreSound }),
  ]
}

/** A workspace with one file. */
export function open({ format, text }: { format: Format; text: string }): {
  workspace: Workspace
  uri: string
} {
  const uri = `file:///fuzz.${format}`
  const workspace = createWorkspace(rules)
  workspace.update(uri, 'editor', text, format)
  return { workspace, uri }
}

function lintIsSound(input: { format: Format; text: string }): void {
  const { workspace, uri } = open(input)
  const file = workspace.file(uri)
  if (!file) return
  const findings = workspace.findings(uri)
  let last = 0
  for (const finding of findings) {
    if (finding.message === '') fail(`${finding.rule} has no words`)
    checkRange(file, finding, finding.rule)
    if (finding.start < last) fail(`${finding.rule} is out of order`)
    last = finding.start
    for (const { at, file: other = file } of finding.related)
      checkRange(other, at.type === 'property' ? at.key : label(at), `${finding.rule}, related`)
  }
  const again = open(input)
  if (facts(findings) !== facts(again.workspace.findings(uri))) fail('a second look finds something else')
}

function facts(findings: readonly Finding[]): string {
  return JSON.stringify(
    findings.map(f => [f.rule, f.severity, f.message, f.start, f.end, f.fixes.map(x => x.title)]),
  )
}

function checkRange({ text }: WifFile, { start, end }: Range, what: string): void {
  if (!(0 <= start && start <= end && end <= Math.max(text.length, 1)))
    fail(`${what}: ${start}-${end} is outside of ${text.length} characters`)
}

function fixesAreSound(input: { format: Format; text: string }): void {
  const { workspace, uri } = open(input)
  const file = workspace.file(uri)
  if (!file) return
  fixAllComesToAnEnd(input)
  const before = hardProblems(file.trees)
  for (const finding of workspace.findings(uri)) {
    for (const fix of finding.fixes) {
      for (const [target, edits] of textEdits(fix, file) ?? []) {
        if (target !== uri) fail(`the fix "${fix.title}" reaches into ${target}`)
        checkEdits(file.text, edits, fix.title)
        const after = applyEdits(file.text, edits)
        const next = open({ format: input.format, text: after })
        const problems = hardProblems(next.workspace.file(uri)?.trees ?? [])
        if (before.length === 0 && problems.length > 0)
          fail(`after "${fix.title}" of ${finding.rule} the file does not parse (${problems[0]}):\n${after}`)
      }
    }
  }
}

/** All that is mended without a person has been after one time, and no mending undoes another. */
function fixAllComesToAnEnd(input: { format: Format; text: string }): void {
  const relint = (text: string) => {
    const { workspace, uri } = open({ ...input, text })
    const file = workspace.file(uri) ?? fail('the file is gone')
    return { file, findings: [...workspace.findings(uri)] }
  }
  const once = fixAll(input.text, relint, fix => fix.safe)
  const twice = fixAll(once, relint, fix => fix.safe)
  if (once !== twice) fail(`it goes on:\n${once}\nbecomes\n${twice}`)
}

function checkEdits(text: string, edits: readonly TextEdit[], title: string): void {
  for (const [i, edit] of edits.entries()) {
    if (!(0 <= edit.start && edit.start <= edit.end && edit.end <= text.length))
      fail(`an edit of "${title}" is outside of the text`)
    if (edits.slice(i + 1).some(other => overlap(edit, other))) fail(`edits of "${title}" overlap`)
  }
}

function hardProblems(trees: readonly Tree[]): string[] {
  return trees.flatMap(({ problems, hidden = [] }) =>
    [...problems, ...hidden].filter(p => !p.mild).map(p => p.message),
  )
}
