/** A token that each provider could sign, and the rule and issuer that admit it. */
export interface Sample {
  provider: string
  iss: string
  sub: string
  /** What the subject begins with, and goes on after. */
  prefix: string
  aud: string | string[]
  /** A claim of the provider that is text. */
  claim: [name: string, value: string]
  /** A claim that is no text. */
  other?: [name: string, value: unknown]
}

const CLAUDE = 'https://api.anthropic.com'
const cluster = {
  sub: 'system:serviceaccount:inference:worker',
  prefix: 'system:serviceaccount:inference:',
  aud: [CLAUDE],
  claim: ['jti', 'a3f1'] as [string, string],
  other: ['kubernetes.io', { namespace: 'inference' }] as [string, unknown],
}

export const SAMPLES: Sample[] = [
  {
    provider: 'aws-sts',
    iss: 'https://0d5d7f0c-5f5a-4c39-9a3e-6a4f3f1f5a11.tokens.sts.global.api.aws',
    sub: 'arn:aws:iam::123456789012:role/team/inference-worker',
    prefix: 'arn:aws:iam::123456789012:role/team/',
    aud: CLAUDE,
    claim: ['jti', '7c'],
    other: ['https://sts.amazonaws.com/', { aws_account: '123456789012' }],
  },
  {
    provider: 'eks',
    iss: 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4',
    ...cluster,
  },
  {
    provider: 'gke',
    iss: 'https://container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/prod',
    ...cluster,
  },
  {
    provider: 'aks',
    iss: 'https://westeurope.oic.prod-aks.azure.com/3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77/9b16512e-9253-4836-be3c-1bce626513a2/',
    ...cluster,
  },
  { provider: 'kubernetes', iss: 'https://kubernetes.default.svc.cluster.local', ...cluster },
  {
    provider: 'github-actions',
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:acme/app:ref:refs/heads/main',
    prefix: 'repo:acme/app:',
    aud: CLAUDE,
    claim: ['repository_owner', 'acme'],
  },
  {
    provider: 'gitlab',
    iss: 'https://gitlab.com',
    sub: 'project_path:acme/app:ref_type:branch:ref:main',
    prefix: 'project_path:acme/app:',
    aud: CLAUDE,
    claim: ['ref_protected', 'true'],
    other: ['user_identities', []],
  },
  {
    provider: 'buildkite',
    iss: 'https://agent.buildkite.com',
    sub: 'organization:acme:pipeline:app:ref:refs/heads/main:commit:9f3ea3:step:deploy',
    prefix: 'organization:acme:pipeline:app:',
    aud: CLAUDE,
    claim: ['organization_slug', 'acme'],
    other: ['build_number', 7],
  },
  {
    provider: 'hcp-terraform',
    iss: 'https://app.terraform.io',
    sub: 'organization:acme:project:infra:workspace:prod:run_phase:apply',
    prefix: 'organization:acme:project:infra:',
    aud: CLAUDE,
    claim: ['terraform_run_phase', 'apply'],
  },
  {
    provider: 'circleci',
    iss: 'https://oidc.circleci.com/org/3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77',
    sub: 'org/3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77/project/9b16512e-9253-4836-be3c-1bce626513a2/user/1bce6265-13a2-4836-be3c-9b16512e9253',
    prefix: 'org/3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77/project/9b16512e-9253-4836-be3c-1bce626513a2/',
    aud: CLAUDE,
    claim: ['oidc.circleci.com/project-id', '9b16512e-9253-4836-be3c-1bce626513a2'],
    other: ['oidc.circleci.com/ssh-rerun', false],
  },
  {
    provider: 'bitbucket',
    iss: 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
    sub: '{9b16512e-9253-4836-be3c-1bce626513a2}:{3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77}',
    prefix: '{9b16512e-9253-4836-be3c-1bce626513a2}:',
    aud: CLAUDE,
    claim: ['branchName', 'main'],
  },
  {
    provider: 'vercel',
    iss: 'https://oidc.vercel.com/acme',
    sub: 'owner:acme:project:app:environment:production',
    prefix: 'owner:acme:project:app:',
    aud: CLAUDE,
    claim: ['environment', 'production'],
  },
  {
    provider: 'fly',
    iss: 'https://oidc.fly.io/acme',
    sub: 'acme:app:machine',
    prefix: 'acme:app:',
    aud: CLAUDE,
    claim: ['app_name', 'app'],
  },
  {
    provider: 'azure-devops',
    iss: 'https://vstoken.dev.azure.com/3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77',
    sub: 'sc://acme/infra/claude',
    prefix: 'sc://acme/infra/',
    aud: CLAUDE,
    claim: ['jti', 'x'],
  },
  {
    provider: 'google',
    iss: 'https://accounts.google.com',
    sub: '113774264463038321964',
    prefix: '1137742644630383219',
    aud: CLAUDE,
    claim: ['email', 'worker@acme.iam.gserviceaccount.com'],
    other: ['email_verified', true],
  },
  {
    provider: 'entra-v2',
    iss: 'https://login.microsoftonline.com/3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77/v2.0',
    sub: '9b16512e-9253-4836-be3c-1bce626513a2',
    prefix: '9b16512e-',
    aud: CLAUDE,
    claim: ['tid', '3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77'],
    other: ['roles', ['Reader']],
  },
  {
    provider: 'entra-v1',
    iss: 'https://sts.windows.net/3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77/',
    sub: '9b16512e-9253-4836-be3c-1bce626513a2',
    prefix: '9b16512e-',
    aud: CLAUDE,
    claim: ['appid', '1bce6265-9253-4836-be3c-9b16512e13a2'],
    other: ['groups', ['a']],
  },
  {
    provider: 'okta',
    iss: 'https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9',
    sub: '0oa1b2c3d4e5f6g7h8i9',
    prefix: '0oa1b2c3',
    aud: CLAUDE,
    claim: ['cid', '0oa1b2c3d4e5f6g7h8i9'],
    other: ['scp', ['read']],
  },
  {
    provider: 'spiffe',
    iss: 'https://oidc.internal.example',
    sub: 'spiffe://prod.example/ns/inference/sa/worker',
    prefix: 'spiffe://prod.example/ns/inference/',
    aud: [CLAUDE, 'vault'],
    claim: ['tier', 'gold'],
  },
]
