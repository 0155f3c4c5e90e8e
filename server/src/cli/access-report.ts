import { fileURLToPath } from 'node:url'
import { type Access, accessOf, sources, workloadCount } from '../access/access.ts'
import type { Aspect, Direction } from '../access/change.ts'
import type { AccessComparison } from '../access/compare.ts'
import type { Entity } from '../wif/entity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { linesOf } from '../wif/lines.ts'
import { ruleTitle } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'
import type { Since } from './access-since.ts'
import { displayName } from './gather.ts'

/** The document of `wif-lint access --format json`; other formats say the same. */
export interface ListReport {
  version: 1
  rules: ListedRule[]
  summary: { rules: number; workloads: number; admitted: number }
}

/** The same with `--since`: only what has changed, what was widened first. */
export interface ChangeReport {
  version: 1
  since: { revision: string; commit: string }
  /** Whether something is let in, or given, that was not; `maybe` when that cannot be told. */
  widened: 'yes' | 'maybe' | 'no'
  changes: ReportedDifference[]
  summary: Record<Direction, number> & { newlyAdmitted: number; noLongerAdmitted: number }
}

export interface Located {
  title: string
  /** Relative to the working folder; of what was removed, where it was. */
  file: string
  /** From 1. */
  line: number
}

export interface ListedRule extends Located {
  id: string | null
  target: string | null
  scope: string | null
  archived: boolean
  admits: Admission[]
}

/** Somebody whom a rule admits; `possible` when a matcher asks for what no file says. */
export interface Admission extends Located {
  subject: string | null
  audience: string | null
  how: 'admitted' | 'possible'
}

export interface ReportedDifference extends Located {
  kind: 'rule' | 'issuer'
  id: string | null
  direction: Direction
  changes: ReportedChange[]
  newlyAdmits: Admission[]
  noLongerAdmits: Admission[]
}

export interface ReportedChange {
  aspect: Aspect
  /** The field that says it, as it is written in files; null when the whole has come or gone. */
  field: string | null
  direction: Direction
  before: string | null
  after: string | null
}

const FIELDS: Partial<Record<Aspect, string>> = {
  subject: 'subject_prefix',
  audience: 'audience',
  claim: 'claims',
  condition: 'condition',
  target: 'service_account_id',
  scope: 'oauth_scope',
  workspace: 'workspace_id',
  issuer: 'issuer_id',
  url: 'issuer_url',
  keys: 'jwks',
  lifetime: 'max_jwt_lifetime_seconds',
  jti: 'check_jti',
}

const WIDEST_FIRST: readonly Direction[] = ['wider', 'other', 'unclear', 'narrower']

/** Whom each rule of `view` admits. */
export function listReport(view: WorkspaceView, cwd: string): ListReport {
  const rules = view.rules().map(
    (rule): ListedRule => ({
      ...located(ruleTitle(rule), rule, cwd),
      id: rule.id?.value ?? null,
      target: rule.serviceAccountId?.value ?? null,
      scope: rule.scope?.value ?? null,
      archived: rule.archivedAt !== undefined,
      admits: admissions(accessOf(view, rule), cwd),
    }),
  )
  const admitted = sources(view.rules().flatMap(rule => accessOf(view, rule))).length
  return {
    version: 1,
    rules,
    summary: { rules: rules.length, workloads: workloadCount(view, view), admitted },
  }
}

/** What a comparison found, for people and programs. */
export function changeReport(
  { rules, issuers }: AccessComparison,
  { revision, commit }: Pick<Since, 'revision' | 'commit'>,
  cwd: string,
): ChangeReport {
  const differences: ReportedDifference[] = []
  for (const { before, after, changes, admits, refuses, direction } of rules) {
    const rule = after ?? before
    if (!rule) continue
    differences.push({
      kind: 'rule',
      ...located(ruleTitle(rule), rule, cwd),
      id: rule.id?.value ?? null,
      direction,
      changes: changes.map(reported),
      newlyAdmits: admissions(admits, cwd),
      noLongerAdmits: admissions(refuses, cwd),
    })
  }
  for (const { after, changes, direction } of issuers) {
    if (!after) continue
    differences.push({
      kind: 'issuer',
      ...located(issuerTitle(after), after, cwd),
      id: after.id?.value ?? null,
      direction,
      changes: changes.map(reported),
      newlyAdmits: [],
      noLongerAdmits: [],
    })
  }
  differences.sort((a, b) => WIDEST_FIRST.indexOf(a.direction) - WIDEST_FIRST.indexOf(b.direction))
  const count = (direction: Direction) => differences.filter(each => each.direction === direction).length
  const subjects = (of: Admission[]) => new Set(of.map(({ subject, title }) => subject ?? title)).size
  return {
    version: 1,
    since: { revision, commit },
    widened: widened(differences.map(({ direction }) => direction)),
    changes: differences,
    summary: {
      wider: count('wider'),
      other: count('other'),
      unclear: count('unclear'),
      narrower: count('narrower'),
      newlyAdmitted: subjects(differences.flatMap(({ newlyAdmits }) => newlyAdmits)),
      noLongerAdmitted: subjects(differences.flatMap(({ noLongerAdmits }) => noLongerAdmits)),
    },
  }
}

function widened(directions: readonly Direction[]): ChangeReport['widened'] {
  if (directions.some(each => each === 'wider' || each === 'other')) return 'yes'
  return directions.includes('unclear') ? 'maybe' : 'no'
}

function reported({
  aspect,
  name,
  direction,
  before,
  after,
}: AccessComparison['rules'][number]['changes'][number]) {
  const field = FIELDS[aspect]
  return {
    aspect,
    field: field === undefined ? null : name === undefined ? field : `${field}.${name}`,
    direction,
    before: before ?? null,
    after: after ?? null,
  }
}

/** Each workload once, as certain as its most certain token. */
function admissions(of: readonly Access[], cwd: string): Admission[] {
  const found = new Map<unknown, Admission>()
  for (const { identity, how } of of) {
    if (how === 'denied' || (found.has(identity.source) && how === 'possible')) continue
    const { sub, aud } = identity.claims
    found.set(identity.source, {
      ...located(identity.title, identity.source, cwd),
      subject: typeof sub === 'string' ? sub : null,
      audience: Array.isArray(aud) ? aud.join(' ') : null,
      how,
    })
  }
  return [...found.values()]
}

function located(title: string, { file, node }: Pick<Entity, 'file' | 'node'>, cwd: string): Located {
  const { line } = linesOf(file).positionAt(node.start)
  return { title, file: displayName(fileURLToPath(file.uri), cwd), line: line + 1 }
}

function issuerTitle({ name, id, url }: FederationIssuer): string {
  return name?.value ?? id?.value ?? url?.value ?? 'this issuer'
}
