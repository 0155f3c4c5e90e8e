import { isPlaceholder } from '../placeholder.ts'
import { list, number, text } from './claim.ts'
import { compareIssuer, type PathAnswer, pathNames } from './issuer-form.ts'
import type { ClaimInfo, Provider, SubjectGrammar, SubjectReading } from './provider.ts'
import { notBefore, standardClaims } from './standard-claims.ts'
import { beginsUuid, isUuid } from './value-checks.ts'

/**
 * Microsoft Entra ID. Sources: Microsoft identity platform "Access token claims reference" (v1.0: `appid`,
 * v2.0: `azp`; `uti` in place of `jti`), "Access tokens" (60 to 90 minutes), managed identities (24 hours);
 * national clouds: "National clouds". Federation subjects that Entra issues for other Microsoft services
 * (Azure DevOps among them) are `/eid1/c/pub/t/<tenant>/a/<app>/…`.
 */
const ALIASES = ['common', 'organizations', 'consumers']
const some = { optional: true } as const
const identity = { pins: 'workload', alsoPins: ['project'] } satisfies Partial<ClaimInfo>

function read(subject: string): SubjectReading {
  const id = subject.slice(0, 36)
  const guid = id.length === 36 && isUuid(id.toLowerCase())
  const end = guid ? 36 : subject.length
  if (subject === '') return { segments: [], complete: false }
  const segment = {
    name: 'object id',
    level: 'workload' as const,
    text: subject.slice(0, end),
    start: 0,
    end,
    closed: guid,
  }
  const segments = [{ ...segment, alsoPins: identity.alsoPins }]
  const rest = { start: end, end: subject.length }
  if (guid && rest.end > end) {
    return { segments, complete: false, problem: { reason: 'an object id has 36 characters', ...rest } }
  }
  // App-only tokens: an object id; users: 43 characters of base64url; federation: `/eid1/…`.
  const internal = subject.startsWith('/eid1/') || '/eid1/'.startsWith(subject)
  if (!/^[\w-]*$/.test(subject) && !internal && !isPlaceholder(subject)) {
    return {
      segments,
      complete: false,
      problem: { reason: 'the subject is an object id (a GUID)', start: 0, end },
    }
  }
  const federated = internal && subject.length > '/eid1/'.length
  const complete = guid || subject.length === 43 || federated || isPlaceholder(subject)
  return { segments, complete }
}

const subject: SubjectGrammar = { shape: '<object id>', separators: '', read }

/** The tenant in a path, as tokens carry it, or why it cannot be one. */
function tenantOf(path: string): { id: string } | { reason: string } {
  const [tenant = ''] = pathNames(path)
  if (isPlaceholder(tenant)) return { id: tenant }
  if (ALIASES.includes(tenant.toLowerCase())) {
    return { reason: `Tokens never carry \`${tenant}\`: use the id of the tenant.` }
  }
  const id = tenant.toLowerCase()
  if (tenant !== '' && beginsUuid(id)) return { id }
  return { reason: 'Tokens carry the id of the tenant (a GUID) in `iss`, never a domain name.' }
}

function pathWith(after: string): (path: string) => PathAnswer {
  return path => {
    const tenant = tenantOf(path)
    return 'reason' in tenant ? tenant : `/${tenant.id}${after}`
  }
}

const claims: Record<string, ClaimInfo> = {
  ...standardClaims,
  nbf: notBefore,
  tid: text('Tenant (directory).', { pins: 'tenant' }),
  oid: text('Object id of the service principal or managed identity.', identity),
  idtyp: text('`app` for a token without a user.', some),
  idp: text('Who authenticated the identity.', some),
  ver: text('Version of the token: `1.0` or `2.0`.'),
  uti: text('Id of this one token, in place of `jti`.', { volatile: true }),
  rh: text('For the use of Microsoft alone.', { ...some, volatile: true }),
  aio: text('For the use of Microsoft alone.', { ...some, volatile: true }),
  roles: list('App roles that were assigned to the identity.', some),
  groups: list('Groups of the identity.', some),
  wids: list('Directory roles of a user.', some),
  scp: text('Scopes that a user granted to the app.', some),
  xms_mirid: text('Resource id of the managed identity.', { ...some, ...identity }),
  xms_az_rid: text('Resource id of the Azure resource the managed identity runs on.', {
    ...some,
    ...identity,
  }),
  xms_tcdt: number('When the tenant was created.', some),
}

const words: Provider['words'] = {
  tenant: 'tenant',
  project: 'application',
  workload: 'service principal',
  creator: 'whoever can register an application in the tenant',
}

/** No `jti`; 60 to 90 minutes, a managed identity gets 24 hours. "Use WIF with Azure" names what to accept. */
const token: Provider['token'] = {
  lifetime: { default: 3600, usual: 5400, max: 86400 },
  accept: [
    { seconds: 7500, whose: 'applications' },
    { seconds: 86400, whose: 'managed identities' },
  ],
  jti: 'never',
}

export const entraV2: Provider = {
  id: 'entra-v2',
  name: 'Microsoft Entra ID (v2.0)',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://login.microsoftonline.com/<tenant id>/v2.0',
    matches: url =>
      /^login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)$/.test(url.hostname),
    form: issuer => compareIssuer(issuer, pathWith('/v2.0')),
  },
  subject,
  claims: {
    ...claims,
    azp: text('Application that asked for the token.', identity),
    azpacr: text('How that application authenticated: `1` with a secret, `2` with a certificate.'),
  },
  words,
  token,
}

export const entraV1: Provider = {
  ...entraV2,
  id: 'entra-v1',
  name: 'Microsoft Entra ID (v1.0)',
  issuer: {
    example: 'https://sts.windows.net/<tenant id>/',
    matches: url => url.hostname === 'sts.windows.net' || url.hostname === 'sts.chinacloudapi.cn',
    form: issuer => compareIssuer(issuer, pathWith('/')),
  },
  claims: {
    ...claims,
    appid: text('Application that asked for the token.', identity),
    appidacr: text('How that application authenticated: `1` with a secret, `2` with a certificate.'),
  },
}
