import { mayHoldMore } from '../../lint/open.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { isAbsent, type Node, textAt } from '../../syntax/node.ts'
import { put } from '../../syntax/write.ts'
import { isApiServer } from '../../wif/audience.ts'
import { podIdentities } from '../../wif/identity.ts'
import { issuerOf, ruleOf } from '../../wif/pairing.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'
import { tokenFile } from '../../wif/token-file.ts'
import type { Projection } from '../../wif/workload.ts'

export const podAudienceMissing = rule({
  id: 'pod/audience-missing',
  title: 'Projected token for Claude names no audience',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      const seen = new Set<Node>()
      for (const { projection, container } of podIdentities(workload, view)) {
        if (!projection || !lacksAudience(projection) || seen.has(projection.node)) continue
        seen.add(projection.node)
        if (workload.partial || mayHoldMore(workload, projection.node)) continue
        const paired = ruleOf(view, workload, container)
        const audience = paired?.audience?.value ?? DEFAULT_AUDIENCE
        // A rule may be written for the audience that such a token has.
        if (paired && (isApiServer(audience) || audience === issuerOf(view, paired)?.url?.value)) continue

        const token = tokenFile(workload, container)
        const shared = token?.from === 'projection' && token.place !== undefined
        report(
          projection.audience ?? projection.node,
          `Without \`audience\` this token is for the API server; the exchange expects "${audience}"`,
          {
            severity: paired ? 'error' : 'warning',
            related: paired?.match
              ? [{ at: paired.audience ?? paired.match, message: 'expected by this rule', file: paired.file }]
              : [],
            // Where the API server's token belongs, others read it too.
            fixes: [adding(projection, audience, !shared)],
          },
        )
      }
    }
  },
})

/** Kubernetes takes an empty audience for none. */
function lacksAudience({ node }: Projection): boolean {
  return isAbsent(node, 'audience') || textAt(node, 'audience') === ''
}

function adding({ node }: Projection, audience: string, safe: boolean): Fix {
  return { title: `Add \`audience: ${audience}\``, safe, edits: [put(node, 'audience', audience)] }
}
