import { rule } from '../../lint/rule.ts'
import { get } from '../../syntax/node.ts'
import { realId } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

/** Failed fetches in a row that are more than a passing trouble. */
const MANY_FAILURES = 3

export const inactive = rule({
  id: 'issuer/inactive',
  title: 'The issuer is archived, or its keys are not fetched any more',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const { id, node, archivedAt } of file.issuers) {
      if (archivedAt && !isPlaceholder(archivedAt.value)) {
        const known = realId(id?.value)
        const users = known ? view.rulesByIssuerId(known).filter(r => !r.archivedAt) : []
        const date = archivedAt.value.slice(0, 10)
        report(
          archivedAt,
          `This issuer was archived on ${date}: every rule that names it rejects exchanges`,
          {
            // One that the rules of this workspace have left behind does no harm.
            ...(users.length === 0 && view.rules().length > 0 && { severity: 'info' }),
            related: users.map(r => ({
              at: r.issuerId ?? r.node,
              message: 'named by this rule',
              file: r.file,
            })),
          },
        )
        continue
      }
      const resume = get(node, 'jwks_polling_disabled')
      if (resume?.type === 'boolean' && resume.value)
        report(resume, '`jwks_polling_disabled` accepts only `false`, which resumes the fetching of keys', {
          fixes: [{ title: 'Set to `false`', safe: false, edits: [{ set: resume, to: false }] }],
        })

      const stopped = get(node, 'jwks_polling_disabled_at')
      const failures = get(node, 'poll_status', 'consecutive_failures')
      if (stopped?.type === 'string' && !isPlaceholder(stopped.value))
        report(
          stopped,
          'The keys are not fetched any more, after repeated failures; once they can be, update the issuer with `jwks_polling_disabled: false`',
          { severity: 'warning' },
        )
      else if (failures?.type === 'number' && failures.value >= MANY_FAILURES)
        report(
          failures,
          `The last ${failures.value} attempts to fetch the keys failed; new keys are not seen`,
          {
            severity: 'warning',
          },
        )
    }
  },
})
