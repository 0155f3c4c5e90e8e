import type { StringNode } from '../syntax/node.ts'
import type { AnyEntity, WifFile } from '../wif/entity.ts'
import { subjectOf } from '../wif/pairing.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { OutlineKind } from './outline.ts'
import { type Place, placeOfEntity } from './references.ts'

/** Something that the workspace describes, by the name that a search has found it by. */
export interface FoundSymbol {
  name: string
  kind: OutlineKind
  /** What it is, and what else it is called. */
  detail: string
  place: Place
}

/** More than this no person reads. */
const MAX_FOUND = 500

/**
 * What is found by `query`, the characters of which a name, an id or a subject has in this order. The best first: a
 * beginning, then a part, then characters apart. All that there is without a query.
 */
export function searchSymbols(workspace: Workspace, query: string): FoundSymbol[] {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  return workspace
    .files()
    .flatMap(entitiesOf)
    .flatMap(entity => {
      const names = namesOf(entity)
      const ranks = names.map(name => rank(name.toLowerCase(), wanted))
      const best = ranks.indexOf(Math.min(...ranks))
      const name = names[best]
      if (name === undefined || ranks[best] === Number.POSITIVE_INFINITY) return []
      return [{ entity, name, others: names.filter(other => other !== name), rank: ranks[best] ?? 0 }]
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_FOUND)
    .map(({ entity, name, others }) => ({
      name,
      kind: entity.kind === 'iam-policy' ? 'policy' : entity.kind,
      detail: [KIND_WORDS[entity.kind], ...others].join(' · '),
      place: placeOfEntity(entity),
    }))
}

function entitiesOf({ issuers, rules, workloads, serviceAccounts }: WifFile): AnyEntity[] {
  return [...issuers, ...rules, ...workloads, ...serviceAccounts]
}

const KIND_WORDS: Record<AnyEntity['kind'], string> = {
  issuer: 'issuer',
  rule: 'rule',
  workload: 'workload',
  'service-account': 'service account',
  'iam-policy': 'IAM policy',
}

/** What people may look for it by, the usual name first. */
function namesOf(entity: AnyEntity): string[] {
  return [...new Set(nodesOf(entity).flatMap(each => (typeof each === 'string' ? each : each?.value) || []))]
}

function nodesOf(entity: AnyEntity): readonly (StringNode | string | undefined)[] {
  if (entity.kind === 'issuer') return [entity.name, entity.id, entity.url]
  if (entity.kind === 'rule') return [entity.name, entity.id, entity.subject]
  if (entity.kind === 'workload') return [entity.name, subjectOf(entity)]
  return entity.kind === 'service-account' ? [entity.name, entity.roleArn] : []
}

/** How well a name fits: 0 when it begins so, infinite when it does not fit at all. */
function rank(name: string, wanted: string): number {
  const at = name.indexOf(wanted)
  if (at === 0) return 0
  if (at > 0) return 1
  let from = 0
  for (const character of wanted) {
    const found = name.indexOf(character, from)
    if (found === -1) return Number.POSITIVE_INFINITY
    from = found + character.length
  }
  return 2
}
