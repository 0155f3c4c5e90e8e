import { githubClaims } from './github-claims.ts'
import { githubSubject } from './github-subject.ts'
import { barePath, compareIssuer, pathNames } from './issuer-form.ts'
import type { Provider } from './provider.ts'

/**
 * GitHub Actions. Sources: GitHub docs "OpenID Connect reference", sections "Standard audience, issuer,
 * and subject claims" (GHES: `https://HOSTNAME/_services/token`), "Customizing the issuer value for an
 * enterprise" (`/<enterpriseSlug>`) and "Substituted values on GHE.com" (`token.actions.<sub>.ghe.com`).
 */
const HOST = 'token.actions.githubusercontent.com'
const RESIDENT = /^token\.actions\.[a-z0-9-]+\.ghe\.com$/
const SERVER_PATH = '/_services/token'

export const githubActions: Provider = {
  id: 'github-actions',
  name: 'GitHub Actions',
  shared: true,
  publicKeys: true,
  tenantPin: { claim: 'repository_owner', enforced: true },
  issuer: {
    example: `https://${HOST}`,
    matches: url => onGithub(url) || onServer(url),
    form: (issuer, url) =>
      compareIssuer(
        issuer,
        path => {
          if (onServer(url)) return SERVER_PATH
          return pathNames(path).length <= 1
            ? path
            : { reason: 'The issuer of GitHub Actions has no path, or only the slug of an enterprise.' }
        },
        onServer(url),
      ),
    reach(url) {
      if (onServer(url)) return 'self-hosted'
      return url.hostname === HOST && barePath(url.pathname) === '' ? 'platform' : 'customer'
    },
  },
  subject: githubSubject,
  claims: githubClaims,
  words: {
    tenant: 'organization',
    project: 'repository',
    workload: 'workflow run',
    creator: 'whoever can push a branch or start a workflow there',
  },
  // Not configurable and minutes long; an hour is the bound that nothing documented exceeds.
  token: { lifetime: { default: 300, max: 3600 }, jti: 'always' },
}

function onGithub(url: URL): boolean {
  return url.hostname === HOST || RESIDENT.test(url.hostname)
}

function onServer(url: URL): boolean {
  return !onGithub(url) && (url.pathname === SERVER_PATH || url.pathname.startsWith(`${SERVER_PATH}/`))
}
