import { withoutItem } from '../../lint/items.ts'
import { type Fix, rule, type Severity } from '../../lint/rule.ts'
import { get, property } from '../../syntax/node.ts'
import { listed } from '../../text/joined.ts'
import { irsaAccount } from '../../wif/identity.ts'
import { providerOf, ruleOf } from '../../wif/pairing.ts'
import { isKubernetes } from '../../wif/providers/index.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'
import { providedTokens } from '../../wif/token-file.ts'
import * as names from '../../wif/variables.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { type Container, type EnvVar, envVar, type Workload } from '../../wif/workload.ts'

const PLACEHOLDERS: Record<string, string> = {
  [names.RULE_ID]: 'fdrl_...',
  [names.ORGANIZATION_ID]: '00000000-0000-0000-0000-000000000000',
  [names.SERVICE_ACCOUNT_ID]: 'svac_...',
  [names.TOKEN_FILE]: '<path of the projected token>',
}

export const envIncomplete = rule({
  id: 'pod/env-incomplete',
  title: 'Some variables of federation are missing or empty',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const workload of file.workloads) {
      for (const container of workload.containers) {
        const variables = names.federationVariables(container)
        if (variables.every(({ name }) => name.value === names.ORGANIZATION_ID)) continue
        const credentials = container.env.filter(({ name }) => names.CREDENTIALS.includes(name.value))
        for (const { name, value } of variables.filter(isEmpty))
          report(
            value ?? name,
            `\`${name.value}\` is empty, and an empty string still takes its place: give it a value or remove it`,
          )
        for (const { node, name, value } of credentials.filter(isEmpty)) {
          const edit = withoutItem(node)
          report(
            value ?? name,
            `\`${name.value}\` is empty, and an empty string still wins over federation: remove it`,
            { fixes: edit ? [{ title: `Remove \`${name.value}\``, safe: false, edits: [edit] }] : [] },
          )
        }
        const env = property(container.node, 'env')
        const missing = missingVariables(container)
        const gap = env && !workload.partial && weigh(workload, container, missing, view)
        if (gap) report(env, gap.message, gap)
      }
    }
  },
})

function isEmpty({ value }: EnvVar): boolean {
  return value?.value === ''
}

function missingVariables(container: Container): string[] {
  const has = (name: string) => envVar(container, name) !== undefined
  const missing = names.FEDERATION_IDS.filter(name => !has(name))
  return has(names.TOKEN_FILE) || has(names.TOKEN) ? missing : [...missing, names.TOKEN_FILE]
}

interface Gap {
  message: string
  severity: Severity
  fixes?: Fix[]
}

/** How bad it is that `missing` are not there: they may come from elsewhere, or not be needed. */
function weigh(
  workload: Workload,
  container: Container,
  missing: readonly string[],
  view: WorkspaceView,
): Gap | undefined {
  if (missing.length === 0) return undefined
  const needs = `Federation needs ${listed(missing)}`
  if (container.envFrom) return { message: `${needs} too; it must come from \`envFrom\``, severity: 'info' }
  if (names.isSet(container, names.PROFILE))
    return { message: `${needs} too; it must come from the profile`, severity: 'info' }
  const fixes = [addition(workload, container, missing)].flatMap(fix => fix ?? [])
  const [only] = missing.length === 1 ? missing : []
  if (only === names.SERVICE_ACCOUNT_ID)
    return { message: `Federation is documented to need ${listed(missing)}`, severity: 'warning', fixes }
  if (only === names.TOKEN_FILE && !claudeToken(workload, container)) {
    if (mintsByItself(workload, container, view)) return undefined
    const message = `${needs}, unless the program hands the SDK its token by itself`
    // Where nothing is projected, it most likely does: tokens of AWS STS, Google and Entra are fetched by programs.
    return { message, severity: workload.projections.length > 0 ? 'warning' : 'info', fixes }
  }
  const without = missing.length === 1 ? 'it' : 'them'
  return { message: `${needs}; without ${without} the SDK finds no credentials`, severity: 'error', fixes }
}

/** Whether the program asks another issuer for its token, as with AWS STS: then no file is needed. */
function mintsByItself(workload: Workload, container: Container, view: WorkspaceView): boolean {
  const rule = ruleOf(view, workload, container)
  const provider = rule && providerOf(view, rule)
  return provider ? !isKubernetes(provider) : irsaAccount(workload, view)?.roleArn !== undefined
}

function claudeToken(workload: Workload, container: Container): string | undefined {
  return providedTokens(workload, container).find(t => t.projection.audience?.value === DEFAULT_AUDIENCE)
    ?.path
}

function addition(workload: Workload, container: Container, missing: readonly string[]): Fix | undefined {
  const env = get(container.node, 'env')
  if (env?.type !== 'array') return undefined
  const path = claudeToken(workload, container)
  const value = (name: string) => (name === names.TOKEN_FILE && path) || PLACEHOLDERS[name] || ''
  const edits = missing.map(name => ({ append: { name, value: value(name) }, to: env }))
  return { title: `Add ${listed(missing)}`, safe: false, edits }
}
