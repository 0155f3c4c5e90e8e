import { expect, test } from 'vitest'
import { issuerForm, issuerReach, providerOfIssuer, providers } from './index.ts'
import { issuerUrl } from './issuer-form.ts'

const UUID = '0a1b2c3d-4e5f-6789-abcd-ef0123456789'
const EKS = 'https://oidc.eks.us-west-2.amazonaws.com/id/6FA42E7BFDE8549CB0123456789ABCDE'
const GKE = 'https://container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/prod'
const AKS = `https://westeurope.oic.prod-aks.azure.com/${UUID}/${UUID}/`
const ENTRA = `https://login.microsoftonline.com/${UUID}/v2.0`
const BITBUCKET = 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc'

/** Issuers as tokens carry them. */
const right: [string, string][] = [
  [`https://${UUID}.tokens.sts.global.api.aws`, 'aws-sts'],
  ['https://<uuid>.tokens.sts.global.api.aws', 'aws-sts'],
  ['https://${ISSUER_ID}.tokens.sts.global.api.aws', 'aws-sts'],
  ['https://{{ .Values.Issuer }}.tokens.sts.global.api.aws', 'aws-sts'],
  [EKS, 'eks'],
  ['https://oidc.eks.us-west-2.amazonaws.com/id/6FA42E7BFDE8549CB...', 'eks'],
  ['https://oidc.eks.<region>.amazonaws.com/id/<id>', 'eks'],
  ['https://oidc.eks.cn-north-1.amazonaws.com.cn/id/6FA42E7BFDE8549CB0123456789ABCDE', 'eks'],
  ['https://oidc-eks.us-east-1.api.aws/id/6FA42E7BFDE8549CB0123456789ABCDE', 'eks'],
  ['https://oidc-eks.cn-north-1.api.amazonwebservices.com.cn/id/6FA42E', 'eks'],
  [GKE, 'gke'],
  [AKS, 'aks'],
  ['https://<region>.oic.prod-aks.azure.com/<TENANT_ID>/<uuid>/', 'aks'],
  ['https://kubernetes.default.svc', 'kubernetes'],
  ['https://kubernetes.default.svc.cluster.local', 'kubernetes'],
  ['https://token.actions.githubusercontent.com', 'github-actions'],
  ['https://token.actions.githubusercontent.com/acme-inc', 'github-actions'],
  ['https://token.actions.octocorp.ghe.com', 'github-actions'],
  ['https://token.actions.octocorp.ghe.com/octocorp', 'github-actions'],
  ['https://github.example.com/_services/token', 'github-actions'],
  ['https://gitlab.com', 'gitlab'],
  ['https://agent.buildkite.com', 'buildkite'],
  ['https://app.terraform.io', 'hcp-terraform'],
  [`https://oidc.circleci.com/org/${UUID}`, 'circleci'],
  ['https://oidc.circleci.com/org/<uuid>', 'circleci'],
  [BITBUCKET, 'bitbucket'],
  ['https://oidc.vercel.com', 'vercel'],
  ['https://oidc.vercel.com/acme', 'vercel'],
  ['https://oidc.fly.io/acme', 'fly'],
  [`https://vstoken.dev.azure.com/${UUID}`, 'azure-devops'],
  ['https://accounts.google.com', 'google'],
  [ENTRA, 'entra-v2'],
  ['https://login.microsoftonline.com/<TENANT_ID>/v2.0', 'entra-v2'],
  ['https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0', 'entra-v2'],
  [`https://sts.windows.net/${UUID}/`, 'entra-v1'],
  ['https://acme.okta.com/oauth2/default', 'okta'],
  ['https://YOUR_ORG.okta.com/oauth2/aus1234567890', 'okta'],
]

test.each(right)('%s is how %s writes its issuer', (issuer, id) => {
  expect(providerOfIssuer(issuer)?.id).toBe(id)
  expect(issuerForm(issuer)).toEqual({ ok: true })
})

/** Slips in known hosts: what tokens carry, and what is said about the difference. */
const wrong: [string, string, string][] = [
  ['https://gitlab.com/', 'https://gitlab.com', 'without the slash at the end'],
  ['https://gitlab.com///', 'https://gitlab.com', 'without `///`'],
  [' https://gitlab.com\n', 'https://gitlab.com', 'without white space around it'],
  ['http://gitlab.com', 'https://gitlab.com', 'with `https://`'],
  ['gitlab.com', 'https://gitlab.com', 'with `https://`'],
  ['https://GitLab.com', 'https://gitlab.com', 'with the host in lower case'],
  ['https://gitlab.com:443', 'https://gitlab.com', 'with the host alone'],
  ['https://gitlab.com?x=1', 'https://gitlab.com', 'without a query or fragment'],
  ['https://gitlab.com#x', 'https://gitlab.com', 'without a query or fragment'],
  ['https://gitlab.com/acme', 'https://gitlab.com', 'without `/acme`'],
  [
    'https://token.actions.githubusercontent.com/.well-known/openid-configuration',
    'https://token.actions.githubusercontent.com',
    'without `/.well-known/openid-configuration`',
  ],
  [
    'https://token.actions.githubusercontent.com/acme/',
    'https://token.actions.githubusercontent.com/acme',
    'without the slash at the end',
  ],
  [
    'https://github.example.com/_services/token/',
    'https://github.example.com/_services/token',
    'without the slash at the end',
  ],
  ['https://app.terraform.io/.well-known/jwks', 'https://app.terraform.io', 'without `/.well-known/jwks`'],
  ['https://accounts.google.com/o/oauth2', 'https://accounts.google.com', 'without `/o/oauth2`'],
  ['https://agent.buildkite.com/', 'https://agent.buildkite.com', 'without the slash at the end'],
  [`${EKS}/`, EKS, 'without the slash at the end'],
  [`${EKS}/keys`, EKS, 'without `/keys`'],
  [EKS.toLowerCase(), EKS, 'with upper and lower case as in `/id/6FA42E7BFDE8549CB0123456789ABCDE`'],
  [`${GKE}/`, GKE, 'without the slash at the end'],
  [`${GKE}/jwks`, GKE, 'without `/jwks`'],
  [AKS.slice(0, -1), AKS, 'with a slash at the end'],
  ['https://kubernetes.default.svc/', 'https://kubernetes.default.svc', 'without the slash at the end'],
  [
    'https://kubernetes.default.svc/openid/v1/jwks',
    'https://kubernetes.default.svc',
    'without `/openid/v1/jwks`',
  ],
  [
    'https://<uuid>.tokens.sts.global.api.aws/',
    'https://<uuid>.tokens.sts.global.api.aws',
    'without the slash at the end',
  ],
  [`https://login.microsoftonline.com/${UUID}`, ENTRA, `with the path \`/${UUID}/v2.0\``],
  [`https://login.microsoftonline.com/${UUID}/v2.0/`, ENTRA, 'without the slash at the end'],
  [`https://login.microsoftonline.com/${UUID}/oauth2/v2.0/token`, ENTRA, `with the path \`/${UUID}/v2.0\``],
  [
    'https://login.microsoftonline.com/<TENANT_ID>',
    'https://login.microsoftonline.com/<TENANT_ID>/v2.0',
    'with the path `/<TENANT_ID>/v2.0`',
  ],
  [`https://sts.windows.net/${UUID}`, `https://sts.windows.net/${UUID}/`, 'with a slash at the end'],
  [
    'https://acme.okta.com/oauth2/default/',
    'https://acme.okta.com/oauth2/default',
    'without the slash at the end',
  ],
  [
    'https://acme.okta.com/oauth2/default/v1/keys',
    'https://acme.okta.com/oauth2/default',
    'without `/v1/keys`',
  ],
  [
    'https://acme-admin.okta.com/oauth2/default/',
    'https://acme.okta.com/oauth2/default',
    'without `-admin`, which is the host of its console',
  ],
  [
    'https://www.googleapis.com/oauth2/v3/certs',
    'https://accounts.google.com',
    'which is not the address of the keys',
  ],
  ['https://oidc.fly.io/acme/', 'https://oidc.fly.io/acme', 'without the slash at the end'],
  [`${BITBUCKET}/`, BITBUCKET, 'without the slash at the end'],
]

test.each(wrong)('%j should be %s, %s', (issuer, canonical, reason) => {
  expect(issuerForm(issuer)).toEqual({ ok: false, canonical, reason })
  expect(issuerForm(canonical)).toEqual({ ok: true })
})

/** Slips that no edit can put right: the reason is a sentence. */
test.each([
  ['https://acme-admin.okta.com', /org authorization server cannot be used/],
  ['https://acme.okta.com', /org authorization server cannot be used/],
  ['https://acme.okta.com/', /org authorization server cannot be used/],
  ['https://acme.okta.com/oauth2/v1/keys', /org authorization server cannot be used/],
  [
    'https://login.microsoftonline.com/common/v2.0',
    /^Tokens never carry `common`: use the id of the tenant\.$/,
  ],
  ['https://login.microsoftonline.com/organizations/v2.0', /never carry `organizations`/],
  ['https://sts.windows.net/consumers/', /never carry `consumers`/],
  ['https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0', /never a domain name/],
  ['https://oidc.eks.us-west-2.amazonaws.com', /ends in `\/id\/`/],
  ['https://oidc.eks.us-west-2.amazonaws.com/id/prod', /hexadecimal/],
  ['https://container.googleapis.com', /GKE cluster/],
  ['https://oidc.circleci.com', /circleci/],
  ['https://oidc.fly.io', /fly\.io/],
  ['https://vstoken.dev.azure.com', /vstoken/],
  ['https://api.bitbucket.org/2.0', /Identity provider URL/],
  ['https://token.actions.githubusercontent.com/a/b', /slug of an enterprise/],
])('%s is refused without a canonical form', (issuer, reason) => {
  expect(issuerForm(issuer)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
})

test.each([
  'https://example.com',
  'https://gitlab.example.com',
  'https://gitlab.com.example.com',
  'https://token.actions.githubusercontent.com.evil.example',
  'https://evil-okta.com/oauth2/default',
  'https://spire.example.com',
  'fdis_...',
  '',
  'https://',
  '::::',
  'https://[',
])('%j is no known host', issuer => {
  expect(providerOfIssuer(issuer)).toBeUndefined()
  expect(issuerForm(issuer)).toBeUndefined()
})

test('a GitHub or Vercel issuer may be of one customer, or of an own installation', () => {
  const reach = (issuer: string) => {
    const provider = providerOfIssuer(issuer)
    return provider && issuerReach(provider, issuer)
  }
  expect(reach('https://token.actions.githubusercontent.com')).toBe('platform')
  expect(reach('https://token.actions.githubusercontent.com/.well-known/openid-configuration')).toBe(
    'platform',
  )
  expect(reach('https://token.actions.githubusercontent.com/acme')).toBe('customer')
  expect(reach('https://token.actions.acme.ghe.com')).toBe('customer')
  expect(reach('https://github.example.com/_services/token')).toBe('self-hosted')
  expect(reach('https://oidc.vercel.com')).toBe('platform')
  expect(reach('https://oidc.vercel.com/acme')).toBe('customer')
  expect(reach('https://gitlab.com')).toBe('platform')
  expect(reach(EKS)).toBe('customer')
  expect(reach('https://kubernetes.default.svc')).toBe('self-hosted')
})

test('every example is recognised and right', () => {
  for (const provider of providers.filter(({ id }) => id !== 'spiffe')) {
    expect(providerOfIssuer(provider.issuer.example)?.id).toBe(provider.id)
    expect(issuerForm(provider.issuer.example)).toEqual({ ok: true })
  }
})

test('placeholders leave a URL', () => {
  expect(issuerUrl('https://<a b>.example.com/x')?.hostname).toBe('placeholder.example.com')
  expect(issuerUrl('https://…')?.hostname).toBe('placeholder')
})
