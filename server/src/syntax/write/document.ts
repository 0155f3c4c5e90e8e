import type { TextEdit } from '../../text/edit.ts'
import type { Tree } from '../node.ts'
import { insertion, lineBreak } from './lines.ts'
import { blockStyle, flowStyle, isBlock } from './style.ts'
import { blockLines, flowText, type Value } from './values.ts'

/** `value` as a document of its own, written as `tree` is, with a line break at the end. */
export function documentLike(tree: Tree, value: Value): string {
  const { text, root } = tree
  const eol = lineBreak(text)
  if (tree.format === 'yaml' && (!root || isBlock(tree, root)))
    return blockLines(value, blockStyle(tree)).join(eol) + eol
  const isOnOneLine = root && !text.slice(root.start, root.end).includes('\n')
  return root ? flowText(value, flowStyle(tree, root), isOnOneLine ? undefined : '') + eol : eol
}

/** The edit that puts `values`, each as a document, behind the document of `tree` in its YAML stream. */
export function documentsBehind(tree: Tree, values: readonly Value[]): TextEdit {
  const { text, root } = tree
  const from = root?.end ?? text.length
  const next = /\n(?=---(?:\s|$)|\.\.\.(?:\s|$))/.exec(text.slice(from))
  const at = next ? from + next.index + 1 : text.length
  const eol = lineBreak(text)
  const gap = text.slice(0, at).endsWith('\n') ? '' : eol
  return insertion(at, gap + values.map(value => `---${eol}${documentLike(tree, value)}`).join(''))
}
