import type { Identity } from '../wif/identity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { issuerOf, realId } from '../wif/pairing.ts'
import type { FederationRule } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { type Access, accessOf } from './access.ts'
import { type Change, change, type Direction, together } from './change.ts'
import { issuerChanges } from './issuer-change.ts'
import { type Pair, pairUp, placeKey } from './pair.ts'
import { ruleChanges } from './rule-change.ts'

/** How who gets in differs between two revisions of a workspace: only what differs, in the order of the workspace. */
export interface AccessComparison {
  rules: RuleDifference[]
  issuers: IssuerDifference[]
}

export interface RuleDifference extends Pair<FederationRule> {
  /** What of the rule itself has changed. */
  changes: Change[]
  /** Whom it newly admits or may admit, and whom no longer, whether the rule changed or the workloads did. */
  admits: readonly Access[]
  refuses: readonly Access[]
  /** All of it together; undefined never, for then there is no difference. */
  direction: Direction
}

export interface IssuerDifference extends Pair<FederationIssuer> {
  changes: Change[]
  direction: Direction
}

/** Compares two revisions. Renamed files and moved entities make no difference. */
export function compareAccess(before: WorkspaceView, after: WorkspaceView): AccessComparison {
  return { rules: compareRules(before, after), issuers: compareIssuers(before, after) }
}

function compareRules(before: WorkspaceView, after: WorkspaceView): RuleDifference[] {
  const pairs = pairUp(before.rules(), after.rules(), [
    rule => realId(rule.id?.value),
    rule => named(rule.name?.value, rule.issuerId?.value),
    placeKey(file => file.rules),
    rule => realId(rule.subject?.value),
  ])
  return pairs.flatMap(pair => {
    const old = pair.before ? accessOf(before, pair.before) : []
    const now = pair.after ? accessOf(after, pair.after) : []
    const changes = changesOf(before, after, pair)
    const [admits, refuses] = [without(now, old), without(old, now)]
    const direction = together([
      ...changes.map(each => each.direction),
      ...(admits.length > 0 ? (['wider'] as const) : []),
      ...(refuses.length > 0 ? (['narrower'] as const) : []),
    ])
    return direction ? [{ ...pair, changes, admits, refuses, direction }] : []
  })
}

function changesOf(
  viewBefore: WorkspaceView,
  viewAfter: WorkspaceView,
  { before, after }: Pair<FederationRule>,
) {
  const [was, is] = [before && !before.archivedAt, after && !after.archivedAt]
  // What is archived admits nobody, whatever it says.
  if (!was && !is) return []
  if (!before || !after)
    return change(after ? 'added' : 'removed', after ? 'wider' : 'narrower', undefined, undefined)
  if (!is) return change('archived', 'narrower', undefined, undefined)
  if (!was) return change('restored', 'wider', undefined, undefined)
  return [...issuerChange(viewBefore, viewAfter, before, after), ...ruleChanges(before, after)]
}

/** Another issuer is another one who vouches. That it is called otherwise, or is in no file any more, is no change. */
function issuerChange(
  viewBefore: WorkspaceView,
  viewAfter: WorkspaceView,
  before: FederationRule,
  after: FederationRule,
): Change[] {
  const [oldId, newId] = [before.issuerId?.value, after.issuerId?.value]
  if (oldId === newId) return []
  const [old, now] = [issuerOf(viewBefore, before), issuerOf(viewAfter, after)]
  if (old?.url && now?.url && old.url.value === now.url.value) return []
  const known = realId(oldId) !== undefined && realId(newId) !== undefined
  const shown = (issuer: FederationIssuer | undefined, id: string | undefined) => issuer?.name?.value ?? id
  return change('issuer', known || (old && now) ? 'other' : 'unclear', shown(old, oldId), shown(now, newId))
}

function compareIssuers(before: WorkspaceView, after: WorkspaceView): IssuerDifference[] {
  const pairs = pairUp(before.issuers(), after.issuers(), [
    issuer => realId(issuer.id?.value),
    issuer => realId(issuer.name?.value),
    issuer => realId(issuer.url?.value),
    placeKey(file => file.issuers),
  ])
  return pairs.flatMap(pair => {
    // One that comes or goes lets nobody in by itself: that is for rules to do.
    if (!pair.before || !pair.after) return []
    const changes = changesOfIssuer(pair.before, pair.after)
    const direction = together(changes.map(each => each.direction))
    return direction ? [{ ...pair, changes, direction }] : []
  })
}

function changesOfIssuer(before: FederationIssuer, after: FederationIssuer): Change[] {
  if (before.archivedAt && after.archivedAt) return []
  if (after.archivedAt) return change('archived', 'narrower', undefined, undefined)
  if (before.archivedAt) return change('restored', 'wider', undefined, undefined)
  return issuerChanges(before, after)
}

/** Those of `of` that present other tokens than all of `others`: a second pod of a service account is nobody new. */
function without(of: readonly Access[], others: readonly Access[]): Access[] {
  const known = new Set(others.map(({ identity }) => tokenKey(identity)))
  return of.filter(({ identity }) => {
    const key = tokenKey(identity)
    if (known.has(key)) return false
    known.add(key)
    return true
  })
}

function tokenKey({ from, claims }: Identity): string {
  return JSON.stringify([from, claims.sub ?? null, claims.aud ?? null])
}

/** Names are unique within an issuer. */
function named(name: string | undefined, issuer: string | undefined): string | undefined {
  return realId(name) === undefined ? undefined : JSON.stringify([name, issuer ?? null])
}
