import { fileURLToPath } from 'node:url'
import { needsPerson, textEdits } from '../../lint/fix.ts'
import type { Finding, Severity } from '../../lint/rule.ts'
import { label, type Range } from '../../syntax/node.ts'
import type { WifFile } from '../../wif/entity.ts'
import { linesOf } from '../../wif/lines.ts'
import { isOfFederation, type Linted } from '../session.ts'

/** A place as people and programs read it: lines and columns from 1, columns in UTF-16 code units. */
export interface ReportedPlace {
  /** Relative to the folder that a report is for, with forward slashes. */
  file: string
  line: number
  column: number
  endLine: number
  /** The column after the last character. */
  endColumn: number
}

/** A finding as people and programs read it. */
export interface ReportedFinding extends ReportedPlace {
  rule: string
  severity: Severity
  message: string
  fixes: { title: string; safe: boolean }[]
  related: { file: string; line: number; column: number; message: string }[]
}

/** Characters of a file and what is to stand there instead. */
export interface Change extends ReportedPlace {
  text: string
}

/** What a run has to say, in the order to say it. */
export interface Report {
  findings: ReportedFinding[]
  /** What the fixes of a finding do, in their order; nothing for one that cannot be carried out as it is. */
  changesOf(finding: ReportedFinding): Change[][]
  summary: {
    /** How many files were looked at. */
    files: number
    errors: number
    warnings: number
    /** Hints count here too. */
    infos: number
  }
  /** How many findings have a fix that is safe, and how many others one that needs no person to choose or fill in. */
  fixable: { safe: number; others: number }
  /** How many files hold something of federation. */
  ofFederation: number
  /** The text of a line (from 1) of a file in `findings`, by the name it has there. */
  sourceLine(file: string, line: number): string
}

/**
 * The findings in `linted`, sorted by file, place and rule.
 * @param looked how many files were looked at
 * @param nameOf how to call the file at a path
 */
export function makeReport(
  linted: readonly Linted[],
  looked: number,
  nameOf: (path: string) => string,
): Report {
  const called = (file: WifFile) => nameOf(fileURLToPath(file.uri))
  const files = new Map(linted.map(({ file }) => [called(file), file]))

  function place(file: WifFile, { start, end }: Range): ReportedPlace {
    const lines = linesOf(file)
    const from = lines.positionAt(start)
    const to = lines.positionAt(end)
    return {
      file: called(file),
      line: from.line + 1,
      column: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    }
  }

  const origins = new Map<ReportedFinding, { file: WifFile; finding: Finding }>()

  function reported(file: WifFile, finding: Finding): ReportedFinding {
    const { rule, severity, message } = finding
    const result = {
      rule,
      severity,
      message,
      ...place(file, finding),
      fixes: finding.fixes.map(({ title, safe }) => ({ title, safe })),
      related: finding.related.map(({ at, file: other, message }) => {
        const range = at.type === 'property' ? at.key : label(at)
        const { file: name, line, column } = place(other ?? file, range)
        return { file: name, line, column, message }
      }),
    }
    origins.set(result, { file, finding })
    return result
  }

  function changesOf(reported: ReportedFinding): Change[][] {
    const { file, finding } = origins.get(reported) ?? {}
    if (!file || !finding) return []
    return finding.fixes.map(fix => {
      const files = [file, ...fix.edits.flatMap(edit => edit.file ?? [])]
      return [...(textEdits(fix, file) ?? [])].flatMap(([uri, edits]) => {
        const target = files.find(each => each.uri === uri) ?? file
        return edits.map(edit => ({ ...place(target, edit), text: edit.text }))
      })
    })
  }

  const findings = linted.flatMap(({ file, findings }) => findings.map(finding => reported(file, finding)))
  const count = (...of: Severity[]) => findings.filter(({ severity }) => of.includes(severity)).length
  return {
    findings: findings.sort(byPlace),
    changesOf,
    summary: {
      files: looked,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info', 'hint'),
    },
    fixable: fixable(linted.flatMap(({ findings }) => findings)),
    ofFederation: linted.filter(({ file }) => isOfFederation(file)).length,
    sourceLine(name, line) {
      const file = files.get(name)
      if (!file) return ''
      const lines = linesOf(file)
      const start = lines.offsetAt({ line: line - 1, character: 0 })
      return file.text.slice(start, lines.offsetAt({ line: line - 1, character: file.text.length }))
    },
  }
}

function fixable(findings: readonly Finding[]): Report['fixable'] {
  const safe = findings.filter(({ fixes }) => fixes.some(fix => fix.safe))
  const others = findings.filter(({ fixes: [first] }) => first && !first.creates && !needsPerson(first))
  return { safe: safe.length, others: others.filter(finding => !safe.includes(finding)).length }
}

function byPlace(a: ReportedFinding, b: ReportedFinding): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
