import { list, number, text } from './claim.ts'
import { compareIssuer, type PathAnswer, pathNames } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { standardClaims, tokenId } from './standard-claims.ts'

/**
 * Okta, custom authorization servers. Sources: Okta developer docs "Authorization servers" (the org server's
 * access tokens are for Okta alone; a custom one has `/oauth2/<id>`) and "OpenID Connect & OAuth 2.0 API",
 * section "Access token payload" (`cid`, `scp`, `jti`…); lifetimes: 5 minutes to 24 hours.
 * `sub` is the client for a service app, and can be mapped to something else, so every text is possible.
 */
const HOST = /\.(?:(?:okta|oktapreview|okta-emea|okta-gov|trex-govcloud)\.com|okta\.mil)$/

/** The host of an organization's Admin Console, which issues nothing; people copy it from there. */
const ADMIN = /-admin(?=\.okta[\w-]*\.\w+(?:[/?#]|\s*$))/

function ofConsole(issuer: string): { reason: string; canonical?: string } {
  const form = compareIssuer(issuer.replace(ADMIN, ''), custom)
  const canonical = form.ok ? issuer.replace(ADMIN, '') : form.canonical
  if (canonical === undefined) return form.ok ? { reason: '' } : form
  return { reason: 'without `-admin`, which is the host of its console', canonical }
}

function custom(path: string): PathAnswer {
  const [word, server = ''] = pathNames(path)
  return word === 'oauth2' && server !== '' && server !== 'v1'
    ? `/oauth2/${server}`
    : { reason: 'The org authorization server cannot be used; register a custom one (`/oauth2/<id>`).' }
}

export const okta: Provider = {
  id: 'okta',
  name: 'Okta',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://<org>.okta.com/oauth2/<authorization server id>',
    matches: url => HOST.test(url.hostname),
    form: issuer =>
      ADMIN.test(issuer) ? { ok: false, ...ofConsole(issuer) } : compareIssuer(issuer, custom),
  },
  subject: {
    shape: '<client id>',
    separators: '',
    read: subject => ({
      segments:
        subject === ''
          ? []
          : [
              {
                name: 'client',
                level: 'workload',
                alsoPins: ['project'],
                text: subject,
                start: 0,
                end: subject.length,
                closed: false,
              },
            ],
      complete: subject !== '',
    }),
  },
  claims: {
    ...standardClaims,
    jti: tokenId,
    cid: text('Client that asked for the token.', { pins: 'workload', alsoPins: ['project'] }),
    uid: text('User, when the token is for one.', { optional: true }),
    scp: list('Scopes of the token.'),
    ver: number('Version of the token.'),
    groups: list('Groups, when the server is set up to send them.', { optional: true }),
    auth_time: number('When the user signed in.', { optional: true, volatile: true }),
  },
  words: {
    tenant: 'authorization server',
    project: 'application',
    workload: 'service app',
    creator: 'whoever can add a service app to the authorization server',
  },
  token: { lifetime: { default: 3600, max: 86400 }, jti: 'always' },
}
