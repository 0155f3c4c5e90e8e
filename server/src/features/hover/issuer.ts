import { code } from '../../text/markdown.ts'
import { dialedUrls, type FederationIssuer, maxLifetime } from '../../wif/issuer.ts'
import { realId } from '../../wif/pairing.ts'
import { ruleTitle } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'
import { placeOfEntity } from '../references.ts'
import type { Field } from './field.ts'
import { seconds } from './phrases.ts'
import { list, type Prose } from './prose.ts'

/** What is to be said of a field of an issuer, beyond what its schema says. */
export function aboutIssuer(view: WorkspaceView, issuer: FederationIssuer, { path }: Field): Prose[] {
  switch (path.join('/')) {
    case 'issuer_url':
      return [...ofIssuer(issuer), ...dialed(issuer)]
    case 'id':
      return users(view, issuer)
    case 'max_jwt_lifetime_seconds':
      return lifetime(issuer)
    case 'archived_at':
      return issuer.archivedAt
        ? [[`Archived on ${code(issuer.archivedAt.value)}: every rule that names it refuses exchanges.`]]
        : []
    default:
      return []
  }
}

/** Whose issuer it is. */
export function ofIssuer({ provider, url }: FederationIssuer): Prose[] {
  if (!url) return []
  if (!provider) return [[`${code(url.value)}, of no provider that the linter knows.`]]
  return [[`**${provider.name}**. Subjects look like ${code(provider.subject.shape)}.`]]
}

/** Whether the service ever calls the URL. */
function dialed(issuer: FederationIssuer): Prose[] {
  const { keySource, url } = issuer
  if (!keySource || !url) return []
  const [fetched] = dialedUrls(issuer)
  if (fetched === url) return [['**Fetched** by the service for its keys, and compared with `iss`.']]
  const why = fetched ? `the keys come from ${code(fetched.value)}` : 'the keys are part of the issuer'
  return [[`**Never fetched**: ${why}. It is only compared with \`iss\`.`]]
}

function users(view: WorkspaceView, { id }: FederationIssuer): Prose[] {
  const rules = realId(id?.value) === undefined ? [] : view.rulesByIssuerId(id?.value ?? '')
  if (rules.length === 0) return [['No rule in this workspace names it.']]
  return [['Named by:', ...list(rules, rule => ({ title: ruleTitle(rule), place: placeOfEntity(rule) }))]]
}

function lifetime(issuer: FederationIssuer): Prose[] {
  const { provider } = issuer
  const { default: usual, max } = provider?.token.lifetime ?? {}
  const lives = [
    usual === undefined ? '' : `live ${seconds(usual)} by default`,
    max === undefined || max === usual ? '' : `at most ${seconds(max)}`,
  ].filter(part => part !== '')
  return [
    [`Accepted: ${seconds(maxLifetime(issuer))}.`],
    ...(provider && lives.length > 0 ? [[`Tokens of ${provider.name} ${lives.join(', ')}.`]] : []),
  ]
}
