import { code } from '../../text/markdown.ts'
import { dialProblem } from '../../wif/dialable.ts'
import { type FederationIssuer, readIssuer } from '../../wif/issuer.ts'
import { providers } from '../../wif/providers/index.ts'
import { type Candidate, distinct } from './candidate.ts'
import { type Context, pathText } from './context.ts'

/** What may stand in a field of an issuer, beyond what its schema says. */
export function issuerValues(context: Context): Candidate[] {
  const issuer = readIssuer(context.entity, context)
  const { provider } = issuer
  switch (pathText(context.path)) {
    case 'issuer_url':
      return urls(issuer)
    case 'max_jwt_lifetime_seconds':
      // A token of the provider's may need more; more than that is for nothing.
      return (provider?.token.accept ?? [])
        .map(({ seconds, whose }): Candidate => ({ value: seconds, detail: whose }))
        .concat(provider?.token.accept ? [] : [{ value: 3600, detail: 'default' }])
    case 'jwks/discovery_base':
      return [{ value: 'https://<host>' }]
    case 'jwks/url':
      return [{ value: 'https://<host>/.well-known/jwks.json' }]
    case 'jwks/keys/*/use':
      return [{ value: 'sig' }]
    case 'jwks/keys/*/e':
      return [{ value: 'AQAB' }]
    default:
      return []
  }
}

/** The issuer of each provider, with places to fill in; where the URL is fetched, only of those that can be. */
function urls({ keySource }: FederationIssuer): Candidate[] {
  const isFetched = keySource === 'discovery'
  const fitting = providers.filter(({ issuer }) => !(isFetched && dialProblem(issuer.example)?.internal))
  return distinct(
    fitting.map(({ issuer, name, subject }) => ({
      value: issuer.example,
      detail: name,
      words: name,
      documentation: `Subjects look like ${code(subject.shape)}.`,
    })),
  )
}
