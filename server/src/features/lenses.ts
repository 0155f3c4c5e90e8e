import {
  type Access,
  accessOf,
  accessTo,
  obstacle,
  rulesOf,
  sources,
  workloadCount,
} from '../access/access.ts'
import type { Range } from '../syntax/node.ts'
import { count } from '../text/count.ts'
import type { WifFile } from '../wif/entity.ts'
import { identities, type PodIdentity, podIdentities } from '../wif/identity.ts'
import { pairingOf, providerOf, realId } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import { awsSts } from '../wif/providers/aws-sts.ts'
import { isKubernetes } from '../wif/providers/index.ts'
import { type FederationRule, ruleTitle } from '../wif/rule.ts'
import { RULE_ID } from '../wif/variables.ts'
import { oncePerView, type WorkspaceView } from '../wif/view.ts'
import { envVar } from '../wif/workload.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { admittedBy, type Place, placeOfEntity } from './references.ts'

/** A line above a rule or a workload; what it says of access is found when it is shown. */
export interface Lens {
  at: Range
  /** `check`: try a token on the rule. `access`: who is let in by the rule, or what lets the workload in. */
  kind: 'check' | 'access'
  /** Which it is of the rules of its file, or of the tokens of its workloads. */
  of: 'rule' | 'token'
  index: number
}

/** What a lens says, and the places it leads to. */
export interface LensText {
  title: string
  places: readonly Place[]
}

/** The lenses of a file; cheap, for an editor asks at each keystroke. */
export function lenses(workspace: Workspace, uri: string): Lens[] {
  const file = workspace.file(uri)
  if (!file) return []
  const view = workspace.view()
  return [
    ...file.rules.flatMap((rule, index): Lens[] => {
      const lens = { at: startOf(rule.node), of: 'rule' as const, index }
      const check: Lens = { ...lens, kind: 'check' }
      return mayAdmitHere(view, rule) ? [check, { ...lens, kind: 'access' }] : [check]
    }),
    ...tokensIn(file, view).flatMap((token, index): Lens[] =>
      isAnswerable(view, token)
        ? [{ at: startOf(token.source.node), kind: 'access', of: 'token', index }]
        : [],
    ),
  ]
}

function startOf({ start }: Range): Range {
  return { start, end: start }
}

/** What an `access` lens of the file says now; undefined when there is no such rule or token any more. */
export function lensText(
  workspace: Workspace,
  uri: string,
  { of, index }: Pick<Lens, 'of' | 'index'>,
): LensText | undefined {
  const file = workspace.file(uri)
  const view = workspace.view()
  if (of === 'rule') {
    const rule = file?.rules[index]
    return rule && textOfRule(view, rule)
  }
  const token = file && tokensIn(file, view)[index]
  return token && textOfToken(view, token)
}

// --- who a rule lets in ------------------------------------------------------------------------------------

/**
 * Whether the workspace can tell whom the rule admits: not while its subject is to be filled in, and only where there
 * are workloads of the kind that it is about. It knows none of GitHub's, for one.
 */
export function mayAdmitHere(view: WorkspaceView, rule: FederationRule): boolean {
  if (rule.subject && isPlaceholder(rule.subject.value)) return false
  const known = origins(view, view)
  const provider = providerOf(view, rule)
  if (!provider) return known.size > 0
  return known.has(provider === awsSts ? 'aws-sts' : isKubernetes(provider) ? 'kubernetes' : 'token')
}

const origins = oncePerView((view: WorkspaceView) => new Set(identities(view).map(({ from }) => from)))

function textOfRule(view: WorkspaceView, rule: FederationRule): LensText {
  return {
    title: `admits ${shareOf(view, rule)}`,
    places: admittedBy(view, rule),
  }
}

/** How many workloads a rule admits, and of how many: "3 of 12 workloads". */
export function shareOf(view: WorkspaceView, rule: FederationRule): string {
  return `${countOf(view, rule)} of ${count(workloadCount(view, view), 'workload')}`
}

/** How many workloads a rule admits: "3", or "2 to 3" where something is not known of one. */
export function countOf(view: WorkspaceView, rule: FederationRule): string {
  const all = accessOf(view, rule)
  const surely = sources(all.filter(({ how }) => how === 'admitted')).length
  const most = sources(all).length
  return surely === most ? `${most}` : `${surely} to ${most}`
}

// --- what lets a workload in -------------------------------------------------------------------------------

/** The tokens of the workloads of a file, each once, although several containers may use it. */
function tokensIn(file: WifFile, view: WorkspaceView): PodIdentity[] {
  return file.workloads.flatMap(workload => {
    const tokens = new Map<string, PodIdentity>()
    for (const token of podIdentities(workload, view)) {
      const rule = pairingOf(view, workload, token.container)?.rule
      const key = `${token.at.aud.start} ${rule?.file.uri} ${rule?.node.start} ${namedRule(token)}`
      if (!tokens.has(key)) tokens.set(key, token)
    }
    return [...tokens.values()]
  })
}

/** Whether the workspace can tell: not of a token for a rule that is not in it. */
function isAnswerable(view: WorkspaceView, token: PodIdentity): boolean {
  if (pairingOf(view, token.source, token.container)) return true
  return namedRule(token) === undefined && view.rules().length > 0
}

/** The id of the rule that the container of `token` names. */
function namedRule({ container }: PodIdentity): string | undefined {
  return realId(envVar(container, RULE_ID)?.value?.value)
}

function textOfToken(view: WorkspaceView, token: PodIdentity): LensText {
  const pairing = pairingOf(view, token.source, token.container)
  const admitting = pairing?.by === 'id' ? [] : rulesOf(view, token)
  const shown = admitting.length > 0 || !pairing ? admitting : [accessTo(view, token, pairing.rule)]
  const [first, ...more] = shown
  if (!first) return { title: 'no rule here admits it', places: [] }
  const title = more.length > 0 ? `admitted by ${shown.length} rules` : verdict(first)
  return { title, places: shown.map(({ rule }) => placeOfEntity(rule)) }
}

/** What one rule means for a token, in a few words with the reason. */
function verdict(access: Access): string {
  const name = ruleTitle(access.rule)
  const title = isPlaceholder(name) ? 'the rule' : `rule "${name}"`
  if (access.how === 'admitted') return `admitted by ${title}`
  const reason = obstacle(access)?.message
  return `${title} ${access.how === 'denied' ? 'denies' : 'may admit'} it${reason ? `: ${short(reason)}` : ''}`
}

/** Longer than this no editor shows above a line. */
const MAX_REASON = 160

function short(text: string): string {
  return text.length > MAX_REASON ? `${text.slice(0, MAX_REASON)}…` : text
}
