import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { ORGANIZATION_ID, RULE_ID, SERVICE_ACCOUNT_ID, WORKSPACE_ID } from '../../wif/variables.ts'
import { type Container, type EnvVar, envVar } from '../../wif/workload.ts'

/** What each variable takes (reference, Token exchange request). */
const IDS: Record<string, { is: RegExp; takes: string }> = {
  [RULE_ID]: { is: /^fdrl_/, takes: 'takes the id of a federation rule, `fdrl_...`' },
  [SERVICE_ACCOUNT_ID]: { is: /^svac_/, takes: 'takes the id of a service account, `svac_...`' },
  [WORKSPACE_ID]: {
    is: /^(wrkspc_|default$)/,
    takes: 'takes the id of a workspace, `wrkspc_...`, or `default`',
  },
  [ORGANIZATION_ID]: {
    is: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    takes: 'takes the UUID of the organization (Console, Settings > Organization)',
  },
}

const KINDS: [RegExp, string][] = [
  [/^fdrl_/, 'a federation rule'],
  [/^fdis_/, 'a federation issuer'],
  [/^svac_/, 'a service account'],
  [/^wrkspc_/, 'a workspace'],
  [/^user_/, 'a user'],
  [/^sk-ant-/, 'an API key or access token'],
]

export const envIdFormat = rule({
  id: 'pod/env-id-format',
  title: 'A variable of federation holds something else than its id',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const { containers } of file.workloads)
      for (const container of containers)
        for (const name of Object.keys(IDS)) {
          const variable = envVar(container, name)
          if (variable) checkId(variable, container, report)
        }
  },
})

function checkId({ name, value }: EnvVar, container: Container, report: Report): void {
  const id = IDS[name.value]
  if (!id || !value || value.value === '' || isPlaceholder(value.value)) return
  const bare = value.value.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const set: Fix = { title: `Set to "${bare}"`, safe: true, edits: [{ set: value, to: bare }] }
  if (bare !== value.value && id.is.test(bare)) {
    const quoted = bare !== value.value.trim()
    // The TypeScript SDK trims what it reads, the others do not.
    const message = quoted
      ? `\`${name.value}\` has quotes in its value, and no id has any`
      : `\`${name.value}\` has white space around its value, which not every SDK removes`
    report(value, message, { ...(!quoted && { severity: 'warning' }), fixes: [set] })
  } else if (!id.is.test(bare)) {
    const kind = KINDS.find(([is]) => is.test(bare))?.[1]
    const actual = kind ? `; this is ${kind.startsWith('an API') ? kind : `the id of ${kind}`}` : ''
    report(value, `\`${name.value}\` ${id.takes}${actual}`, { fixes: swapping(name.value, bare, container) })
  }
}

/** Two ids that stand in each other's place. */
function swapping(name: string, id: string, container: Container): Fix[] {
  const other = Object.keys(IDS).find(key => key !== name && IDS[key]?.is.test(id))
  const [here, there] = [envVar(container, name)?.value, other && envVar(container, other)?.value]
  if (!here || !there || !IDS[name]?.is.test(there.value)) return []
  const edits = [
    { set: here, to: there.value },
    { set: there, to: here.value },
  ]
  return [{ title: `Swap with \`${other}\``, safe: true, edits }]
}
