/** What completion, hover and signature help show for functions, methods and macros. */

import type { MacroName } from './ast.ts'
import { overloads } from './functions.ts'
import type { Overload } from './overload.ts'

export interface Signature {
  name: string
  /** `string.startsWith(prefix: string): bool` */
  label: string
  /** The parameters between the parentheses, each as it stands in `label`. */
  params: string[]
  /** Called with a dot on a value. */
  method: boolean
  /** What it gives, in one sentence. */
  doc: string
}

const macros: Record<MacroName | 'has', [params: string[], result: string, doc: string]> = {
  has: [
    ['claims.name'],
    'bool',
    'Whether the token has the claim; the way to read an optional claim without an error.',
  ],
  all: [['x', 'condition'], 'bool', 'Whether the condition holds for every item; true for an empty list.'],
  exists: [['x', 'condition'], 'bool', 'Whether the condition holds for at least one item.'],
  exists_one: [['x', 'condition'], 'bool', 'Whether the condition holds for exactly one item.'],
  filter: [['x', 'condition'], 'list', 'The items for which the condition holds.'],
  map: [['x', 'expression'], 'list', 'What the expression gives for each item.'],
}

export const macroNames: string[] = Object.keys(macros)

const docs: Record<string, string> = {
  bool: 'The truth value that the text says.',
  bytes: 'The text in UTF-8.',
  contains: 'Whether the text has the part anywhere; pins nothing, since anything may stand around it.',
  double: 'The value as a floating-point number.',
  duration: 'The duration written like "1h30m".',
  dyn: 'The value, of a type that is only known when a token comes.',
  endsWith: 'Whether the text ends so; begin the ending at a boundary, such as "@acme.com".',
  int: 'The value as a 64-bit integer; of a timestamp, the seconds since 1970.',
  matches: 'Whether the RE2 pattern is found anywhere in the text; write ^…$ to match all of it.',
  size: 'The number of characters, of items or of entries.',
  startsWith: 'Whether the text begins so; end the beginning at a boundary, such as "repo:acme/".',
  string: 'The value as text.',
  timestamp: 'The time, from seconds since 1970 or from text like "2026-01-31T12:00:00Z".',
  type: 'The type of the value, such as list or string.',
  uint: 'The value as an unsigned 64-bit integer.',
}

const paramNames: Record<string, string> = {
  contains: 'part',
  endsWith: 'suffix',
  matches: 'pattern',
  startsWith: 'prefix',
}

function ofOverload(entry: Overload, method: boolean): Signature {
  const { name, result } = entry
  const [receiver = 'dyn', ...rest] = entry.params
  // All but the first argument have a meaning of their own: a prefix, a pattern, a time zone.
  const second = paramNames[name] ?? 'zone'
  const params = [...(method ? [] : [`value: ${receiver}`]), ...rest.map(type => `${second}: ${type}`)]
  const label = `${method ? `${receiver}.` : ''}${name}(${params.join(', ')}): ${result}`
  return { name, label, params, method, doc: docs[name] ?? partDoc(entry) }
}

/** `getFullYear` and its kin say in their name what they give. */
function partDoc({ name, params }: Overload): string {
  const words = name.replace(/^get/, '').replace(/[A-Z]/g, c => ` ${c.toLowerCase()}`)
  if (params[0] === 'duration') return `The duration in whole${words}.`
  const from = ['getMonth', 'getDayOfMonth', 'getDayOfYear', 'getDayOfWeek'].includes(name)
    ? ', counted from 0'
    : ''
  return `The${words} of the time, in UTC unless a zone is given${from}.`
}

function ofMacro([name, [params, result, doc]]: [string, [string[], string, string]]): Signature {
  const method = name !== 'has'
  return {
    name,
    label: `${method ? 'list.' : ''}${name}(${params.join(', ')}): ${result}`,
    params,
    method,
    doc,
  }
}

/** Every way to call a standard function, method or macro; those of one name stand together. */
export const signatures: Signature[] = [
  ...Object.entries(macros).map(ofMacro),
  ...overloads.flatMap(entry => {
    const ways = { function: [false], method: [true], both: [true, false] }[entry.style]
    return ways.map(method => ofOverload(entry, method))
  }),
]
