import { Composer, type CST, type Document, Lexer, Parser, type YAMLError } from 'yaml'
import type { Problem, Range, Tree } from './node.ts'
import { duplicates, MAX_DEPTH, MAX_PROBLEMS, tooDeep } from './problems.ts'
import { isBlanked, isForeignTemplate, mask, maskVariables } from './template.ts'
import type { Source } from './yaml-scalar.ts'
import { readContents } from './yaml-tree.ts'

/** The trees of a YAML stream, one for each document, in UTF-16 offsets of `text`. Never throws. */
export function parseYaml(text: string): Tree[] {
  return splitDocuments(text).flatMap(range => parseYamlDocument(text, range))
}

/** `---` at the start of a line, and not the start of a word. */
const MARKER = /(?<=\n)---(?![^ \t\r\n])/g

/**
 * Where the documents of a stream lie: one range after the other, without gaps. A line that starts with `---` ends
 * whatever came before it (YAML 1.2.2, section 9.1.2: no scalar may contain one at the start of a line), so this
 * needs no parser. Comments above the first marker belong to its document. A stream with directives (`%`) stays
 * whole, for they belong to the document after their marker.
 */
export function splitDocuments(text: string): Range[] {
  if (/(?:^|\n)\uFEFF?%/.test(text)) return [{ start: 0, end: text.length }]
  const starts = [0]
  for (const { index } of text.matchAll(MARKER)) {
    if (starts.length > 1 || !isPrelude(text, index)) starts.push(index)
  }
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }))
}

/** Whether only blank lines and comments stand before `end`. */
function isPrelude(text: string, end: number): boolean {
  const content = /^\uFEFF?[ \t]*[^\s#]/m.exec(text)
  return !content || content.index >= end
}

/**
 * The trees of the part `range` of `text`: one, or more where `...` separates documents within it, or where one
 * Kubernetes object follows another with the line between them forgotten. Never throws.
 */
export function parseYamlDocument(text: string, range: Range): Tree[] {
  const trees = parse(text, range)
  const starts = trees.flatMap(secondObjects)
  if (starts.length === 0) return trees
  return [range.start, ...starts].flatMap((start, i) => {
    const [first, ...more] = parse(text, { start, end: starts[i] ?? range.end })
    if (!first || i === 0) return [...(first ? [first] : []), ...more]
    const message = 'A line `---` is missing before this: another object starts here'
    const problem: Problem = { start, end: start + 'apiVersion'.length, message, mild: true }
    return [{ ...first, problems: [problem, ...first.problems] }, ...more]
  })
}

/** Where further Kubernetes objects start in what the parser takes for one: at each `apiVersion` but the first. */
function secondObjects({ root, text }: Tree): number[] {
  if (root?.type !== 'object') return []
  const keys = root.properties.map(p => p.key).filter(key => key.value === 'apiVersion' && !key.alias)
  const [, ...others] = keys.filter(({ start }) => start === 0 || /[\r\n\uFEFF]/.test(text[start - 1] ?? ''))
  return others.map(key => key.start)
}

function parse(text: string, range: Range): Tree[] {
  // Behind a byte order mark, the parser takes the first line for an indented one.
  const base = range.start + (text[range.start] === '\uFEFF' ? 1 : 0)
  const written = text.slice(base, range.end)
  const masked = written.includes('{{') ? mask(written) : written
  const trees = compose({ text, written, masked, base })
  if (!trees.some(isBroken)) return trees
  const again = maskVariables(masked)
  const filled = again === masked ? trees : compose({ text, written, masked: again, base })
  return filled.some(isBroken) ? trees : filled
}

function isBroken({ problems }: Tree): boolean {
  return problems.length > 0
}

function compose(source: Source): Tree[] {
  try {
    const composer = new Composer({
      prettyErrors: false,
      uniqueKeys: false, // quadratic there; see duplicates()
      logLevel: 'silent',
    })
    return Array.from(composer.compose(tokens(source.masked)), document => treeOf(document, source))
  } catch (error) {
    // From our own limits.
    if (!(error instanceof RangeError)) throw error
    const { text, base } = source
    return [{ format: 'yaml', text, root: undefined, problems: [tooDeep(base)], templated: false }]
  }
}

/**
 * The concrete syntax of `text`, refused while it is read when it nests too deeply. The composer recurses, and where
 * the stack ends V8 may have to compile a regular expression, which ends the process: nobody can catch that. It also
 * takes a stack trace for each error, so those that nobody would read are not passed on.
 */
function* tokens(text: string): Generator<CST.Token> {
  const parser = new Parser()
  let errors = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document') errors = 0
      if (token.type !== 'error' || ++errors <= MAX_PROBLEMS) yield token
    }
    // A value in a map takes two levels, the map and the item it is in.
    if (parser.stack.length > 2 * MAX_DEPTH) throw new RangeError('nested too deeply')
  }
  yield* parser.end()
}

function treeOf(document: Document.Parsed, source: Source): Tree {
  const { text, written, masked } = source
  const { root, problems, unquotedTemplate } = readContents(document.contents, source)
  const errors = document.errors
    .filter(error => !isFalseAlarm(error, source))
    .filter((error, i) => i === 0 || !isEcho(error))
    .slice(0, MAX_PROBLEMS)
  const all = [...errors.map(error => problemOf(error, source)), ...problems]
  const templated =
    unquotedTemplate || isBlanked(written, masked) || (all.length > 0 && isForeignTemplate(written))
  if (templated) return { format: 'yaml', text, root, problems: [], templated, hidden: all }
  return { format: 'yaml', text, root, problems: [...all, ...duplicates(root)], templated }
}

/** Once the parser has lost its way, it complains of every token up to the end of the document. */
function isEcho({ message }: YAMLError): boolean {
  return /^Unexpected \S+ token in YAML (?:stream|document)/.test(message)
}

/** Where our sentence is clearer than the parser's: by the start of its message, or by its code. */
const SENTENCES: Record<string, string> = {
  'Missing closing': 'This string is never closed',
  'Implicit map keys need to be followed': 'Expected a colon after this key',
  'Nested mappings are not allowed': 'A second key on this line; is a line break or a quote missing?',
  'Unexpected block-seq-ind on same line':
    'A list starts on a line of its own; is this a "-" that needs quotes?',
  TAB_AS_INDENT: 'YAML is indented with spaces; this is a tab',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line; is a colon or an indent missing above?',
  RESOURCE_EXHAUSTION: 'Nested too deeply to be read',
}

function sentence({ code, message }: YAMLError): string {
  const start = Object.keys(SENTENCES).find(key => message.startsWith(key))
  return SENTENCES[start ?? code] ?? message
}

/** Within braces, the parser wants a blank before a comment that starts its line, where a comment ends the one above. */
function isFalseAlarm({ message, pos }: YAMLError, { masked }: Source): boolean {
  return message.startsWith('Comments must be separated') && /[\r\n]/.test(masked[pos[0] - 1] ?? '')
}

function problemOf(error: YAMLError, { text, base }: Source): Problem {
  const start = Math.min(base + error.pos[0], text.length)
  const end = Math.min(Math.max(base + error.pos[1], start), text.length)
  return { start, end, message: sentence(error) }
}
