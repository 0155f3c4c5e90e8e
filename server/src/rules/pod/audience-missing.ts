import { rule } from '../../lint/rule.ts'
import { property } from '../../syntax/node.ts'
import { podIdentities } from '../../wif/identity.ts'
import { ruleOf } from '../../wif/pairing.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'

export const audienceMissing = rule({
  id: 'pod/audience-missing',
  title: 'Projected token for Claude names no audience',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      if (workload.partial) continue
      for (const { projection, container } of podIdentities(workload)) {
        const given = projection && property(projection.node, 'audience')
        if (!projection || (given && given.value.type !== 'null')) continue
        const paired = ruleOf(view, workload, container)
        const audience = paired?.audience?.value ?? DEFAULT_AUDIENCE
        report(
          projection.node,
          `Without \`audience\` this token is for the API server; the exchange expects "${audience}"`,
          {
            // Unpaired, the rule may yet be written for the API server's audience.
            severity: paired ? 'error' : 'warning',
            related: paired?.match
              ? [{ at: paired.audience ?? paired.match, message: 'expected by this rule', file: paired.file }]
              : [],
            fixes: [
              {
                title: `Add \`audience: ${audience}\``,
                safe: true,
                edits: [
                  given
                    ? { set: given.value, to: audience }
                    : { insert: 'audience', into: projection.node, to: audience },
                ],
              },
            ],
          },
        )
      }
    }
  },
})
