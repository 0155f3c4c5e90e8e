import { type Node, toValue } from '../syntax/node.ts'
import { documentsBehind, type NodeEdit, writeAll } from '../syntax/write.ts'
import { applyEdits, overlap, type TextEdit } from '../text/edit.ts'
import { grouped } from '../text/grouped.ts'
import type { WifFile } from '../wif/entity.ts'
import { treeOf } from '../wif/entity.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { Finding, Fix, FixEdit } from './rule.ts'

/** The text edits of a fix, by the uri of the file they belong to. */
export type FileEdits = Map<string, TextEdit[]>

/**
 * What `fix` does to the texts, or undefined when one of its edits cannot be written (behind a YAML alias), two of them
 * collide, or it needs new files: a fix is carried out whole or not at all.
 */
export function textEdits(fix: Fix, file: WifFile): FileEdits | undefined {
  return fix.creates ? undefined : editsBesideNewFiles(fix, file)
}

/** The same for a fix that may need new files, which are the caller's to make. */
export function editsBesideNewFiles(fix: Fix, file: WifFile): FileEdits | undefined {
  const result: FileEdits = new Map()
  for (const [target, edits] of grouped(fix.edits, edit => edit.file ?? file)) {
    const written = textEditsIn(target, edits)
    if (!written) return undefined
    result.set(target.uri, written)
  }
  return result.size > 0 ? result : undefined
}

/** The edits of one tree are written together: an object may lose a property and get another. */
function textEditsIn(file: WifFile, edits: readonly FixEdit[]): TextEdit[] | undefined {
  const groups = grouped(edits, edit => (isOfNode(edit) ? treeOf(file, anchor(edit)) : undefined))
  return [...groups].reduce<TextEdit[] | undefined>((all, [tree, group]) => {
    const written = tree ? writeAll(tree, group.filter(isOfNode)) : withoutTree(group)
    return all && written && merge(all, written)
  }, [])
}

function isOfNode(edit: FixEdit): edit is NodeEdit {
  return !('replace' in edit || 'documents' in edit)
}

/** The replacements and new documents of `edits`; undefined when an edit among them is of no tree. */
function withoutTree(edits: readonly FixEdit[]): TextEdit[] | undefined {
  const written = edits.flatMap(edit => {
    if ('replace' in edit) return { ...edit.replace, text: edit.by }
    return 'documents' in edit ? documentsBehind(edit.behind, edit.documents) : []
  })
  return written.length === edits.length ? written : undefined
}

function anchor(edit: NodeEdit): Node {
  if ('set' in edit) return edit.set
  if ('rename' in edit) return edit.rename.key
  if ('remove' in edit) return edit.remove.parent
  if ('drop' in edit) return edit.drop
  return 'insert' in edit ? edit.into : edit.to
}

/** Both lists as one; undefined when they collide. Insertions at one place come in the order a fix names them. */
function merge(edits: readonly TextEdit[], more: readonly TextEdit[]): TextEdit[] | undefined {
  const merged = [...edits]
  for (const edit of more) {
    const same = merged.findIndex(e => e.start === edit.start && e.end === e.start && edit.end === edit.start)
    const first = merged[same]
    if (first) merged[same] = { ...first, text: first.text + edit.text }
    else if (merged.some(e => overlap(e, edit))) return undefined
    else merged.push(edit)
  }
  return merged
}

/** Whether no run may carry out `fix` unasked: there is something to choose, or a placeholder to fill in. */
export function needsPerson({ choice, edits }: Fix): boolean {
  return choice === true || edits.some(opensPlaceholder)
}

function opensPlaceholder(edit: FixEdit): boolean {
  if ('set' in edit) return isOpen(edit.to) && !isOpen(toValue(edit.set))
  if ('append' in edit) return isOpen(edit.append)
  if ('replace' in edit) return isOpen(edit.by)
  if ('documents' in edit) return edit.documents.some(isOpen)
  return 'to' in edit && isOpen(edit.to)
}

function isOpen(value: unknown): boolean {
  if (typeof value === 'string') return isPlaceholder(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(isOpen)
}

/** Passes that `fixAll` makes at most: more means that two fixes undo each other. */
const MAX_PASSES = 10

/**
 * `text` after all fixes that `choose` picks, again and again until no finding offers one. Fixes that touch the same
 * characters wait for the next pass; those that reach into other files are left to a person.
 * `relint` reads and lints a new text of the same file.
 */
export function fixAll(
  text: string,
  relint: (text: string) => { file: WifFile; findings: Finding[] },
  choose: (fix: Fix) => boolean,
): string {
  let current = text
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const { file, findings } = relint(current)
    const edits: TextEdit[] = []
    for (const finding of findings) {
      const fix = finding.fixes.find(choose)
      const written = fix && textEdits(fix, file)
      const own = written?.size === 1 && written.get(file.uri)
      if (own && !own.some(a => edits.some(b => overlap(a, b)))) edits.push(...own)
    }
    if (edits.length === 0) return current
    current = applyEdits(current, edits)
  }
  return current
}
