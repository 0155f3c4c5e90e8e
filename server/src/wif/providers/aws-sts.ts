import { arnSubject } from './aws-arn.ts'
import { list, object, text } from './claim.ts'
import { compareIssuer, noPath } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { standardClaims, tokenId } from './standard-claims.ts'
import { accountNumber } from './value-forms.ts'

/**
 * AWS STS, `GetWebIdentityToken`. Sources: IAM user guide "Understanding token claims" (claims under
 * `https://sts.amazonaws.com/`, one issuer per account) and "Getting started with outbound identity
 * federation"; STS API reference "GetWebIdentityToken" (60 to 3600 seconds, 300 by default).
 * `ou_path` is printed as a string there; tokens carry a list (seen in published tokens).
 */
const some = { optional: true } as const

/** Where STS is called, which people take for what it signs as. */
const ENDPOINT =
  /^(?:sts(?:-fips)?(?:\.[a-z0-9-]+)?\.(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws)|tokens\.sts\.global\.api\.aws)$/
const NO_ACCOUNT =
  'Each AWS account has an issuer of its own, `https://<uuid>.tokens.sts.global.api.aws`, which IAM shows under Account settings; no token carries this address'

export const awsSts: Provider = {
  id: 'aws-sts',
  name: 'AWS STS',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://<uuid>.tokens.sts.global.api.aws',
    matches: url => url.hostname.endsWith('.tokens.sts.global.api.aws') || ENDPOINT.test(url.hostname),
    form: (issuer, url) =>
      ENDPOINT.test(url.hostname) ? { ok: false, reason: NO_ACCOUNT } : compareIssuer(issuer, noPath),
  },
  subject: arnSubject,
  claims: {
    ...standardClaims,
    jti: tokenId,
    'https://sts.amazonaws.com/': object(
      'What AWS knows of the caller. It is an object: only CEL reads it.',
      {
        aws_account: text('Account of the caller, 12 digits.', { pins: 'tenant', form: accountNumber }),
        source_region: text('Region of the STS endpoint that was called.', {
          callerControlled: 'the caller picks the STS endpoint',
        }),
        org_id: text('Organization of the account in AWS Organizations.', some),
        ou_path: list('Organizational units of the account, from the root down.', some),
        principal_id: text('ARN of the role or user, as in `sub`.', {
          pins: 'workload',
          alsoPins: ['tenant', 'project'],
        }),
        principal_tags: object(
          'Tags of the role or user, and the session tags given when the role was assumed.',
          {},
          some,
        ),
        request_tags: object(
          'Tags the caller passed to GetWebIdentityToken.',
          {},
          {
            ...some,
            callerControlled: 'the caller passes them to GetWebIdentityToken',
          },
        ),
        source_identity: text('Source identity of the session, set when the role was assumed.', some),
        federated_provider: text('Identity provider that the session was federated from.', some),
        identity_store_user_id: text('User in IAM Identity Center.', some),
        original_session_exp: text('When the credentials of the session expire.', {
          ...some,
          volatile: true,
        }),
        lambda_source_function_arn: text('Lambda function that the credentials were given to.', {
          ...some,
          pins: 'workload',
          alsoPins: ['tenant', 'project'],
        }),
        ec2_source_instance_arn: text('EC2 instance that the credentials were given to.', {
          ...some,
          pins: 'workload',
          alsoPins: ['tenant', 'project'],
        }),
      },
    ),
  },
  words: {
    tenant: 'AWS account',
    project: 'role path',
    workload: 'IAM role',
    creator: 'whoever can create or assume such a role in the account',
  },
  token: { lifetime: { default: 300, max: 3600 }, jti: 'always' },
}
