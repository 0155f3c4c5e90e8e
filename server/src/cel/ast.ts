/**
 * The tree of a CEL condition, as plain data. Nothing outside this folder sees the tree of the CEL library.
 * Offsets are UTF-16 code units into the text of the expression, `end` exclusive.
 */

/** A stretch of the expression's text. */
export interface Span {
  start: number
  end: number
}

interface Base extends Span {
  /** The node together with the parentheses around it; equal to `start` and `end` when there are none. */
  outer: Span
}

/** A variable, or a name that should be one. */
export interface Identifier extends Base {
  kind: 'identifier'
  name: string
}

interface LiteralOf<Type extends string, Value> extends Base {
  kind: 'literal'
  type: Type
  value: Value
  /** As written, with quotes, prefix and escapes. */
  text: string
}

export type Literal =
  | LiteralOf<'string', string>
  | LiteralOf<'int', bigint>
  | LiteralOf<'uint', bigint>
  | LiteralOf<'double', number>
  | LiteralOf<'bool', boolean>
  | LiteralOf<'null', null>
  | LiteralOf<'bytes', Uint8Array>

/** `target.name` */
export interface Select extends Base {
  kind: 'select'
  target: Expr
  name: string
  nameSpan: Span
}

/** `target[index]` */
export interface Index extends Base {
  kind: 'index'
  target: Expr
  index: Expr
}

/** `name(args)` */
export interface Call extends Base {
  kind: 'call'
  name: string
  nameSpan: Span
  args: Expr[]
}

/** `target.name(args)` */
export interface Method extends Base {
  kind: 'method'
  target: Expr
  name: string
  nameSpan: Span
  args: Expr[]
}

/** `has(target.name)` */
interface Has extends Base {
  kind: 'has'
  nameSpan: Span
  field: Select
}

export type MacroName = 'all' | 'exists' | 'exists_one' | 'map' | 'filter'

/** `target.exists(variable, body)` and its kin; `condition` is the middle argument of a `map` with three. */
export interface Macro extends Base {
  kind: 'macro'
  name: MacroName
  nameSpan: Span
  target: Expr
  variable: Identifier
  condition: Expr | undefined
  body: Expr
}

interface List extends Base {
  kind: 'list'
  items: Expr[]
}

export interface MapLiteral extends Base {
  kind: 'map'
  entries: { key: Expr; value: Expr }[]
}

export interface Unary extends Base {
  kind: 'unary'
  op: '!' | '-'
  opSpan: Span
  operand: Expr
}

export type BinaryOp =
  | '&&'
  | '||'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

export interface Binary extends Base {
  kind: 'binary'
  op: BinaryOp
  opSpan: Span
  left: Expr
  right: Expr
}

/** `test ? yes : no` */
export interface Ternary extends Base {
  kind: 'ternary'
  test: Expr
  yes: Expr
  no: Expr
}

export type Expr =
  | Identifier
  | Literal
  | Select
  | Index
  | Call
  | Method
  | Has
  | Macro
  | List
  | MapLiteral
  | Unary
  | Binary
  | Ternary
