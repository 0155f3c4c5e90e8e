import { isEntra, isKubernetes } from './providers/index.ts'
import type { Provider, Segment, SubjectReading } from './providers/provider.ts'

/** What a text in one place says of a claim in another. */
export interface Implied {
  path: string[]
  /** The claim's value; with `begins`, only its beginning. */
  value: string
  begins?: true
  /** Usually so; the documents leave a case open. */
  doubtful?: true
}

/**
 * What a subject says of the other claims of its token: a Kubernetes subject names the namespace again, a GitHub
 * subject owner, repository and ref. Only what the text settles: all of an exact subject, of a prefix what it closes.
 */
export function impliedBySubject(
  provider: Provider,
  literal: string,
  { segments, problem }: SubjectReading,
  exact: boolean,
): Implied[] {
  if (problem) return []
  const settled = segments.filter(s => exact || s.closed)
  return [
    ...settled.flatMap(segment => {
      const path = pathOf(provider, segment)
      return path ? { path, value: decoded(provider, segment.text) } : []
    }),
    ...fullName(provider, literal, settled),
    ...(provider.id === 'github-actions' && settled.at(-1)?.name === 'pull_request' ? PULL_REQUEST : []),
  ]
}

/**
 * What a run of a pull request has in its other claims (GitHub, "OpenID Connect reference"). `pull_request_target` may
 * have this subject too, and has the ref of the branch it runs on.
 */
const PULL_REQUEST: Implied[] = [
  { path: ['ref'], value: 'refs/pull/', begins: true, doubtful: true },
  { path: ['event_name'], value: 'pull_request', begins: true },
]

/** What an issuer says of the tokens it signs: one of Entra names its tenant. */
export function impliedByIssuer(provider: Provider, url: string): Implied[] {
  const [, tenant] = (isEntra(provider) && /^[^/]*\/\/[^/]+\/([\da-f-]{36})(?:\/|$)/i.exec(url)) || []
  return tenant === undefined ? [] : [{ path: ['tid'], value: tenant.toLowerCase() }]
}

/** What a full name says of its owner: `acme/app` is a repository of `acme`. */
export function impliedByClaim(provider: Provider, name: string, value: string): Implied[] {
  const cut = value.lastIndexOf('/')
  if (cut < 0) return []
  const owner = value.slice(0, cut)
  if (provider.id === 'github-actions' && name === 'repository')
    return [{ path: ['repository_owner'], value: owner }]
  if (provider.id === 'gitlab' && name === 'project_path') return [{ path: ['namespace_path'], value: owner }]
  return []
}

function pathOf(provider: Provider, { name, claim }: Segment): string[] | undefined {
  if (claim !== undefined) return [claim]
  if (isKubernetes(provider) && name === 'namespace') return ['kubernetes.io', 'namespace']
  if (isKubernetes(provider) && name === 'service account') return ['kubernetes.io', 'serviceaccount', 'name']
  if (provider.id === 'aws-sts' && name === 'account') return ['https://sts.amazonaws.com/', 'aws_account']
  return undefined
}

/** GitHub and GitLab repeat owner and project as one claim. */
function fullName(provider: Provider, literal: string, settled: Segment[]): Implied[] {
  if (provider.id === 'github-actions') {
    const owner = settled.find(s => s.name === 'owner')
    const repository = settled.find(s => s.name === 'repository')
    return owner && repository ? [{ path: ['repository'], value: `${owner.text}/${repository.text}` }] : []
  }
  const [first] = settled
  const last = settled.find(s => s.name === 'project')
  if (provider.id !== 'gitlab' || !first || !last) return []
  const value = literal.slice(first.start, last.end)
  return [{ path: ['project_path'], value }, ...impliedByClaim(provider, 'project_path', value)]
}

/** GitHub writes a colon inside a value as `%3A`, in the subject only. */
function decoded(provider: Provider, text: string): string {
  return provider.id === 'github-actions' ? text.replaceAll('%3A', ':') : text
}
