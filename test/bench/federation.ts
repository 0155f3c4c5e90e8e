import { container, namespace } from './kubernetes.ts'
import type { Random } from './random.ts'

/** Files that matter, as the service's documentation shapes them. */

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An id as the service makes them: the prefix, `01` and 22 characters. */
export function id(prefix: string, random: Random): string {
  return `${prefix}_01${Array.from({ length: 22 }, () => BASE62[random.int(0, 61)]).join('')}`
}

const indent = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by))

/** A Deployment whose pods exchange a projected token, with its ServiceAccount beside it; about 2 kB. */
export function claudeWorkload(
  random: Random,
  own: string,
  ruleId: string,
  inNamespace = namespace(random),
): string {
  const env = `- name: ANTHROPIC_FEDERATION_RULE_ID
  value: ${ruleId}
- name: ANTHROPIC_ORGANIZATION_ID
  value: 7f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2190
- name: ANTHROPIC_SERVICE_ACCOUNT_ID
  value: ${id('svac', random)}
- name: ANTHROPIC_IDENTITY_TOKEN_FILE
  value: /var/run/secrets/anthropic.com/token
`
  const mounts = `- name: claude-token
  mountPath: /var/run/secrets/anthropic.com
  readOnly: true
`
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${own}
  namespace: ${inNamespace}
spec:
  selector:
    matchLabels: { app: ${own} }
  template:
    metadata:
      labels: { app: ${own} }
    spec:
      serviceAccountName: ${own}
      containers:
${indent(container(random, own, { env, mounts, settings: 1 }), 8)}
      volumes:
        - name: config
          configMap: { name: ${own} }
        - name: tmp
          emptyDir: {}
        - name: claude-token
          projected:
            sources:
              - serviceAccountToken:
                  audience: https://api.anthropic.com
                  expirationSeconds: 3600
                  path: token
`
}

/** A stream of `count` workloads, each with a rule of its own: about 200 kB for 100. */
export function workloadStream(random: Random, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    claudeWorkload(random, `agent-${i}`, id('fdrl', random), `team-${i % 7}`),
  ).join('---\n')
}

/** The issuer of a cluster. */
export function issuer(random: Random, own: string): object {
  return {
    id: id('fdis', random),
    type: 'federation_issuer',
    name: own,
    issuer_url: `https://oidc.eks.eu-west-1.amazonaws.com/id/${id('A', random).slice(4).toUpperCase()}`,
    jwks: { type: 'discovery' },
  }
}

export interface RuleOptions {
  own: string
  issuerId: string
  /** The `sub` it admits. */
  subject: string
  condition?: boolean
}

/** A rule, as people send it to the API. */
export function rule(random: Random, { own, issuerId, subject, condition = true }: RuleOptions): object {
  return {
    name: own,
    issuer_id: issuerId,
    match: {
      subject_prefix: subject,
      audience: 'https://api.anthropic.com',
      ...(condition && { condition: `claims["kubernetes.io"].pod.name.startsWith("${own}-")` }),
    },
    target: { type: 'service_account', service_account_id: id('svac', random) },
    workspace_id: id('wrkspc', random),
    oauth_scope: 'workspace:inference',
    token_lifetime_seconds: random.pick([600, 1800, 3600]),
  }
}

/** A file of `count` rules with a condition in each: about 100 kB for 200. */
export function ruleFile(random: Random, count: number): string {
  const issuerId = id('fdis', random)
  const rules = Array.from({ length: count }, (_, i) =>
    rule(random, {
      own: `agents-${i}`,
      issuerId,
      subject: `system:serviceaccount:team-${i % 7}:agent-${i}`,
    }),
  )
  return `${JSON.stringify(rules, null, 2)}\n`
}
