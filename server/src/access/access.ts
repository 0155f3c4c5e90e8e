import { evaluate } from '../cel/index.ts'
import { type Decision, decide, type EvaluateCondition } from '../decide/decide.ts'
import type { Step, StepName } from '../decide/step.ts'
import { openRulesFor, rulesNaming } from '../wif/by-subject.ts'
import { inOrder } from '../wif/entity.ts'
import { type Identity, identities } from '../wif/identity.ts'
import { issuerOf } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { FederationRule } from '../wif/rule.ts'
import { subjectMatches, subjectPattern } from '../wif/subject.ts'
import { oncePerView, type WorkspaceView } from '../wif/view.ts'

/** What a rule means for one identity of the workspace. */
export interface Access {
  identity: Identity
  rule: FederationRule
  /**
   * `admitted`: every matcher holds for what is known of it. `possible`: nothing denies it, and some matcher asks for
   * what no file says. Which issuer signs a token that is not minted yet is rarely in any file, so that alone keeps
   * nobody out.
   */
  how: 'admitted' | 'possible' | 'denied'
  /** All steps, for who wants to know why. */
  decision: Decision
}

/** The identities that `rule` admits or may admit, in the order of the workspace. */
export const accessOf = oncePerView((view: WorkspaceView, rule: FederationRule): readonly Access[] => {
  const evaluateOnce = patiently()
  return candidates(view, rule)
    .map(identity => accessTo(view, identity, rule, evaluateOnce))
    .filter(access => access.how !== 'denied')
})

/**
 * The identities that `rule` admits or may admit, and those that only these steps keep out: whom it is meant for,
 * although something in it is wrong.
 */
export function nearlyAdmitted(
  view: WorkspaceView,
  rule: FederationRule,
  but: readonly StepName[],
): readonly Access[] {
  const evaluateOnce = patiently()
  return candidates(view, rule, but.includes('subject'))
    .map(identity => accessTo(view, identity, rule, evaluateOnce))
    .filter(({ decision: { steps } }) => steps.every(s => s.result !== 'fail' || but.includes(s.step)))
}

/** The rules that admit or may admit `identity`, in the order of the workspace. */
export const rulesOf = oncePerView((view: WorkspaceView, identity: Identity): readonly Access[] =>
  rivals(view, identity)
    .map(rule => accessTo(view, identity, rule))
    .filter(access => access.how !== 'denied'),
)

/** What `rule` means for `identity`, denied included: the steps of the decision say why. */
export function accessTo(
  view: WorkspaceView,
  identity: Identity,
  rule: FederationRule,
  evaluateCondition: EvaluateCondition = patiently(),
): Access {
  const decision = decide(identity, issuerOf(view, rule), rule, { evaluate: evaluateCondition })
  return { identity, rule, how: howOf(identity, decision), decision }
}

/**
 * What the identities are of: a pod with two containers that use tokens is one workload, and so is an AWS role.
 * Each once, in order.
 */
export function sources(of: readonly (Access | Identity)[]): Identity['source'][] {
  return [...new Set(of.map(each => ('identity' in each ? each.identity : each).source))]
}

/** How many workloads of the workspace obtain tokens: what "3 of 12" is 12 of. */
export const workloadCount = oncePerView((view: WorkspaceView) => sources(identities(view)).length)

// --- one answer --------------------------------------------------------------------------------------------

const MATCHERS: readonly StepName[] = ['audience', 'subject', 'claims', 'condition']

function howOf(identity: Identity, { verdict, steps }: Decision): Access['how'] {
  if (verdict === 'denied') return 'denied'
  return steps.some(step => isOpen(identity, step)) ? 'possible' : 'admitted'
}

/** Whether a matcher asks for what no file says. */
function isOpen({ from }: Identity, { step, result }: Step): boolean {
  // Who calls STS names the audience in the call.
  return result === 'unknown' && MATCHERS.includes(step) && !(step === 'audience' && from === 'aws-sts')
}

/** The step that keeps `access` from being `admitted`, the first of several. */
export function obstacle({ identity, how, decision: { steps } }: Access): Step | undefined {
  return steps.find(step => (how === 'denied' ? step.result === 'fail' : isOpen(identity, step)))
}

/** Units of work for one condition over one identity: some milliseconds, far beyond what real conditions need. */
const BUDGET = 20_000

/**
 * An `evaluate` that spends its patience once: a condition which exceeds the budget is not tried on the next identity.
 * One hostile condition must not cost a pause for each workload.
 */
function patiently(): EvaluateCondition {
  let stopped: ReturnType<EvaluateCondition> | undefined
  return (condition, claims, options) => {
    if (stopped) return stopped
    const answer = evaluate(condition, claims, { ...options, budget: BUDGET })
    if ('stopped' in answer && answer.stopped) stopped = answer
    return answer
  }
}

// --- whom to ask about -------------------------------------------------------------------------------------

interface BySubject {
  /** Sorted by `sub`: those that begin alike stand side by side. */
  sorted: { sub: string; identity: Identity }[]
  /** Their `sub` is not known. */
  open: Identity[]
  place: Map<Identity, number>
}

const bySubject = oncePerView((view: WorkspaceView): BySubject => {
  const all = identities(view)
  const sorted: BySubject['sorted'] = []
  const open: Identity[] = []
  for (const identity of all) {
    const { sub } = identity.claims
    if (typeof sub === 'string') sorted.push({ sub, identity })
    else open.push(identity)
  }
  sorted.sort((a, b) => (a.sub < b.sub ? -1 : a.sub > b.sub ? 1 : 0))
  return { sorted, open, place: new Map(all.map((identity, i) => [identity, i])) }
})

/**
 * The identities that the subject of `rule` does not refuse already; the rest `decide` would deny.
 * @param loosely those too whose subject only begins like an exact one
 */
function candidates(view: WorkspaceView, { subject }: FederationRule, loosely = false): readonly Identity[] {
  if (!subject || isPlaceholder(subject.value)) return identities(view)
  const { literal, prefix } = subjectPattern(subject.value)
  const pattern = { literal, prefix: prefix || loosely }
  const { sorted, open, place } = bySubject(view, view)
  const found = [...open]
  for (let i = firstFrom(sorted, pattern.literal); i < sorted.length; i++) {
    const each = sorted[i]
    if (!each || !subjectMatches(pattern, each.sub)) break
    found.push(each.identity)
  }
  return found.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))
}

/** The first position at which a subject is not before `text`. */
function firstFrom(sorted: BySubject['sorted'], text: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.sub ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}

/** The rules whose subject does not refuse `identity` already. */
function rivals(view: WorkspaceView, { claims: { sub } }: Identity): readonly FederationRule[] {
  if (typeof sub !== 'string') return view.rules()
  return [...rulesNaming(view, sub), ...openRulesFor(view, sub)].sort(inOrder)
}
