import { rulesOf } from '../../access/access.ts'
import { get, type ObjectNode } from '../../syntax/node.ts'
import { code } from '../../text/markdown.ts'
import { podIdentities } from '../../wif/identity.ts'
import { issuerOf, pairingOf, subjectOf } from '../../wif/pairing.ts'
import { DEFAULT_TOKEN_LIFETIME, type FederationRule, ruleTitle } from '../../wif/rule.ts'
import { accountSubject, type KubernetesServiceAccount } from '../../wif/service-account.ts'
import { providedTokens } from '../../wif/token-file.ts'
import {
  CREDENTIALS,
  ORGANIZATION_ID,
  PROFILE,
  RULE_ID,
  SERVICE_ACCOUNT_ID,
  TOKEN,
  TOKEN_FILE,
  WORKSPACE_ID,
} from '../../wif/variables.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { type Container, expirationOf, type Workload } from '../../wif/workload.ts'
import { pathText } from '../completion/context.ts'
import { placeOfEntity } from '../references.ts'
import type { Field } from './field.ts'
import { seconds } from './phrases.ts'
import { list, type Prose } from './prose.ts'
import { arithmetic } from './rule.ts'

/** What is to be said of a field of a workload, beyond what its schema says. */
export function aboutWorkload(view: WorkspaceView, workload: Workload, field: Field): Prose[] {
  const end = pathText(field.path)
  if (end.endsWith('/env/*/name') || end.endsWith('/env/*/value')) return variable(view, workload, field)
  if (end.endsWith('/serviceAccountName')) return account(view, workload)
  if (!end.includes('/serviceAccountToken')) return []
  const projection = workload.projections.find(({ node }) => node === holderOf(field))
  if (!projection) return []
  const rules = rulesFor(view, workload)
  if (end.endsWith('/audience')) return rules.length === 0 ? [] : [['Exchanged under:', ...named(rules)]]
  if (end.endsWith('/path')) {
    const paths = workload.containers.flatMap(container =>
      providedTokens(workload, container)
        .filter(token => token.projection === projection)
        .map(({ path }) => `\n- ${code(path)} in container ${code(container.name?.value ?? '')}`),
    )
    return paths.length === 0 ? [['No container mounts it.']] : [['Seen as', ...paths]]
  }
  const life = expirationOf(workload, projection)
  if (!end.endsWith('/expirationSeconds') || life === undefined || !Number.isFinite(life)) return []
  const [rule, ...more] = rules
  if (!rule || more.length > 0) return [[`The token lives ${seconds(life)}.`]]
  const once = issuerOf(view, rule)?.checkJti?.value !== false
  return [
    [arithmetic(life, rule.tokenLifetime?.value ?? DEFAULT_TOKEN_LIFETIME, once)],
    ['Exchanged under:', ...named([rule])],
  ]
}

function holderOf({ property }: Field): ObjectNode {
  return property.parent
}

function named(rules: readonly FederationRule[]) {
  return list(rules, rule => ({ title: ruleTitle(rule), place: placeOfEntity(rule) }))
}

/** The rules that the tokens of a workload are exchanged under: those it names, else those that admit it. */
function rulesFor(view: WorkspaceView, workload: Workload): FederationRule[] {
  const paired = workload.containers.flatMap(each => pairingOf(view, workload, each)?.rule ?? [])
  if (paired.length > 0) return [...new Set(paired)]
  const tokens = podIdentities(workload, view)
  return [...new Set(tokens.flatMap(token => rulesOf(view, token).map(({ rule }) => rule)))]
}

/** Who the pods are to the Claude API. */
function account(view: WorkspaceView, workload: Workload): Prose[] {
  const sub = subjectOf(workload)
  if (sub === undefined) return []
  const rules = rulesFor(view, workload)
  return [
    [`The \`sub\` of its tokens: ${code(sub)}`],
    ...(rules.length === 0 ? [] : [['Exchanged under:', ...named(rules)]]),
  ]
}

/** What is to be said of a field of a ServiceAccount. */
export function aboutAccount({ namespaceName, name }: KubernetesServiceAccount, { path }: Field): Prose[] {
  if (path.join('/') !== 'metadata/name' || !name || namespaceName === undefined) return []
  return [[`The \`sub\` of its pods' tokens: ${code(accountSubject(namespaceName, name.value))}`]]
}

// --- environment -------------------------------------------------------------------------------------------

/** Whether the field is a variable that the SDKs read: what that is says more than what any variable is. */
export function isVariable({ property }: Field): boolean {
  const name = get(property.parent, 'name')
  return name?.type === 'string' && Object.hasOwn(VARIABLES, name.value)
}

/** What the SDKs make of each variable, and what wins over it (reference, Environment variables). */
const VARIABLES: Record<string, string> = {
  [TOKEN_FILE]: 'Path of the identity token. The SDK reads the file again at each exchange.',
  [TOKEN]: 'The identity token itself. It is not renewed; `ANTHROPIC_IDENTITY_TOKEN_FILE` wins over it.',
  [RULE_ID]:
    'Id (`fdrl_...`) of the federation rule that the token is exchanged under. Without it nothing is exchanged.',
  [ORGANIZATION_ID]: 'UUID of the organization.',
  [SERVICE_ACCOUNT_ID]: 'Id (`svac_...`) of the service account to act as: the target of the rule.',
  [WORKSPACE_ID]: 'Id (`wrkspc_...`) of the workspace, or `default`. Needed when the rule is for several.',
  [PROFILE]: 'Name of a profile on disk, which wins over the variables of federation.',
  ...Object.fromEntries(
    CREDENTIALS.map(name => [name, 'A static credential. It wins over federation, also when it is empty.']),
  ),
}

const PRECEDENCE = `Of several the first counts: ${[...CREDENTIALS, PROFILE].map(code).join(', ')}, then the variables of federation. An empty one counts too.`

function variable(view: WorkspaceView, workload: Workload, field: Field): Prose[] {
  const holder = holderOf(field)
  const name = get(holder, 'name')
  const about =
    name?.type === 'string' && Object.hasOwn(VARIABLES, name.value) ? VARIABLES[name.value] : undefined
  if (name?.type !== 'string' || about === undefined) return []
  const container = workload.containers.find(({ env }) => env.some(({ node }) => node === holder))
  const isValue = field.path.at(-1) === 'value'
  return [
    [`**${name.value}**`],
    [about],
    ...(container ? meaning(view, workload, container, name.value) : []),
    ...(isValue ? [] : [[PRECEDENCE]]),
  ]
}

function meaning(view: WorkspaceView, workload: Workload, container: Container, name: string): Prose[] {
  const rule = pairingOf(view, workload, container)?.rule
  if (!rule) return []
  if (name === RULE_ID) return [['Rule ', { title: ruleTitle(rule), place: placeOfEntity(rule) }]]
  if (name === SERVICE_ACCOUNT_ID && rule.serviceAccountId)
    return [[`The rule's target: ${code(rule.serviceAccountId.value)}`]]
  return name === WORKSPACE_ID && rule.workspaces.length > 0
    ? [[`The rule is for: ${rule.workspaces.map(({ value }) => code(value)).join(', ')}`]]
    : []
}
