import {
  type CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
  type SnippetTextEdit,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import type { FileEdits } from '../lint/fix.ts'
import type { Finding, Severity } from '../lint/rule.ts'
import { label, type Range } from '../syntax/node.ts'
import type { WifFile } from '../wif/entity.ts'
import { linesOf } from '../wif/lines.ts'
import type { Session } from './session.ts'

/** The only place where offsets become positions of the protocol, and back. */
export interface Converter {
  range(file: WifFile, range: Range): LspRange
  /** Total: positions outside the text are clamped to it. */
  offsets(file: WifFile, range: LspRange): Range
  /** The uri of a file as the client spells it. */
  clientUri(file: WifFile): string
  diagnostic(file: WifFile, finding: Finding): Diagnostic
  /** Undefined when an edit is for a file the workspace does not have, or the client can make no files. */
  workspaceEdit(edits: FileEdits, creates?: ReadonlyMap<string, string>): WorkspaceEdit | undefined
}

const SEVERITY: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

/** A converter for a session, which is looked at only when something is converted. */
export function createConverter(sessionOf: () => Session): Converter {
  function range(file: WifFile, { start, end }: Range): LspRange {
    const lines = linesOf(file)
    return { start: lines.positionAt(start), end: lines.positionAt(end) }
  }

  /** The uri as the client spells it. */
  function clientUri(key: string): string {
    return sessionOf().documents.get(key)?.uri ?? key
  }

  function diagnostic(file: WifFile, finding: Finding): Diagnostic {
    const { client, runtime } = sessionOf()
    const href = client.codeDescription ? runtime.pageUri(finding.rule) : undefined
    const related = finding.related.map(({ at, message, file: other = file }) => ({
      location: {
        uri: clientUri(other.uri),
        range: range(other, at.type === 'property' ? at.key : label(at)),
      },
      message,
    }))
    return {
      range: range(file, finding),
      severity: SEVERITY[finding.severity],
      code: finding.rule,
      ...(href !== undefined && { codeDescription: { href } }),
      source: 'wif',
      message: finding.message,
      ...(client.relatedInformation && related.length > 0 && { relatedInformation: related }),
    }
  }

  function workspaceEdit(
    edits: FileEdits,
    creates: ReadonlyMap<string, string> = new Map(),
  ): WorkspaceEdit | undefined {
    const { workspace, documents, client } = sessionOf()
    if (creates.size > 0 && !(client.documentChanges && client.createsFiles)) return undefined
    const changes: { uri: string; version: number | null; edits: LspTextEdit[] }[] = []
    for (const [uri, textEdits] of edits) {
      const file = workspace.file(uri)
      if (!file) return undefined
      changes.push({
        uri: clientUri(uri),
        version: documents.get(uri)?.version ?? null,
        edits: textEdits.map(edit => ({ range: range(file, edit), newText: edit.text })),
      })
    }
    if (!client.documentChanges) return { changes: Object.fromEntries(changes.map(c => [c.uri, c.edits])) }
    return {
      documentChanges: [
        ...changes.map(({ uri, version, edits }) => ({
          textDocument: { uri, version },
          edits: client.snippetEdits ? edits.map(withTabStops) : edits,
        })),
        ...[...creates].flatMap(([uri, text]) => created(uri, text)),
      ],
    }
  }

  return {
    range,
    clientUri: file => clientUri(file.uri),
    diagnostic,
    workspaceEdit,
    offsets(file, { start, end }) {
      const lines = linesOf(file)
      const [a, b] = [lines.offsetAt(start), lines.offsetAt(end)]
      return { start: Math.min(a, b), end: Math.max(a, b) }
    },
  }
}

/** A new file and what it says. A file that is there already is left alone, and with it the whole edit. */
function created(uri: string, text: string): (CreateFile | TextDocumentEdit)[] {
  const start = { line: 0, character: 0 }
  return [
    { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text }],
    },
  ]
}

/**
 * Where a fix cannot know a name it writes `<name>`; an editor that can, selects it, so that one types over it.
 * Only within a line: editors indent the further lines of a snippet as they like.
 */
function withTabStops(edit: LspTextEdit): LspTextEdit | SnippetTextEdit {
  if (/[\r\n]/.test(edit.newText) || !PLACEHOLDER.test(edit.newText)) return edit
  let stop = 0
  const value = edit.newText
    .replace(/[\\$}]/g, '\\$&')
    .replace(new RegExp(PLACEHOLDER, 'g'), name => `\${${++stop}:${name}}`)
  return { range: edit.range, snippet: { kind: 'snippet', value } }
}

const PLACEHOLDER = /<[a-z][a-z0-9 _-]*>/
