import { get, type Node, type ObjectNode, properties, toValue } from '../syntax/node.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { missing, sentence } from './message.ts'
import { locate, pointerParts, type SchemaKind } from './schemas.ts'
import { config, iamPolicy, issuer, rule, type SchemaError, workload } from './validators.generated.js'

export type { SchemaKind } from './schemas.ts'

/** A place where a document breaks its schema. */
export interface SchemaProblem {
  node: Node
  /** The key is to blame, not the value: the field does not belong there. */
  at?: 'key'
  message: string
  /** The JSON Schema keyword that is broken. `required` means nothing for a templated tree: drop it there. */
  keyword: string
  /** The lint rule that this belongs to, if the catalogue has one. */
  rule?: string
  /** For `required`: the fields that are not there. */
  missing?: string[]
}

const validators = { issuer, rule, workload, 'iam-policy': iamPolicy, config }

/** The first of these at one place is told, the others follow from it. */
const telling = ['type', 'const', 'not', 'enum', 'pattern']

/** What the schema of `kind` has to say about `node`: one problem per place and lint rule, in text order. */
export function validate(kind: SchemaKind, node: Node): SchemaProblem[] {
  const check = validators[kind]
  if (check(toValue(node))) return []
  const values = new Map<Node, SchemaProblem>()
  const absences = new Map<Node, Map<string | undefined, Absence>>()
  for (const error of check.errors ?? []) {
    // An `if` only says that a branch has errors, and what each item lacks to be what `contains` seeks is noise.
    if (error.keyword === 'if' || error.schemaPath.includes('/contains/')) continue
    const at = nodeAtPointer(node, error.instancePath)
    if (isSilent(kind, at, error)) continue
    if (error.keyword === 'required') addAbsence(absences, kind, at, error)
    else {
      const problem = valueProblem(kind, at, error)
      const other = values.get(at)
      if (!other || rank(problem) < rank(other)) values.set(at, problem)
    }
  }
  return [...values.values(), ...absenceProblems(absences)].sort((a, b) => a.node.start - b.node.start)
}

function nodeAtPointer(root: Node, pointer: string): Node {
  let at = root
  for (const part of pointerParts(pointer)) {
    const next = get(at, at.type === 'array' ? Number(part) : part)
    if (!next) return at
    at = next
  }
  return at
}

function valueProblem(kind: SchemaKind, node: Node, { keyword, schemaPath }: SchemaError): SchemaProblem {
  const { schema, rule } = locate(kind, schemaPath)
  return {
    node,
    ...(isForeign(kind, schemaPath) && { at: 'key' as const }),
    message: sentence(kind, node, schema, keyword),
    keyword,
    ...(rule !== undefined && { rule }),
  }
}

/** Our schemas say `"const": null` of a field that does not belong there: it may be absent or null. */
function isForeign(kind: SchemaKind, schemaPath: string): boolean {
  return locate(kind, schemaPath).schema.const === null
}

function rank({ keyword }: SchemaProblem): number {
  const index = telling.indexOf(keyword)
  return index < 0 ? telling.length : index
}

/** Fields that one object lacks, for one lint rule. */
interface Absence {
  names: string[]
  texts: Set<string | undefined>
}

function addAbsence(
  absences: Map<Node, Map<string | undefined, Absence>>,
  kind: SchemaKind,
  node: Node,
  error: SchemaError,
): void {
  const { schema, rule } = locate(kind, error.schemaPath)
  const ofNode = absences.get(node) ?? new Map<string | undefined, Absence>()
  const absence = ofNode.get(rule) ?? { names: [], texts: new Set() }
  absence.names.push(String(error.params.missingProperty))
  absence.texts.add(schema['x-required'])
  absences.set(node, ofNode.set(rule, absence))
}

function* absenceProblems(absences: Map<Node, Map<string | undefined, Absence>>): Generator<SchemaProblem> {
  for (const [node, ofNode] of absences) {
    for (const [rule, { names, texts }] of ofNode) {
      const [text, another] = texts
      const message = missing(names, another === undefined ? text : undefined)
      yield { node, message, keyword: 'required', ...(rule !== undefined && { rule }), missing: names }
    }
  }
}

/** Whether the value says by itself that it is not there yet, so that an opinion about it would be noise. */
function isSilent(kind: SchemaKind, node: Node, { keyword, schemaPath }: SchemaError): boolean {
  if (node.type === 'string') return isPlaceholder(node.value) && !isForeign(kind, schemaPath)
  // Half-typed: `"name":`
  if (node.type === 'null') return node.start === node.end
  // An unquoted 2e848593 is a number beyond all bounds to one YAML parser, and a string to kubectl.
  if (node.type === 'number') return !Number.isFinite(node.value)
  if (
    kind === 'iam-policy' &&
    (isIntrinsic(node) || (node.parent?.type === 'property' && isIntrinsic(node.parent.parent)))
  ) {
    return true
  }
  if (node.type !== 'object') return false
  return (keyword === 'required' || keyword === 'not') && isOpen(node)
}

/** The object stands for one with more fields: `"...": "..."`, or a merge key that was not resolved. */
function isOpen({ properties }: ObjectNode): boolean {
  return properties.some(p => p.key.value === '<<' || isPlaceholder(p.key.value))
}

/** `{"Fn::Sub": "..."}`, `{"Ref": "..."}`: CloudFormation puts the value there later. */
function isIntrinsic(node: Node): boolean {
  const [only, ...others] = properties(node)
  return only !== undefined && others.length === 0 && /^(Ref|Fn::\w+)$/.test(only.key.value)
}
