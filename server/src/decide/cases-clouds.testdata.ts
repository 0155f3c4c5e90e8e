import { CLAUDE, type ProviderCases } from './cases.testdata.ts'

const TENANT = '3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77'
const OBJECT = '9b16512e-9253-4836-be3c-1bce626513a2'
const STS = 'https://sts.amazonaws.com/'
const ROLE = 'arn:aws:iam::123456789012:role/team/worker'

/** Tokens of clouds, platforms and identity services. */
export const CLOUDS: ProviderCases[] = [
  {
    provider: 'aws-sts',
    issuer: 'https://0d5d7f0c-5f5a-4c39-9a3e-6a4f3f1f5a11.tokens.sts.global.api.aws',
    claims: {
      sub: ROLE,
      aud: CLAUDE,
      jti: '7c11',
      [STS]: {
        aws_account: '123456789012',
        org_id: 'o-abc123',
        principal_id: ROLE,
        request_tags: { team: 'ml' },
      },
    },
    cases: [
      ['the role', { subject_prefix: ROLE }, 'admitted'],
      ['its path', { subject_prefix: 'arn:aws:iam::123456789012:role/team/*' }, 'admitted'],
      [
        'the role without its path',
        { subject_prefix: 'arn:aws:iam::123456789012:role/worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'another account',
        { subject_prefix: 'arn:aws:iam::123456789013:role/team/worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'a role that begins so',
        { subject_prefix: 'arn:aws:iam::123456789012:role/team/work' },
        'match_subject_prefix (wildcard)',
      ],
      [
        'its session',
        { subject_prefix: 'arn:aws:sts::123456789012:assumed-role/worker/i-0abc' },
        'match_subject_prefix (form)',
        { sub: 'arn:aws:iam::123456789012:role/worker' },
      ],
      [
        'all its sessions',
        { subject_prefix: 'arn:aws:sts::123456789012:assumed-role/worker/*' },
        'match_subject_prefix (form)',
        { sub: 'arn:aws:iam::123456789012:role/worker' },
      ],
      [
        'any role of a name in any account',
        { subject_prefix: 'arn:aws:iam::*:role/team/worker' },
        'match_subject_prefix (inner)',
      ],
      [
        'the account, by a condition',
        { condition: `claims["${STS}"].aws_account == "123456789012"` },
        'admitted',
      ],
      [
        'another account, by a condition',
        { condition: `claims["${STS}"].aws_account == "210987654321"` },
        'match_condition',
      ],
      ['the account as if it were a claim', { claims: { aws_account: '123456789012' } }, 'match_claims'],
      ['a tag', { condition: `claims["${STS}"].request_tags.team == "ml"` }, 'admitted'],
      [
        'a token for another party',
        { subject_prefix: ROLE },
        'match_audience',
        { aud: 'https://api.openai.com/v1' },
      ],
    ],
  },
  {
    provider: 'vercel',
    issuer: 'https://oidc.vercel.com/acme',
    claims: {
      sub: 'owner:acme:project:app:environment:production',
      aud: 'https://vercel.com/acme',
      owner: 'acme',
      owner_id: 'team_1',
      project_id: 'prj_1',
      environment: 'production',
    },
    cases: [
      [
        'the environment',
        {
          subject_prefix: 'owner:acme:project:app:environment:production',
          audience: 'https://vercel.com/acme',
        },
        'admitted',
      ],
      [
        'without naming the audience',
        { subject_prefix: 'owner:acme:project:app:environment:production' },
        'match_audience',
      ],
      [
        'a preview',
        {
          subject_prefix: 'owner:acme:project:app:environment:production',
          audience: 'https://vercel.com/acme',
        },
        'match_subject_prefix (differs)',
        { sub: 'owner:acme:project:app:environment:preview' },
      ],
      [
        'the project by its id',
        { claims: { project_id: 'prj_1', environment: 'production' }, audience: 'https://vercel.com/acme' },
        'admitted',
      ],
      [
        'the audience with a slash',
        { claims: { project_id: 'prj_1' }, audience: 'https://vercel.com/acme/' },
        'match_audience (slash)',
      ],
      [
        'the shared issuer',
        { claims: { project_id: 'prj_1' }, audience: 'https://vercel.com/acme' },
        'issuer_mismatch (differs)',
        { iss: 'https://oidc.vercel.com' },
      ],
    ],
  },
  {
    provider: 'fly',
    issuer: 'https://oidc.fly.io/acme',
    claims: {
      sub: 'acme:app:worker-1',
      aud: CLAUDE,
      app_id: '3671581',
      app_name: 'app',
      machine_name: 'worker-1',
    },
    cases: [
      ['the app', { subject_prefix: 'acme:app:*' }, 'admitted'],
      ['another machine', { subject_prefix: 'acme:app:worker-2' }, 'match_subject_prefix (differs)'],
      ['the app, open at its end', { subject_prefix: 'acme:ap*' }, 'admitted'],
      ['the app by its name', { claims: { app_name: 'app' } }, 'admitted'],
      ['the app by its name in another case', { claims: { app_name: 'App' } }, 'match_claims (case)'],
      [
        'another organization',
        { subject_prefix: 'acme:app:*' },
        'issuer_mismatch (differs)',
        { iss: 'https://oidc.fly.io/other' },
      ],
    ],
  },
  {
    provider: 'azure-devops',
    issuer: `https://vstoken.dev.azure.com/${TENANT}`,
    claims: { sub: 'sc://acme/infra/claude', aud: 'api://AzureADTokenExchange' },
    cases: [
      [
        'the connection',
        { subject_prefix: 'sc://acme/infra/claude', audience: 'api://AzureADTokenExchange' },
        'admitted',
      ],
      ['without naming the audience', { subject_prefix: 'sc://acme/infra/claude' }, 'match_audience'],
      [
        'the project',
        { subject_prefix: 'sc://acme/infra/*', audience: 'api://AzureADTokenExchange' },
        'admitted',
      ],
      [
        'the project without its wildcard',
        { subject_prefix: 'sc://acme/infra/', audience: 'api://AzureADTokenExchange' },
        'match_subject_prefix (wildcard)',
      ],
      [
        'a slash at the end',
        { subject_prefix: 'sc://acme/infra/claude/', audience: 'api://AzureADTokenExchange' },
        'match_subject_prefix (slash)',
      ],
      [
        'another case',
        { subject_prefix: 'sc://Acme/infra/claude', audience: 'api://AzureADTokenExchange' },
        'match_subject_prefix (case)',
      ],
    ],
  },
  {
    provider: 'google',
    issuer: 'https://accounts.google.com',
    claims: {
      sub: '113774264463038321964',
      aud: CLAUDE,
      azp: '113774264463038321964',
      email: 'worker@acme.iam.gserviceaccount.com',
      email_verified: true,
      google: { compute_engine: { project_id: 'acme', zone: 'europe-west1-b' } },
    },
    cases: [
      ['the unique id', { subject_prefix: '113774264463038321964' }, 'admitted'],
      ['the address', { claims: { email: 'worker@acme.iam.gserviceaccount.com' } }, 'admitted'],
      [
        'the address as the subject',
        { subject_prefix: 'worker@acme.iam.gserviceaccount.com' },
        'match_subject_prefix',
      ],
      ['another id', { subject_prefix: '113774264463038321965' }, 'match_subject_prefix (differs)'],
      ['a verified address', { claims: { email_verified: 'true' } }, 'match_claims (type)'],
      [
        'the project, by a condition',
        { condition: 'claims.google.compute_engine.project_id == "acme"' },
        'admitted',
      ],
      [
        'the issuer without its scheme',
        { subject_prefix: '113774264463038321964' },
        'issuer_mismatch',
        { iss: 'accounts.google.com' },
      ],
      [
        'any address of the project',
        { claims: { email: '*@acme.iam.gserviceaccount.com' } },
        'match_claims (inner)',
      ],
    ],
  },
  {
    provider: 'entra-v2',
    issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    claims: {
      sub: OBJECT,
      oid: OBJECT,
      tid: TENANT,
      azp: '1bce6265',
      aud: 'api://claude',
      roles: ['Reader'],
    },
    cases: [
      ['the identity', { subject_prefix: OBJECT, audience: 'api://claude' }, 'admitted'],
      [
        'the identity in capitals',
        { subject_prefix: OBJECT.toUpperCase(), audience: 'api://claude' },
        'match_subject_prefix (case)',
      ],
      ['the application', { claims: { azp: '1bce6265' }, audience: 'api://claude' }, 'admitted'],
      [
        'the application as version 1 has it',
        { claims: { appid: '1bce6265' }, audience: 'api://claude' },
        'match_claims',
      ],
      ['a role', { claims: { roles: 'Reader' }, audience: 'api://claude' }, 'match_claims (list)'],
      [
        'a role, by a condition',
        { condition: '"Reader" in claims.roles', audience: 'api://claude' },
        'admitted',
      ],
      [
        'a token of version 1',
        { subject_prefix: OBJECT, audience: 'api://claude' },
        'issuer_mismatch (differs)',
        { iss: `https://sts.windows.net/${TENANT}/` },
      ],
    ],
  },
  {
    provider: 'entra-v1',
    issuer: `https://sts.windows.net/${TENANT}/`,
    claims: { sub: OBJECT, oid: OBJECT, tid: TENANT, appid: '1bce6265', aud: 'api://claude' },
    cases: [
      ['the identity', { subject_prefix: OBJECT, audience: 'api://claude' }, 'admitted'],
      ['the application', { claims: { appid: '1bce6265' }, audience: 'api://claude' }, 'admitted'],
      [
        'the application as version 2 has it',
        { claims: { azp: '1bce6265' }, audience: 'api://claude' },
        'match_claims',
      ],
      ['the tenant alone', { claims: { tid: TENANT }, audience: 'api://claude' }, 'admitted'],
      ['another tenant', { claims: { tid: OBJECT }, audience: 'api://claude' }, 'match_claims'],
      ['the bare id of the audience', { subject_prefix: OBJECT, audience: 'claude' }, 'match_audience'],
      [
        'the issuer without its slash',
        { subject_prefix: OBJECT, audience: 'api://claude' },
        'issuer_mismatch (slash)',
        { iss: `https://sts.windows.net/${TENANT}` },
      ],
    ],
  },
  {
    provider: 'okta',
    issuer: 'https://acme.okta.com/oauth2/aus1a2b3',
    claims: { sub: '0oa1b2c3d4', cid: '0oa1b2c3d4', aud: 'api://claude', scp: ['claude.use'], jti: 'AT.1' },
    cases: [
      ['the client', { subject_prefix: '0oa1b2c3d4', audience: 'api://claude' }, 'admitted'],
      ['the client by its claim', { claims: { cid: '0oa1b2c3d4' }, audience: 'api://claude' }, 'admitted'],
      ['a scope', { claims: { scp: 'claude.use' }, audience: 'api://claude' }, 'match_claims (list)'],
      [
        'a scope, by a condition',
        { condition: 'claims.scp.exists(s, s == "claude.use")', audience: 'api://claude' },
        'admitted',
      ],
      [
        'another client',
        { subject_prefix: '0oa1b2c3d5', audience: 'api://claude' },
        'match_subject_prefix (differs)',
      ],
      [
        'the server of the organization',
        { subject_prefix: '0oa1b2c3d4', audience: 'api://claude' },
        'issuer_mismatch (differs)',
        { iss: 'https://acme.okta.com' },
      ],
    ],
  },
]
