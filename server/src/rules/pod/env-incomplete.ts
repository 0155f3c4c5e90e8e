import { type Fix, rule } from '../../lint/rule.ts'
import { get, property } from '../../syntax/node.ts'
import { FEDERATION_VARIABLES, federationVariables, TOKEN_FILE } from '../../wif/token-file.ts'
import { type Container, envVar } from '../../wif/workload.ts'

const PLACEHOLDERS: Record<string, string> = {
  ANTHROPIC_FEDERATION_RULE_ID: 'fdrl_...',
  ANTHROPIC_ORGANIZATION_ID: '00000000-0000-0000-0000-000000000000',
  ANTHROPIC_SERVICE_ACCOUNT_ID: 'svac_...',
  [TOKEN_FILE]: '<path of the projected token>',
}

export const envIncomplete = rule({
  id: 'pod/env-incomplete',
  title: 'Some variables of federation are missing or empty',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const workload of file.workloads) {
      for (const container of workload.containers) {
        const variables = federationVariables(container)
        for (const { name, value } of variables) {
          if (value?.value !== '') continue
          report(
            value,
            `\`${name.value}\` is empty; an empty string still takes its place: give it a value or remove it`,
          )
        }
        const missing = missingVariables(container)
        const env = property(container.node, 'env')
        if (variables.length === 0 || missing.length === 0 || workload.partial || !env) continue

        // What is out of sight may bring the rest; and the SDK can do without the service account.
        const elsewhere = container.envFrom || envVar(container, 'ANTHROPIC_PROFILE')
        const onlyAccount = missing.length === 1 && missing[0] === 'ANTHROPIC_SERVICE_ACCOUNT_ID'
        const severity = elsewhere ? 'info' : onlyAccount ? 'warning' : 'error'
        const names = missing.map(n => `\`${n}\``).join(', ')
        const message = elsewhere
          ? `Federation needs ${names} too; it must come from ${container.envFrom ? '`envFrom`' : 'the profile'}`
          : onlyAccount
            ? `Federation is documented to need ${names}`
            : `Federation needs ${names}; without ${missing.length === 1 ? 'it' : 'them'} the SDK finds no credentials`
        report(env, message, { severity, fixes: elsewhere ? [] : addVariables(container, missing) })
      }
    }
  },
})

function missingVariables(container: Container): string[] {
  const has = (name: string) => envVar(container, name) !== undefined
  const missing: string[] = FEDERATION_VARIABLES.filter(name => !has(name))
  return has(TOKEN_FILE) || has('ANTHROPIC_IDENTITY_TOKEN') ? missing : [...missing, TOKEN_FILE]
}

function addVariables(container: Container, missing: string[]): Fix[] {
  const env = get(container.node, 'env')
  if (env?.type !== 'array') return []
  const edits = missing.map(name => ({ append: { name, value: PLACEHOLDERS[name] ?? '' }, to: env }))
  return [{ title: `Add ${missing.map(name => `\`${name}\``).join(', ')}`, safe: false, edits }]
}
