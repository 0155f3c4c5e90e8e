import { editsBesideNewFiles, type FileEdits, fixAll } from '../lint/fix.ts'
import type { Finding, Fix, NewFile } from '../lint/rule.ts'
import type { Range } from '../syntax/node.ts'
import { documentLike } from '../syntax/write.ts'
import { difference, type TextEdit } from '../text/edit.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Something a person can choose to do about findings. */
export interface QuickFix {
  title: string
  /** All that it mends: one edit may answer several findings. */
  findings: Finding[]
  /** The first safe fix of a finding: the one to take without looking. */
  preferred: boolean
  edits: FileEdits
  /** New files that it needs besides, by uri. */
  creates: ReadonlyMap<string, string>
}

/** The fixes of the findings that touch `range`, in the order of the findings; made from the current texts. */
export function quickFixes(workspace: Workspace, uri: string, range: Range): QuickFix[] {
  const file = workspace.file(uri)
  if (!file) return []
  const fixes = new Map<string, QuickFix>()
  for (const finding of workspace.findings(uri)) {
    if (finding.end < range.start || range.end < finding.start) continue
    const titles = new Set<string>()
    for (const fix of finding.fixes) {
      const { creates = [] } = fix
      if (titles.has(fix.title) || isStale(workspace, fix)) continue
      if (creates.some(({ uri }) => workspace.file(uri))) continue
      const edits = editsBesideNewFiles(fix, file)
      if (!edits) continue
      titles.add(fix.title)
      const preferred = fix.safe && fix === finding.fixes.find(f => f.safe)
      const same = JSON.stringify([fix.title, ...edits])
      const known = fixes.get(same)
      if (known) {
        known.findings.push(finding)
        known.preferred ||= preferred
      } else
        fixes.set(same, {
          title: fix.title,
          findings: [finding],
          preferred,
          edits,
          creates: textsOf(creates),
        })
    }
  }
  return [...fixes.values()]
}

/** Whether the fix was made for a text that another file no longer has: its offsets would hit other words. */
function isStale(workspace: Workspace, fix: Fix): boolean {
  return fix.edits.some(({ file }) => file && workspace.file(file.uri) !== file)
}

function textsOf(files: readonly NewFile[]): Map<string, string> {
  return new Map(files.map(({ uri, value, like }) => [uri, documentLike(like, value)]))
}

/** Whether `safeFixes` would find something to do; cheap, for deciding whether to offer it. */
export function hasSafeFix(workspace: Workspace, uri: string): boolean {
  return workspace.findings(uri).some(finding => finding.fixes.some(fix => fix.safe))
}

/**
 * What all safe fixes together, repeated until nothing is left to fix, do to the file; undefined when nothing. Tries
 * them in the workspace, where the configuration and the other files count, and leaves it as it was.
 * @param isOpen whether the editor has the file; otherwise its text is the disk's
 */
export function safeFixes(workspace: Workspace, uri: string, isOpen: boolean): TextEdit | undefined {
  const before = workspace.file(uri)
  if (!before) return undefined
  const { text, format } = before
  try {
    const fixed = fixAll(
      text,
      next => {
        workspace.update(uri, 'editor', next, format)
        return { file: workspace.file(uri) ?? before, findings: [...workspace.findings(uri)] }
      },
      fix => fix.safe,
    )
    return difference(text, fixed)
  } finally {
    workspace.update(uri, 'editor', isOpen ? text : undefined, format)
  }
}
