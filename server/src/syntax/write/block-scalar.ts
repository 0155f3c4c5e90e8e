import type { Node, Tree } from '../node.ts'
import { lineBreak, lineEnd, nextLine } from './lines.ts'
import { columnOf, holderOf } from './places.ts'

/** Whether `node` is a block scalar (`|`, `>`). */
export function isBlockScalar({ text, format }: Tree, { type, start, alias }: Node): boolean {
  return format === 'yaml' && type === 'string' && !alias && (text[start] === '|' || text[start] === '>')
}

function headerOf({ text }: Tree, { start }: Node): RegExpExecArray | null {
  return /^([|>])([^\s#]*)([ \t]+#.*)?/.exec(text.slice(start, lineEnd(text, start)))
}

/** The comment behind the `|` of a block scalar, with the blanks before it; '' when there is none. */
export function headerComment(tree: Tree, node: Node): string {
  return headerOf(tree, node)?.[3] ?? ''
}

/** Whether blank lines below a block scalar are part of it: all of them (`|+`), or those that are deeper than its text. */
export function keepsBlankLines(tree: Tree, node: Node): boolean {
  return (
    headerOf(tree, node)?.[2]?.includes('+') === true ||
    hasDeeperBlankLine(tree.text, node.end, columnOfText(tree, node))
  )
}

/**
 * `to` in the style of the block scalar `node`, or undefined for what needs quotes: text without words, with blanks
 * at its start or with several line breaks at its end, and with characters that only an escape can spell.
 */
export function blockScalar(tree: Tree, node: Node, to: string): string | undefined {
  const header = headerOf(tree, node)
  if (!header || !isPlainText(to)) return undefined
  const folded = header[1] === '>'
  // These lines stand for themselves in a folded scalar, and so do those around them.
  if (folded && /\n[ \t]|[ \t]\n/.test(to)) return undefined
  const indent = columnOfText(tree, node)
  if (hasDeeperBlankLine(tree.text, node.end, indent)) return undefined
  const body = to.replace(/\n$/, '')
  const lines = (folded ? body.replace(/\n+/g, '\n$&') : body).split('\n')
  const eol = lineBreak(tree.text)
  const start = `${header[1]}${to.endsWith('\n') ? '' : '-'}${header[3] ?? ''}`
  return start + lines.map(line => eol + (line && ' '.repeat(indent) + line)).join('')
}

function isPlainText(text: string): boolean {
  return !/^\s|\n\n$|[ \t]\n?$|(?![\n\t])[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff]/u.test(text) && text !== ''
}

/** The least column that text in a block scalar has: as it is, or one level deeper than what holds it. */
function columnOfText(tree: Tree, node: Node): number {
  const first = /\n( +)\S/.exec(tree.text.slice(node.start, node.end))
  if (first?.[1]) return first[1].length
  const holder = holderOf(node)
  return holder ? columnOf(tree, holder) + 2 : 2
}

/** Whether a blank line below a block scalar is so deep that it would be part of it. */
function hasDeeperBlankLine(text: string, end: number, indent: number): boolean {
  for (let next = nextLine(text, end); next < text.length; next = nextLine(text, next)) {
    const line = text.slice(next, lineEnd(text, next))
    if (line.trim() !== '') return false
    if (line.length > indent) return true
  }
  return false
}
