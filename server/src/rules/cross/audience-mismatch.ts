import { decide } from '../../decide/decide.ts'
import { fileName } from '../../lint/narrow.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import type { WifFile } from '../../wif/entity.ts'
import { type PodIdentity, podIdentities } from '../../wif/identity.ts'
import { issuerOf, ruleOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { DEFAULT_AUDIENCE, type FederationRule, ruleTitle } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const audienceMismatch = rule({
  id: 'cross/audience-mismatch',
  title: 'A workload requests another audience than its rule expects',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      for (const identity of podIdentities(workload)) {
        const rule = ruleOf(view, workload, identity.container)
        if (rule && mismatch(identity, rule, view)) reportAtPod(identity, rule, file, report)
      }
    }
    if (file.rules.length === 0) return
    for (const workload of view.workloads()) {
      for (const identity of podIdentities(workload)) {
        const rule = ruleOf(view, workload, identity.container)
        if (rule?.file === file && mismatch(identity, rule, view)) reportAtRule(identity, rule, file, report)
      }
    }
  },
})

function mismatch(identity: PodIdentity, rule: FederationRule, view: WorkspaceView): boolean {
  return decide(identity, issuerOf(view, rule), rule).steps.some(s => s.reason === 'match_audience')
}

function reportAtPod(identity: PodIdentity, rule: FederationRule, file: WifFile, report: Report): void {
  const { requested, expected } = audiences(identity, rule)
  const at = identity.projection?.audience ?? identity.at.aud
  report(
    at,
    `The pod requests audience "${requested}", rule "${ruleTitle(rule)}" expects "${expected}": they must be equal to the letter`,
    {
      related: rule.match
        ? [{ at: rule.audience ?? rule.match, message: 'expected here', file: rule.file }]
        : [],
      fixes: bothSides(identity, rule, file),
    },
  )
}

function reportAtRule(identity: PodIdentity, rule: FederationRule, file: WifFile, report: Report): void {
  const at = rule.audience ?? rule.match
  if (!at) return
  const { requested, expected } = audiences(identity, rule)
  report(
    at,
    `The rule expects audience "${expected}", ${identity.title} requests "${requested}": they must be equal to the letter`,
    {
      related: [{ at: identity.at.aud, message: 'requested here', file: identity.source.file }],
      fixes: bothSides(identity, rule, file),
    },
  )
}

function audiences(identity: PodIdentity, rule: FederationRule) {
  const { aud } = identity.claims
  return {
    requested: Array.isArray(aud) ? String(aud[0]) : '',
    expected: rule.audience?.value ?? DEFAULT_AUDIENCE,
  }
}

/** Either side may be the one that is wrong. The side in the linted file comes first. */
function bothSides(identity: PodIdentity, rule: FederationRule, file: WifFile): Fix[] {
  const { requested, expected } = audiences(identity, rule)
  const node = identity.projection?.audience
  const pod = identity.source.file
  const where = (target: WifFile) => (target === file ? '' : ` in ${fileName(target.uri)}`)
  const fixes: (Fix & { of: WifFile })[] = []
  if (node) {
    fixes.push({
      of: pod,
      title: `Request "${expected}"${where(pod)}`,
      safe: false,
      edits: [{ set: node, to: expected, file: pod }],
    })
  }
  const rewritable = rule.match && !isPlaceholder(requested) && identity.projection
  if (rewritable && rule.match) {
    const edit = rule.audience
      ? { set: rule.audience, to: requested }
      : { insert: 'audience', into: rule.match, to: requested }
    fixes.push({
      of: rule.file,
      title: `Expect "${requested}"${where(rule.file)}`,
      safe: false,
      edits: [{ ...edit, file: rule.file }],
    })
  }
  return fixes.sort((a, b) => Number(b.of === file) - Number(a.of === file)).map(({ of: _, ...fix }) => fix)
}
