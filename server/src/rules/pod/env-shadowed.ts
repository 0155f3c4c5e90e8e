import { withoutItem } from '../../lint/items.ts'
import { comesWith } from '../../lint/open.ts'
import { type Report, rule } from '../../lint/rule.ts'
import { asBoolean, get } from '../../syntax/node.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import {
  CREDENTIALS,
  federationVariables,
  isSet,
  PROFILE,
  TOKEN,
  TOKEN_FILE,
  usesFederation,
} from '../../wif/variables.ts'
import { type Container, type EnvVar, envVar } from '../../wif/workload.ts'

export const envShadowed = rule({
  id: 'pod/env-shadowed',
  title: 'Another credential wins over federation',
  class: 'unreliable',
  since: '0.1.0',
  check(file, report) {
    for (const { containers, tree } of file.workloads) {
      for (const container of containers) {
        if (!usesFederation(container) && !isSet(container, TOKEN_FILE)) continue
        const ours = federationVariables(container)
        for (const name of [...CREDENTIALS, PROFILE]) {
          const variable = isSet(container, name) && envVar(container, name)
          if (variable && ours.some(each => comesWith(tree, variable.node, each.node)))
            reportWinner(variable, report)
        }
        checkToken(container, report)
      }
    }
  },
})

function reportWinner(variable: EnvVar, report: Report): void {
  const { name, valueFrom } = variable
  const optional = ['secretKeyRef', 'configMapKeyRef'].some(
    ref => asBoolean(get(valueFrom, ref, 'optional'))?.value,
  )
  const message = optional
    ? `Where its source exists, \`${name.value}\` wins, and federation is not used in this container`
    : `\`${name.value}\` wins over the variables of federation: federation is never used in this container`
  report(name, message, { ...(optional && { severity: 'info' }), fixes: removing(variable) })
}

function checkToken(container: Container, report: Report): void {
  const token = isSet(container, TOKEN) && envVar(container, TOKEN)
  if (!token) return
  if (isSet(container, TOKEN_FILE))
    report(token.name, `\`${TOKEN}\` is never read: \`${TOKEN_FILE}\` wins over it`, {
      fixes: removing(token),
    })
  else if (token.value && !isPlaceholder(token.value.value))
    report(
      token.name,
      `A token that is written into \`${TOKEN}\` never changes: it expires, and each can be exchanged once; use \`${TOKEN_FILE}\``,
    )
}

function removing({ node, name }: EnvVar) {
  const edit = withoutItem(node)
  return edit ? [{ title: `Remove \`${name.value}\``, safe: false, edits: [edit] }] : []
}
