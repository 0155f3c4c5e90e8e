import { type Access, accessOf, accessTo, rulesOf } from '../access/access.ts'
import type { Step } from '../decide/decide.ts'
import type { Range, StringNode } from '../syntax/node.ts'
import { contentRange } from '../syntax/scalar.ts'
import { code, sentence } from '../text/markdown.ts'
import type { WifFile } from '../wif/entity.ts'
import { podIdentities } from '../wif/identity.ts'
import { pairingOf } from '../wif/pairing.ts'
import { type FederationRule, ruleTitle } from '../wif/rule.ts'
import { RULE_ID } from '../wif/variables.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { type Container, envVar, type Workload } from '../wif/workload.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** What to say of a place, in Markdown. */
export interface AccessHover {
  range: Range
  text: string
}

/**
 * At the id of the rule that a container names: what that rule makes of its token, step by step. At the name of a
 * workload: the rules that admit it.
 */
export function accessHover(workspace: Workspace, uri: string, offset: number): AccessHover | undefined {
  const file = workspace.file(uri)
  const view = workspace.view()
  const isAt = (node: StringNode | undefined): node is StringNode =>
    node !== undefined && !node.alias && node.start <= offset && offset <= node.end
  for (const workload of file?.workloads ?? []) {
    if (isAt(workload.name)) return hover(file, workload.name, ofWorkload(view, workload))
    for (const container of workload.containers) {
      const id = envVar(container, RULE_ID)?.value
      if (isAt(id)) return hover(file, id, ofNamedRule(view, workload, container))
    }
  }
  return undefined
}

function hover(file: WifFile | undefined, node: StringNode, text: string): AccessHover | undefined {
  if (!file || text === '') return undefined
  return { range: contentRange(file.text, node), text }
}

function ofNamedRule(view: WorkspaceView, workload: Workload, container: Container): string {
  const rule = pairingOf(view, workload, container)?.rule
  const token = podIdentities(workload, view).find(each => each.container === container)
  if (!rule || !token) return ''
  const access = accessTo(view, token, rule)
  const steps = access.decision.steps
    .filter(isOfInterest)
    .map(step => `- ${MARKS[step.result]} ${sentence(step.message)}`)
  return [`Rule ${code(ruleTitle(rule))} ${VERBS[access.how]} this token`, '', ...steps].join('\n')
}

const VERBS: Record<Access['how'], string> = {
  admitted: 'admits',
  possible: 'may admit',
  denied: 'denies',
}
const MARKS: Record<Step['result'], string> = { pass: '✓', fail: '✗', unknown: '?', skipped: '' }

/** What denies, and what the rule itself asks for; not what of a token can only be known once it is minted. */
function isOfInterest({ step, result }: Step): boolean {
  if (result === 'fail') return true
  return result !== 'skipped' && ['audience', 'subject', 'claims', 'condition'].includes(step)
}

function ofWorkload(view: WorkspaceView, workload: Workload): string {
  const rules = podIdentities(workload, view).flatMap(token => rulesOf(view, token))
  const names = [...new Set(rules.map(({ rule }) => ruleTitle(rule)))]
  return names.length === 0 ? '' : `Admitted by\n${listed(names)}`
}

/** The workloads that a rule admits, as a list in Markdown; empty for none. */
export function admittedList(view: WorkspaceView, rule: FederationRule): string {
  return listed([...new Set(accessOf(view, rule).map(({ identity }) => identity.title))])
}

/** More names than this are no help. */
const MAX_NAMES = 20

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? [`- and ${names.length - MAX_NAMES} more`] : []
  return [...names.slice(0, MAX_NAMES).map(name => `- ${code(name)}`), ...more].join('\n')
}
