import { type DenyReason, decide } from '../../decide/decide.ts'
import { type Use, uses, usesOf } from '../../lint/pairs.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { eitherSide } from '../../lint/sides.ts'
import { property, type StringNode } from '../../syntax/node.ts'
import type { WifFile } from '../../wif/entity.ts'
import { type FederationRule, ruleTitle } from '../../wif/rule.ts'
import { literalOf, RULE_ID, SERVICE_ACCOUNT_ID, WORKSPACE_ID } from '../../wif/variables.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { envVar, workloadTitle } from '../../wif/workload.ts'

export const targetMismatch = rule({
  id: 'cross/target-mismatch',
  title: 'A pod asks its rule for another service account or workspace',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const use of uses(file.workloads, view)) {
      const reasons = refusals(use)
      for (const { reason, variable, says, given } of ASKED) {
        const asked = envVar(use.container, variable)?.value
        if (!asked || !reasons.has(reason)) continue
        const message = `The pod asks for ${asked.value}, but rule "${ruleTitle(use.rule)}" ${says(use.rule)}`
        report(asked, message, {
          related: given(use.rule).map(at => ({ at, message: 'given here', file: use.rule.file })),
          fixes: fixes(use, variable, file),
        })
      }
      reportUse(use, reasons, file, report)
    }
    reportAtRules(file, report, view)
  },
})

/** What an exchange asks for, and what a rule gives of it. */
const ASKED: {
  reason: DenyReason
  variable: string
  says(rule: FederationRule): string
  given(rule: FederationRule): StringNode[]
}[] = [
  {
    reason: 'target_mismatch',
    variable: SERVICE_ACCOUNT_ID,
    says: rule => `targets ${rule.serviceAccountId?.value}`,
    given: ({ serviceAccountId }) => (serviceAccountId ? [serviceAccountId] : []),
  },
  {
    reason: 'workspace_not_enabled',
    variable: WORKSPACE_ID,
    says: rule => `is enabled for ${workspaceIds(rule).join(', ')}`,
    given: rule => rule.workspaces,
  },
]

/** Why the exchange of `use` is refused whatever its token is. Only an id says for sure that it means this rule. */
function refusals({ by, rule, workload, container }: Use): ReadonlySet<DenyReason> {
  if (by !== 'id') return new Set()
  const request = {
    serviceAccountId: literalOf(workload, container, SERVICE_ACCOUNT_ID),
    workspaceId: literalOf(workload, container, WORKSPACE_ID),
  }
  const anyToken = {
    title: '',
    from: 'kubernetes' as const,
    claims: {},
    complete: false,
    lifetime: undefined,
  }
  const { steps } = decide(anyToken, undefined, rule, { request })
  return new Set(steps.flatMap(s => s.reason ?? []))
}

function reportUse(use: Use, reasons: ReadonlySet<DenyReason>, file: WifFile, report: Report): void {
  const { rule, container } = use
  const { allWorkspaces, workspaces, archivedAt } = rule
  const several = allWorkspaces ?? workspaces[0]
  // The SDK's comments promise the default workspace where the reference announces a refusal.
  if (reasons.has('workspace_id_required') && several)
    report(
      property(container.node, 'env') ?? container.node,
      `Rule "${ruleTitle(rule)}" spans several workspaces, so the exchange needs \`${WORKSPACE_ID}\``,
      {
        severity: 'warning',
        related: [{ at: several, message: 'enabled here', file: rule.file }],
        fixes: fixes(use, WORKSPACE_ID, file),
      },
    )
  if (archivedAt)
    report(
      envVar(container, RULE_ID)?.value ?? container.node,
      `Rule "${ruleTitle(rule)}" is archived: every exchange is refused`,
      { related: [{ at: archivedAt, message: 'archived', file: rule.file }] },
    )
}

function reportAtRules(file: WifFile, report: Report, view: WorkspaceView): void {
  for (const rule of file.rules) {
    const own = usesOf(rule, view)
    for (const { reason, variable, says, given } of ASKED) {
      const wrong = own.filter(use => refusals(use).has(reason))
      const [first, ...others] = wrong
      const [at] = given(rule)
      if (!first || !at) continue
      const asked = envVar(first.container, variable)?.value
      const more = others.length > 0 ? ` and ${others.length} more` : ''
      report(
        at,
        `The rule ${says(rule)}, but ${asked?.value} is asked for by ${workloadTitle(first.workload)}${more}`,
        {
          related: wrong.flatMap(({ container, workload }) => {
            const place = envVar(container, variable)?.value
            return place ? [{ at: place, message: 'asked for here', file: workload.file }] : []
          }),
          fixes: fixes(first, variable, file),
        },
      )
    }
  }
}

function workspaceIds({ workspaces }: FederationRule): string[] {
  return [...new Set(workspaces.map(({ value }) => value))]
}

/** Ask for what the rule gives; or, of a service account, give what is asked for. */
function fixes({ rule, workload, container }: Use, variable: string, file: WifFile): Fix[] {
  const asked = envVar(container, variable)?.value
  const env = property(container.node, 'env')?.value
  const target = variable === SERVICE_ACCOUNT_ID ? rule.serviceAccountId : undefined
  const choices = target ? [target.value] : rule.allWorkspaces?.value ? ['wrkspc_...'] : workspaceIds(rule)
  return eitherSide(file, [
    ...choices.slice(0, 4).map(id => ({
      file: workload.file,
      title: asked ? `Ask for ${id}` : `Add \`${variable}\` with ${id}`,
      edit: asked
        ? { set: asked, to: id }
        : env?.type === 'array'
          ? { append: { name: variable, value: id }, to: env }
          : undefined,
    })),
    {
      file: rule.file,
      title: `Target ${asked?.value}`,
      edit: asked && target && { set: target, to: asked.value },
    },
  ])
}
