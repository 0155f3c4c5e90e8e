/**
 * Turns the library's tree into ours. What that adds: parentheses, ranges of operators and method names,
 * macros as nodes of their own, negative numbers as literals, and CEL's own precedence of `==` (see `relation`).
 */

import type { ASTNode } from '@marcbachmann/cel-js'
import type { Binary, BinaryOp, Expr, Literal, MacroName, Span } from './ast.ts'
import type { Brackets, Token } from './tokens.ts'
import { parenthesised } from './walk.ts'

interface Source {
  text: string
  tokens: Token[]
  brackets: Brackets
  /** Number of the token that starts, or ends, at an offset. */
  startingAt: Map<number, number>
  endingAt: Map<number, number>
}

/**
 * The tree of ours for `root`, a tree of the library's for `text`.
 * @param tokens all tokens of `text`, whose brackets pair as in `brackets`
 */
export function convert(root: ASTNode, text: string, tokens: Token[], brackets: Brackets): Expr {
  const startingAt = new Map(tokens.map((t, i) => [t.start, i]))
  const endingAt = new Map(tokens.map((t, i) => [t.end, i]))
  return node(root, { text, tokens, brackets, startingAt, endingAt })
}

function node(ast: ASTNode, source: Source): Expr {
  switch (ast.op) {
    case 'value':
      return literal(ast.args, ast, source)
    case 'id':
      return { kind: 'identifier', name: ast.args, ...place(ast.start, ast.end, source) }
    case '.':
    case '.?': {
      const target = node(ast.args[0], source)
      const nameSpan = { start: ast.pos, end: ast.end }
      return {
        kind: 'select',
        target,
        name: ast.args[1],
        nameSpan,
        ...place(target.outer.start, ast.end, source),
      }
    }
    case '[]':
    case '[?]': {
      const [target, index] = [node(ast.args[0], source), node(ast.args[1], source)]
      return { kind: 'index', target, index, ...place(target.outer.start, ast.end, source) }
    }
    case 'call':
      return call(ast.args[0], ast.args[1], ast, source)
    case 'rcall':
      return method(ast.args[0], ast.args[1], ast.args[2], ast, source)
    case 'list':
      return { kind: 'list', items: nodes(ast.args, source), ...place(ast.start, ast.end, source) }
    case 'map': {
      const entries = ast.args.map(([key, value]) => ({ key: node(key, source), value: node(value, source) }))
      return { kind: 'map', entries, ...place(ast.start, ast.end, source) }
    }
    case '?:': {
      const [test, yes, no] = [
        node(ast.args[0], source),
        node(ast.args[1], source),
        node(ast.args[2], source),
      ]
      return { kind: 'ternary', test, yes, no, ...place(test.outer.start, no.outer.end, source) }
    }
    case '!_':
    case '-_':
      return unary(ast.op === '!_' ? '!' : '-', node(ast.args, source), ast, source)
    default:
      return binary(ast.op, node(ast.args[0], source), node(ast.args[1], source), source)
  }
}

function nodes(asts: ASTNode[], source: Source): Expr[] {
  return asts.map(ast => node(ast, source))
}

/** A node's own range, and the one with its parentheses. */
function place(start: number, end: number, source: Source): Span & { outer: Span } {
  const { tokens, brackets, startingAt, endingAt } = source
  let first = startingAt.get(start) ?? -1
  let last = endingAt.get(end) ?? -1
  // `(` after a name opens arguments, not a group.
  while (brackets.pairs.get(first - 1) === last + 1 && isGroup(tokens, first - 1)) {
    first--
    last++
  }
  const outer = { start: tokens[first]?.start ?? start, end: tokens[last]?.end ?? end }
  return { start, end, outer }
}

function isGroup(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]
  return tokens[at]?.text === '(' && (before?.kind !== 'name' || before.text === 'in')
}

function tokenAfter(offset: number, distance: number, source: Source): Span {
  const token = source.tokens[(source.endingAt.get(offset) ?? -1) + distance]
  return token ? { start: token.start, end: token.end } : { start: offset, end: offset }
}

function literal(value: unknown, span: Span, source: Source): Literal {
  const base = {
    kind: 'literal' as const,
    text: source.text.slice(span.start, span.end),
    ...place(span.start, span.end, source),
  }
  if (value === null) return { ...base, type: 'null', value }
  if (typeof value === 'string') return { ...base, type: 'string', value }
  if (typeof value === 'boolean') return { ...base, type: 'bool', value }
  if (typeof value === 'number') return { ...base, type: 'double', value }
  if (typeof value === 'bigint') return { ...base, type: 'int', value }
  if (value instanceof Uint8Array) return { ...base, type: 'bytes', value: new Uint8Array(value) }
  // The library's unsigned number is an object whose text is its digits.
  return { ...base, type: 'uint', value: BigInt(String(value)) }
}

const macros: Record<string, number[]> = { all: [2], exists: [2], exists_one: [2], map: [2, 3], filter: [2] }

function call(name: string, args: ASTNode[], ast: Span, source: Source): Expr {
  const nameSpan = { start: ast.start, end: ast.start + name.length }
  const parts = nodes(args, source)
  const base = place(ast.start, ast.end, source)
  const [field] = parts
  if (name === 'has' && parts.length === 1 && field?.kind === 'select')
    return { kind: 'has', nameSpan, field, ...base }
  return { kind: 'call', name, nameSpan, args: parts, ...base }
}

function method(name: string, receiver: ASTNode, args: ASTNode[], ast: Span, source: Source): Expr {
  const target = node(receiver, source)
  const nameSpan = tokenAfter(target.outer.end, 2, source)
  const parts = nodes(args, source)
  const base = place(target.outer.start, ast.end, source)
  const [variable, second, third] = parts
  if (macros[name]?.includes(parts.length) && variable?.kind === 'identifier' && second) {
    const [condition, body] = third ? [second, third] : [undefined, second]
    return { kind: 'macro', name: name as MacroName, nameSpan, target, variable, condition, body, ...base }
  }
  return { kind: 'method', name, nameSpan, target, args: parts, ...base }
}

function unary(op: '!' | '-', operand: Expr, ast: { pos: number }, source: Source): Expr {
  const base = place(ast.pos, operand.outer.end, source)
  if (op === '-' && operand.kind === 'literal' && !parenthesised(operand)) {
    const text = source.text.slice(base.start, base.end)
    if (operand.type === 'int') return { ...operand, ...base, text, value: -operand.value }
    if (operand.type === 'double') return { ...operand, ...base, text, value: -operand.value }
  }
  return { kind: 'unary', op, opSpan: { start: ast.pos, end: ast.pos + 1 }, operand, ...base }
}

const relations = new Set<string>(['==', '!=', '<', '<=', '>', '>=', 'in'])

function binary(op: BinaryOp, left: Expr, right: Expr, source: Source): Binary {
  if (relations.has(op)) return relation(op, left, right, source)
  return join(op, left, right, source)
}

/**
 * CEL gives `==`, `<` and `in` one precedence and reads them from left to right; the library lets `<` bind
 * tighter than `==`. So `a == b in c` arrives here as `a == (b in c)` and leaves as `(a == b) in c`.
 * Source: the grammar of the CEL specification, rule Relation.
 */
function relation(op: BinaryOp, left: Expr, right: Expr, source: Source): Binary {
  if (right.kind !== 'binary' || !relations.has(right.op) || parenthesised(right))
    return join(op, left, right, source)
  return join(right.op, relation(op, left, right.left, source), right.right, source)
}

function join(op: BinaryOp, left: Expr, right: Expr, source: Source): Binary {
  const opSpan = tokenAfter(left.outer.end, 1, source)
  return { kind: 'binary', op, opSpan, left, right, ...place(left.outer.start, right.outer.end, source) }
}
