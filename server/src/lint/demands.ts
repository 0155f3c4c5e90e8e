import { type Node, type Property, properties } from '../syntax/node.ts'
import { readCondition } from '../wif/condition.ts'
import type { WifFile } from '../wif/entity.ts'
import { type Implied, impliedByClaim, impliedByIssuer, impliedBySubject } from '../wif/implied.ts'
import { issuerOf, providerOf } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { FederationRule } from '../wif/rule.ts'
import { subjectPattern } from '../wif/subject.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { partOf } from './part.ts'
import type { Place } from './rule.ts'

/** What a matcher asks of one claim: one of `values`, or with `begins` a text that begins with one of them. */
export interface Demand {
  path: string[]
  values: string[]
  begins: boolean
  /** It follows from the matcher only in most cases. */
  doubtful?: true
  /** The matcher, for a sentence: "`subject_prefix`". */
  by: string
  at: Place
  node: Node
  /** The file of `at`, when it is not that of the rule. */
  file?: WifFile
  /** The entry of the `claims` map that asks. */
  entry?: Property
}

/** All that `rule` and its issuer ask of a token, with what that says of other claims. Placeholders ask nothing. */
export function demandsOf(rule: FederationRule, view: WorkspaceView): Demand[] {
  const provider = providerOf(view, rule)
  const { subject, audience, claims, condition } = rule
  const demands: Demand[] = []
  const add = (origin: Pick<Demand, 'by' | 'at' | 'node' | 'entry' | 'file'>, asked: Implied[]) => {
    for (const { value, begins = false, ...rest } of asked)
      if (!isPlaceholder(value)) demands.push({ ...origin, ...rest, values: [value], begins })
  }

  const url = issuerOf(view, rule)?.url
  const file = issuerOf(view, rule)?.file
  if (url && file) {
    const derived = provider ? impliedByIssuer(provider, url.value) : []
    add({ by: 'the issuer', at: url, node: url, file }, [{ path: ['iss'], value: url.value }, ...derived])
  }
  if (subject) {
    const { literal, prefix } = subjectPattern(subject.value)
    const reading = provider?.subject.read(literal)
    add({ by: '`subject_prefix`', at: subject, node: subject }, [
      { path: ['sub'], value: literal, ...(prefix && { begins: true }) },
      ...(provider && reading ? impliedBySubject(provider, literal, reading, !prefix) : []),
    ])
  }
  if (audience)
    add({ by: '`audience`', at: audience, node: audience }, [{ path: ['aud'], value: audience.value }])
  for (const entry of properties(claims)) {
    const { key, value } = entry
    if (value.type !== 'string') continue
    const derived = provider ? impliedByClaim(provider, key.value, value.value) : []
    const asked = [{ path: [key.value], value: value.value }, ...derived]
    add({ by: `\`claims.${key.value}\``, at: value, node: value, entry }, asked)
  }
  for (const fact of (condition && readCondition(condition)?.facts) ?? []) {
    if (!condition || (fact.kind !== 'equals' && fact.kind !== 'in' && fact.kind !== 'startsWith')) continue
    const values = fact.values.filter(value => typeof value === 'string')
    if (values.length < fact.values.length || values.some(isPlaceholder)) continue
    const { path, kind } = fact
    const at = partOf(rule, condition, fact)
    demands.push({ path, values, begins: kind === 'startsWith', by: 'the condition', at, node: condition })
  }
  return demands
}

/** Whether some text satisfies both, which ask the same claim. */
export function compatible(a: Demand, b: Demand): boolean {
  return a.values.some(x =>
    b.values.some(y => {
      if (a.begins && b.begins) return x.startsWith(y) || y.startsWith(x)
      if (a.begins) return y.startsWith(x)
      return b.begins ? x.startsWith(y) : x === y
    }),
  )
}
