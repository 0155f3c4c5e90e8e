import { isPlaceholder } from '../placeholder.ts'
import { flag, list, number, object, text } from './claim.ts'
import { compareIssuer, noPath } from './issuer-form.ts'
import type { ClaimInfo, Provider, SubjectReading } from './provider.ts'
import { standardClaims } from './standard-claims.ts'
import { address } from './value-forms.ts'

/**
 * Google. Sources: Google Cloud "Verify the identity of an instance" (claims of `format=full`, one hour,
 * no `jti`; types from published tokens) and "OpenID Connect" (`sub` is a number that is never used
 * again; `hd` and `email_verified`).
 */
const some = { optional: true } as const
const account = { pins: 'workload', alsoPins: ['tenant', 'project'] } satisfies Partial<ClaimInfo>

function read(subject: string): SubjectReading {
  if (subject === '') return { segments: [], complete: false }
  const [start, end] = [0, subject.length]
  const segment = { name: 'id', level: 'workload' as const, text: subject, start, end, closed: false }
  const segments = [{ ...segment, alsoPins: account.alsoPins }]
  if (/^\d+$/.test(subject) || isPlaceholder(subject)) return { segments, complete: true }
  const reason = subject.includes('@')
    ? "the subject is the account's number; its address is in `claims.email`"
    : "the subject is the account's number"
  return { segments, complete: false, problem: { reason, start, end } }
}

const ISSUER = 'https://accounts.google.com'
/** The `jwks_uri` of Google's discovery document, which is at another host than the issuer. */
const KEYS = /^\/oauth2\/v\d\/certs\/*$/

export const google: Provider = {
  id: 'google',
  name: 'Google',
  shared: true,
  publicKeys: true,
  tenantPin: { claim: 'email', enforced: true },
  issuer: {
    example: ISSUER,
    matches: url =>
      url.hostname === 'accounts.google.com' ||
      (url.hostname === 'www.googleapis.com' && KEYS.test(url.pathname)),
    form: issuer =>
      issuer.includes('www.googleapis.com')
        ? { ok: false, canonical: ISSUER, reason: 'which is not the address of the keys' }
        : compareIssuer(issuer, noPath),
  },
  subject: { shape: '<unique id of the service account>', separators: '', read },
  claims: {
    ...standardClaims,
    email: text('Address of the service account.', { ...some, ...account, form: address }),
    email_verified: flag('Whether Google has verified the address.', some),
    azp: text('Client that asked for the token; for a service account its number, as `sub`.', {
      ...some,
      pins: 'tenant',
    }),
    hd: text('Domain of the organization of a user.', { ...some, pins: 'tenant' }),
    google: object(
      'Where the token was issued, with `format=full`.',
      {
        compute_engine: object(
          'The instance.',
          {
            project_id: text('Project of the instance.', { pins: 'project', alsoPins: ['tenant'] }),
            project_number: number('Number of the project.', { pins: 'project', alsoPins: ['tenant'] }),
            zone: text('Zone of the instance.'),
            instance_id: text('Id of the instance; a string.', account),
            instance_name: text('Name of the instance.', {
              callerControlled: 'whoever creates the instance names it',
            }),
            instance_creation_timestamp: number('When the instance was created.'),
            instance_confidentiality: number('1 when the instance is a Confidential VM.', some),
            license_id: list('Licenses of its images, when asked for.', some),
          },
          some,
        ),
      },
      some,
    ),
  },
  words: {
    tenant: 'organization',
    project: 'project',
    workload: 'service account',
    creator: 'whoever has a service account on Google Cloud',
  },
  token: { lifetime: { default: 3600, max: 3600 }, jti: 'never' },
}
