import { rulesOf } from '../../access/access.ts'
import { get, items, type ObjectNode, textAt } from '../../syntax/node.ts'
import { podIdentities } from '../../wif/identity.ts'
import { DEFAULT_MAX_LIFETIME, maxLifetime } from '../../wif/issuer.ts'
import { refresh } from '../../wif/lifetime.ts'
import { issuerOf, pairingOf, realId, subjectOf } from '../../wif/pairing.ts'
import { DEFAULT_AUDIENCE, DEFAULT_TOKEN_LIFETIME, type FederationRule, ruleTitle } from '../../wif/rule.ts'
import { accountOfSubject } from '../../wif/service-account.ts'
import { subjectMatches, subjectPattern } from '../../wif/subject.ts'
import { providedTokens } from '../../wif/token-file.ts'
import {
  ORGANIZATION_ID,
  RULE_ID,
  SERVICE_ACCOUNT_ID,
  TOKEN_FILE,
  WORKSPACE_ID,
} from '../../wif/variables.ts'
import {
  type Container,
  DEFAULT_EXPIRATION,
  type Projection,
  podSpecOf,
  readWorkload,
  type Workload,
} from '../../wif/workload.ts'
import { type Candidate, distinct, STOP } from './candidate.ts'
import { type Context, pathText } from './context.ts'
import { knownNamespaces } from './known.ts'
import { orPlaceholder, seen, seenIds } from './rule-values.ts'

/** What may stand in a field of a workload, beyond what its schema says. */
export function workloadValues(context: Context): Candidate[] {
  const { view, path, entity } = context
  const end = pathText(path)
  if (end === 'metadata/namespace') return seen(knownNamespaces(view, view))
  if (end === 'metadata/annotations/eks.amazonaws.com/role-arn') return roles(context)
  const podSpec = podSpecOf(entity)
  if (!podSpec) return []
  const workload = readWorkload(entity, podSpec, context)
  const container = containerOf(context, workload)
  if (end.endsWith('/serviceAccountName')) return accounts(context, workload)
  if (end.endsWith('/serviceAccountToken/audience')) return audiences(context, workload)
  if (end.endsWith('/serviceAccountToken/expirationSeconds')) return lifetimes(context, workload)
  if (end.endsWith('/serviceAccountToken/path')) return paths(workload)
  if (!container) return []
  if (end.endsWith('/volumeMounts/*/name')) return volumes(workload, container)
  if (end.endsWith('/volumeMounts/*/mountPath')) return mountPaths(context, workload, container)
  if (end.endsWith('/env/*/name')) return variableNames(container)
  if (end.endsWith('/env/*')) return variables(context, workload, container)
  if (end.endsWith('/env/*/value'))
    return variableValues(context, workload, container, textAt(parentOf(context), 'name') ?? '')
  return []
}

/** The object that has the value at the cursor. */
function parentOf({ entity, path }: Context): ObjectNode | undefined {
  const node = get(entity, ...path.slice(0, -1))
  return node?.type === 'object' ? node : undefined
}

function containerOf({ entity, path }: Context, { containers }: Workload): Container | undefined {
  const at = path.findLastIndex(step => typeof step === 'string' && /[cC]ontainers$/.test(step))
  const node = at < 0 ? undefined : get(entity, ...path.slice(0, at + 2))
  return containers.find(container => container.node === node)
}

// --- who it runs as ----------------------------------------------------------------------------------------

/** The service accounts of its namespace: that are described, and that rules name. */
function accounts({ view }: Context, { namespaceName }: Workload): Candidate[] {
  const isHere = (namespace: string | undefined) =>
    namespace === undefined || namespaceName === undefined || namespace === namespaceName
  const described = view.serviceAccounts().flatMap((account): Candidate[] => {
    const name = realId(account.name?.value)
    if (name === undefined || name === 'default' || !isHere(account.namespaceName)) return []
    return [
      { value: name, detail: `ServiceAccount ${account.namespaceName ?? ''}`.trim(), kind: 'reference' },
    ]
  })
  const named = view.rules().flatMap((rule): Candidate[] => {
    const { namespace, name } = accountOfSubject(rule.subject?.value ?? '') ?? {}
    if (name === undefined || realId(name) === undefined || name === 'default' || !isHere(namespace))
      return []
    return [{ value: name, detail: `rule ${ruleTitle(rule)}`, kind: 'reference' }]
  })
  return distinct([...described, ...named])
}

function roles({ view }: Context): Candidate[] {
  const named = view.rules().flatMap((rule): Candidate[] => {
    const subject = rule.subject?.value ?? ''
    const isRole = /^arn:[^:]+:iam::\d{12}:role\/[^*]+$/.test(subject)
    return isRole ? [{ value: subject, detail: `rule ${ruleTitle(rule)}`, kind: 'reference' }] : []
  })
  return distinct([...named, { value: 'arn:aws:iam::<account>:role/<role name>' }])
}

/** The rules that the pods may be for, the surest first: the one they name, those that admit their subject. */
function rulesFor({ view }: Context, workload: Workload, container?: Container): FederationRule[] {
  const of = container ? [container] : workload.containers
  const paired = of.flatMap(each => pairingOf(view, workload, each)?.rule ?? [])
  const admitting = podIdentities(workload, view)
    .filter(identity => !container || identity.container === container)
    .flatMap(identity => rulesOf(view, identity).map(({ rule }) => rule))
  const subject = subjectOf(workload)
  const matching = view
    .rules()
    .filter(
      rule =>
        subject !== undefined && rule.subject && subjectMatches(subjectPattern(rule.subject.value), subject),
    )
  return [...new Set([...paired, ...admitting, ...matching])].filter(rule => !rule.archivedAt)
}

// --- its token ---------------------------------------------------------------------------------------------

function audiences(context: Context, workload: Workload): Candidate[] {
  const { view, file } = context
  const wanted = rulesFor(context, workload).map(rule => ({
    value: rule.audience?.value ?? DEFAULT_AUDIENCE,
    detail: `rule ${ruleTitle(rule)}`,
    kind: 'reference' as const,
  }))
  if (wanted.length > 0) return distinct(wanted.filter(({ value }) => realId(value) !== undefined))
  return distinct([
    { value: DEFAULT_AUDIENCE, detail: 'the Claude API' },
    ...view.configOf(file).audiences.map(value => ({ value, detail: 'wif-lint' })),
  ])
}

/** Lifetimes after which no Claude token of a rule is missing, and which its issuer accepts. */
function lifetimes(context: Context, workload: Workload): Candidate[] {
  const isSound = (seconds: number) =>
    rulesFor(context, workload).every(rule => {
      const issuer = issuerOf(context.view, rule)
      const asked = rule.tokenLifetime?.value ?? DEFAULT_TOKEN_LIFETIME
      const isOften = issuer?.checkJti?.value === false || refresh(seconds, asked).outcome === 'safe'
      return isOften && seconds <= (issuer ? maxLifetime(issuer) : DEFAULT_MAX_LIFETIME)
    })
  return [DEFAULT_EXPIRATION, 1800, 900, 600].filter(isSound).map(seconds => ({
    value: seconds,
    detail: seconds === DEFAULT_EXPIRATION ? 'default' : `${seconds / 60} minutes`,
  }))
}

/** The file that the containers look for, below the place where they mount the volume. */
function paths({ projections, containers }: Workload): Candidate[] {
  const wanted = containers.flatMap(({ env, mounts }) => {
    const file = env.find(({ name }) => name.value === TOKEN_FILE)?.value?.value ?? ''
    return mounts.flatMap(({ mountPath }) => {
      const folder = mountPath && `${mountPath.value.replace(/\/$/, '')}/`
      return folder && file.startsWith(folder) ? file.slice(folder.length) : []
    })
  })
  const taken = projections.map(({ path }) => path?.value)
  const free = [...new Set(wanted.length > 0 ? wanted : ['token'])].filter(path => !taken.includes(path))
  return free.map(value => ({ value }))
}

function tokenFor({ audience }: Projection): string {
  return audience ? `token for ${audience.value}` : 'token'
}

function volumes({ podSpec, projections }: Workload, { mounts }: Container): Candidate[] {
  const mounted = mounts.map(({ volume }) => volume?.value)
  return items(get(podSpec, 'volumes')).flatMap((volume): Candidate[] => {
    const name = realId(textAt(volume, 'name'))
    if (name === undefined || mounted.includes(name)) return []
    const projection = projections.find(each => each.volume === name)
    return [
      {
        value: name,
        detail: projection && tokenFor(projection),
        kind: 'reference',
      },
    ]
  })
}

/** Where the token file that the container names would be; else the usual place. */
function mountPaths(context: Context, { projections }: Workload, container: Container): Candidate[] {
  const volume = textAt(parentOf(context), 'name')
  const wanted = container.env.find(({ name }) => name.value === TOKEN_FILE)?.value?.value
  const own = projections.filter(each => each.volume === volume)
  const fitting = own.flatMap(({ path }): Candidate[] => {
    const end = path && `/${path.value}`
    return end && wanted?.endsWith(end) && wanted.length > end.length
      ? [{ value: wanted.slice(0, -end.length), detail: TOKEN_FILE }]
      : []
  })
  const isForClaude = own.length > 0 || volume === undefined
  return fitting.length > 0 || !isForClaude ? fitting : [{ value: '/var/run/secrets/anthropic.com' }]
}

// --- environment -------------------------------------------------------------------------------------------

/** The variables that federation needs, and what they are. */
const VARIABLES: [name: string, about: string][] = [
  [TOKEN_FILE, 'the file of the token'],
  [RULE_ID, 'the federation rule'],
  [ORGANIZATION_ID, 'the organization'],
  [SERVICE_ACCOUNT_ID, 'the service account'],
  [WORKSPACE_ID, 'the workspace'],
]

function absent({ env }: Container) {
  return VARIABLES.filter(([variable]) => !env.some(({ name }) => name.value === variable))
}

function variableNames(container: Container): Candidate[] {
  return absent(container).map(([value, detail]) => ({ value, detail }))
}

/** Whole entries of the list. */
function variables(context: Context, workload: Workload, container: Container): Candidate[] {
  const rules = rulesFor(context, workload, container)
  return absent(container).map(([name, detail]) => {
    const [first] = variableValues(context, workload, container, name, rules)
    return { value: { name, value: first?.value ?? STOP }, label: name, detail }
  })
}

function variableValues(
  context: Context,
  workload: Workload,
  container: Container,
  name: string,
  own = rulesFor(context, workload, container),
): Candidate[] {
  const { view } = context
  switch (name) {
    case TOKEN_FILE:
      return providedTokens(workload, container).map(({ path, projection }) => ({
        value: path,
        detail: tokenFor(projection),
        kind: 'reference',
      }))
    case RULE_ID:
      return orPlaceholder(ruleIds(context, own, subjectOf(workload)), 'fdrl_...')
    case SERVICE_ACCOUNT_ID:
      return orPlaceholder(
        ofRules(
          own,
          rule => [rule.serviceAccountId?.value],
          () => seenIds(view, name),
        ),
        'svac_...',
      )
    case WORKSPACE_ID:
      return orPlaceholder(
        ofRules(
          own,
          rule => rule.workspaces.map(({ value }) => value),
          () => seenIds(view, name),
        ),
        'wrkspc_...',
      )
    case ORGANIZATION_ID:
      return orPlaceholder(seenIds(view, name), '<organization uuid>')
    default:
      return []
  }
}

/** The rules for a subject; those that would not admit it are none of its. */
function ruleIds({ view, file }: Context, own: FederationRule[], subject: string | undefined): Candidate[] {
  const fitting = subject === undefined ? view.rules().filter(({ archivedAt }) => !archivedAt) : []
  const linked = [...view.configOf(file).links.keys()].filter(id => id.startsWith('fdrl_'))
  return distinct([
    ...[...own, ...fitting].flatMap((rule): Candidate[] => {
      const id = realId(rule.id?.value)
      const title = rule.name?.value ?? ''
      return id === undefined ? [] : [{ value: id, detail: title, words: title, kind: 'reference' }]
    }),
    ...linked.map(id => ({ value: id, detail: 'wif-lint', kind: 'reference' as const })),
  ])
}

/** What the rule of the pod says; what is said elsewhere only where there is none. */
function ofRules(
  own: readonly FederationRule[],
  read: (rule: FederationRule) => (string | undefined)[],
  elsewhere: () => Candidate[],
): Candidate[] {
  const found = own.flatMap(rule =>
    read(rule).flatMap((id): Candidate[] =>
      id === undefined || realId(id) === undefined
        ? []
        : [{ value: id, detail: `rule ${ruleTitle(rule)}`, kind: 'reference' }],
    ),
  )
  return found.length > 0 ? distinct(found) : elsewhere()
}
