import { claim, quote } from '../cel/index.ts'
import { claimType } from '../lint/claim-type.ts'
import { addClaims } from '../lint/claims-fix.ts'
import { conditionFix } from '../lint/condition-edit.ts'
import { moveToCondition } from '../lint/condition-fix.ts'
import { type Condition, conditions } from '../lint/conditions.ts'
import { type FileEdits, textEdits } from '../lint/fix.ts'
import type { Fix } from '../lint/rule.ts'
import { properties, property, type Range } from '../syntax/node.ts'
import { valueRange } from '../syntax/scalar.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Another way to say the same. */
export interface Refactoring {
  title: string
  edits: FileEdits
}

/** What can be said otherwise at `range`: nothing is wrong with it, and it means the same afterwards. */
export function celRefactorings(workspace: Workspace, uri: string, range: Range): Refactoring[] {
  const file = workspace.file(uri)
  if (!file) return []
  const read = [...conditions(file, workspace.view())]
  const fixes = [
    ...read.flatMap(c => [...shorter(c, range), ...toClaims(c, range)]),
    ...file.rules.flatMap(r => fromClaims(r, range)),
  ]
  return fixes.flatMap(fix => {
    const edits = textEdits(fix, file)
    return edits ? { title: fix.title, edits } : []
  })
}

function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end
}

/** A chain of `||` over one claim as one `in`. */
function shorter({ rule, node, chains }: Condition, range: Range): Fix[] {
  return chains
    .filter(({ start, end }) => touches(valueRange(rule.tree.text, node, start, end), range))
    .map(({ fix }) => conditionFix(rule, node, fix))
}

/** `claims.ref == "x"`, a part of its own, to the `claims` map. */
function toClaims({ rule, node, conjuncts, provider }: Condition, range: Range): Fix[] {
  const entry = property(rule.match, 'condition')
  return conjuncts.flatMap(({ start, end, facts, removal }) => {
    const [fact, ...more] = facts
    const [value] = fact?.kind === 'equals' ? fact.values : []
    if (fact?.kind !== 'equals' || more.length > 0 || fact.pattern || typeof value !== 'string') return []
    const [name, ...below] = fact.path
    const type = claimType(provider, fact.path)
    if (name === undefined || below.length > 0 || (type !== undefined && type !== 'string')) return []
    if (!entry || !touches(valueRange(rule.tree.text, node, start, end), range)) return []
    const title = `Move to \`claims\`: ${name}`
    const added = addClaims(rule, { [name]: value })
    if (!added) return []
    if (conjuncts.length > 1)
      return { title, safe: false, edits: [...conditionFix(rule, node, removal).edits, ...added] }
    // Nothing of the condition is left: the property becomes the map.
    const replaced = [
      { rename: entry, to: 'claims' },
      { set: node, to: { [name]: value } },
    ]
    return { title, safe: false, edits: rule.claims ? [{ remove: entry }, ...added] : replaced }
  })
}

/** An entry of the `claims` map to the condition. */
function fromClaims(rule: FederationRule, range: Range): Fix[] {
  return properties(rule.claims).flatMap(entry => {
    const { key, value } = entry
    if (value.type !== 'string' || !touches(entry, range)) return []
    const edits = moveToCondition(rule, entry, `${claim([key.value])} == ${quote(value.value)}`)
    return edits ? { title: `Move to \`condition\`: ${key.value}`, safe: false, edits } : []
  })
}
