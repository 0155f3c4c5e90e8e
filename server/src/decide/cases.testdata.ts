/**
 * Tokens as the providers document them, with rules that people write for them, and what becomes of each: the first
 * reason of a denial, with the kind of near miss, or the verdict.
 */
export interface ProviderCases {
  provider: string
  /** As the issuer is registered. */
  issuer: string
  claims: Record<string, unknown>
  cases: [what: string, match: object, expected: string, change?: object][]
}

export const CLAUDE = 'https://api.anthropic.com'
const WORKER = 'system:serviceaccount:inference:worker'
const TENANT = '3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77'
const OBJECT = '9b16512e-9253-4836-be3c-1bce626513a2'

const POD = {
  sub: WORKER,
  aud: [CLAUDE],
  jti: 'a3f1',
  'kubernetes.io': {
    namespace: 'inference',
    node: { name: 'ip-10-0-1-7', uid: '51f0' },
    pod: { name: 'worker-7c9d', uid: '12ab' },
    serviceaccount: { name: 'worker', uid: '77cd' },
  },
}

const STS = 'https://sts.amazonaws.com/'
const ROLE = 'arn:aws:iam::123456789012:role/team/worker'

export const CASES: ProviderCases[] = [
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
    provider: 'eks',
    issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4',
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER, audience: CLAUDE }, 'admitted'],
      ['the namespace', { subject_prefix: 'system:serviceaccount:inference:*' }, 'admitted'],
      [
        'another namespace',
        { subject_prefix: 'system:serviceaccount:batch:worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'the default account',
        { subject_prefix: 'system:serviceaccount:inference:default' },
        'match_subject_prefix (differs)',
      ],
      [
        'a capital letter',
        { subject_prefix: 'system:serviceaccount:Inference:worker' },
        'match_subject_prefix (case)',
      ],
      [
        'the namespace without its wildcard',
        { subject_prefix: 'system:serviceaccount:inference:' },
        'match_subject_prefix (wildcard)',
      ],
      ['any namespace', { subject_prefix: 'system:serviceaccount:*:worker' }, 'match_subject_prefix (inner)'],
      ['the token of IRSA', { subject_prefix: WORKER }, 'match_audience', { aud: ['sts.amazonaws.com'] }],
      [
        'two audiences, one of them Claude',
        { subject_prefix: WORKER },
        'admitted',
        { aud: ['sts.amazonaws.com', CLAUDE] },
      ],
      ['the namespace as if it were a claim', { claims: { namespace: 'inference' } }, 'match_claims'],
      [
        'the namespace, by a condition',
        { condition: 'claims["kubernetes.io"].namespace == "inference"' },
        'admitted',
      ],
      [
        'the audience among the claims',
        { subject_prefix: WORKER, claims: { aud: CLAUDE } },
        'match_claims (list)',
      ],
      [
        'another cluster',
        { subject_prefix: WORKER },
        'issuer_mismatch (differs)',
        { iss: 'https://oidc.eks.us-west-2.amazonaws.com/id/6FA42E7BFDE8549CB11122233344455A' },
      ],
      [
        'the cluster in small letters',
        { subject_prefix: WORKER },
        'issuer_mismatch (case)',
        { iss: 'https://oidc.eks.us-west-2.amazonaws.com/id/8b255427c173093d33b9a72b9ea6a4e4' },
      ],
    ],
  },
  {
    provider: 'gke',
    issuer: 'https://container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/prod',
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER }, 'admitted'],
      ['a space behind it', { subject_prefix: `${WORKER} ` }, 'match_subject_prefix (space)'],
      [
        'another account',
        { subject_prefix: 'system:serviceaccount:inference:workers' },
        'match_subject_prefix (differs)',
      ],
      [
        'the pool of workload identity',
        { subject_prefix: 'acme.svc.id.goog[inference/worker]' },
        'match_subject_prefix',
      ],
      [
        'another cluster of the project',
        { subject_prefix: WORKER },
        'issuer_mismatch (differs)',
        { iss: 'https://container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/test' },
      ],
      [
        'the pod, by a condition',
        { condition: 'claims["kubernetes.io"].pod.name.startsWith("worker-")' },
        'admitted',
      ],
      [
        'a claim of the pod that is absent',
        { condition: 'claims["kubernetes.io"].warnafter > 0' },
        'match_condition',
      ],
    ],
  },
  {
    provider: 'aks',
    issuer: `https://westeurope.oic.prod-aks.azure.com/${TENANT}/${OBJECT}/`,
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER }, 'admitted'],
      [
        'the issuer without its slash',
        { subject_prefix: WORKER },
        'issuer_mismatch (slash)',
        { iss: `https://westeurope.oic.prod-aks.azure.com/${TENANT}/${OBJECT}` },
      ],
      [
        'the token for Entra',
        { subject_prefix: WORKER },
        'match_audience',
        { aud: ['api://AzureADTokenExchange'] },
      ],
      ['the namespace', { subject_prefix: 'system:serviceaccount:inference*' }, 'admitted'],
      [
        'underscores',
        { subject_prefix: 'system:service_account:inference:worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'both parts of the subject, by a condition',
        { condition: 'claims.sub.split(":")[3] == "worker"' },
        'match_condition',
      ],
      ['the end of the subject, by a condition', { condition: 'claims.sub.endsWith(":worker")' }, 'admitted'],
    ],
  },
  {
    provider: 'kubernetes',
    issuer: 'https://kubernetes.default.svc.cluster.local',
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER }, 'admitted'],
      [
        'the short name of the API server',
        { subject_prefix: WORKER },
        'issuer_mismatch (differs)',
        { iss: 'https://kubernetes.default.svc' },
      ],
      ['an old token without an audience', { subject_prefix: WORKER }, 'match_audience', { aud: undefined }],
      [
        'the audience of the API server',
        { subject_prefix: WORKER },
        'match_audience',
        { aud: ['https://kubernetes.default.svc.cluster.local'] },
      ],
      [
        'an audience of the house',
        { subject_prefix: WORKER, audience: 'claude' },
        'admitted',
        { aud: ['claude'] },
      ],
      ['a user', { subject_prefix: WORKER }, 'match_subject_prefix', { sub: 'kubernetes-admin' }],
      ['a group', { subject_prefix: 'system:serviceaccounts:inference' }, 'match_subject_prefix (differs)'],
    ],
  },
  {
    provider: 'github-actions',
    issuer: 'https://token.actions.githubusercontent.com',
    claims: {
      sub: 'repo:acme/app:ref:refs/heads/main',
      aud: CLAUDE,
      ref: 'refs/heads/main',
      ref_type: 'branch',
      repository: 'acme/app',
      repository_id: '74',
      repository_owner: 'acme',
      repository_owner_id: '65',
      event_name: 'push',
      job_workflow_ref: 'acme/app/.github/workflows/release.yml@refs/heads/main',
      run_id: '4711',
    },
    cases: [
      ['the branch', { subject_prefix: 'repo:acme/app:ref:refs/heads/main' }, 'admitted'],
      ['the repository', { subject_prefix: 'repo:acme/app:*' }, 'admitted'],
      [
        'the repository without its wildcard',
        { subject_prefix: 'repo:acme/app' },
        'match_subject_prefix (wildcard)',
      ],
      ['the owner in another case', { subject_prefix: 'repo:Acme/app:*' }, 'match_subject_prefix (case)'],
      [
        'an environment',
        { subject_prefix: 'repo:acme/app:environment:prod' },
        'match_subject_prefix (differs)',
      ],
      [
        'a pull request',
        { subject_prefix: 'repo:acme/app:ref:refs/heads/main' },
        'match_subject_prefix (differs)',
        { sub: 'repo:acme/app:pull_request' },
      ],
      ['any tag', { subject_prefix: 'repo:acme/app:ref:refs/tags/*' }, 'match_subject_prefix (differs)'],
      [
        'any ref of a name',
        { subject_prefix: 'repo:acme/app:ref:refs/*/main' },
        'match_subject_prefix (inner)',
      ],
      [
        'ids in the token',
        { subject_prefix: 'repo:acme/app:ref:refs/heads/main' },
        'match_subject_prefix (ids)',
        { sub: 'repo:acme@65/app@74:ref:refs/heads/main' },
      ],
      ['ids in the rule', { subject_prefix: 'repo:acme@65/app@74:*' }, 'match_subject_prefix (ids)'],
      [
        'ids in both',
        { subject_prefix: 'repo:acme@65/app@74:*' },
        'admitted',
        { sub: 'repo:acme@65/app@74:ref:refs/heads/main' },
      ],
      [
        'the owner and the branch as claims',
        { claims: { repository_owner: 'acme', ref: 'refs/heads/main' } },
        'admitted',
      ],
      ['the short name of the branch', { claims: { ref: 'main' } }, 'match_claims'],
      [
        'the id of the repository as a number',
        { subject_prefix: 'repo:acme/app:*', claims: { repository_id: 74 } },
        'unknown',
      ],
      ['a wildcard in a claim', { claims: { repository: 'acme/*' } }, 'match_claims (inner)'],
      [
        'the workflow, by a condition',
        { condition: 'claims.job_workflow_ref.startsWith("acme/app/")' },
        'admitted',
      ],
      ['the environment, by a condition', { condition: 'claims.environment == "prod"' }, 'match_condition'],
      [
        'the default audience of the toolkit',
        { subject_prefix: 'repo:acme/app:*' },
        'match_audience',
        { aud: 'https://github.com/acme' },
      ],
    ],
  },
  {
    provider: 'gitlab',
    issuer: 'https://gitlab.com',
    claims: {
      sub: 'project_path:acme/app:ref_type:branch:ref:main',
      aud: CLAUDE,
      namespace_id: '72',
      namespace_path: 'acme',
      project_id: '20',
      project_path: 'acme/app',
      ref: 'main',
      ref_protected: 'true',
      runner_id: 1,
      user_identities: [],
    },
    cases: [
      ['the branch', { subject_prefix: 'project_path:acme/app:ref_type:branch:ref:main' }, 'admitted'],
      [
        'the full name of the branch',
        { subject_prefix: 'project_path:acme/app:ref_type:branch:ref:refs/heads/main' },
        'match_subject_prefix (differs)',
      ],
      ['any branch', { subject_prefix: 'project_path:acme/app:ref_type:branch:*' }, 'admitted'],
      ['the group', { subject_prefix: 'project_path:acme/*' }, 'admitted'],
      ['protected branches', { claims: { project_path: 'acme/app', ref_protected: 'true' } }, 'admitted'],
      [
        'branches that are not protected',
        { claims: { project_path: 'acme/app', ref_protected: 'false' } },
        'match_claims',
      ],
      [
        'a true value that is none',
        { subject_prefix: 'project_path:acme/*', claims: { ref_protected: true } },
        'unknown',
      ],
      ['the runner', { claims: { project_id: '20', runner_id: '1' } }, 'match_claims (type)'],
      [
        'an instance of the house',
        { subject_prefix: 'project_path:acme/*' },
        'issuer_mismatch (differs)',
        { iss: 'https://gitlab.acme.example' },
      ],
    ],
  },
  {
    provider: 'buildkite',
    issuer: 'https://agent.buildkite.com',
    claims: {
      sub: 'organization:acme:pipeline:app:ref:refs/heads/main:commit:9f3ea3:step:deploy',
      aud: CLAUDE,
      organization_slug: 'acme',
      pipeline_slug: 'app',
      build_number: 7,
      build_branch: 'main',
      step_key: null,
    },
    cases: [
      ['the branch', { subject_prefix: 'organization:acme:pipeline:app:ref:refs/heads/main:*' }, 'admitted'],
      [
        'an earlier commit',
        { subject_prefix: 'organization:acme:pipeline:app:ref:refs/heads/main:commit:0a0a0a:step:deploy' },
        'match_subject_prefix (differs)',
      ],
      [
        'any commit',
        { subject_prefix: 'organization:acme:pipeline:app:ref:refs/heads/main:commit:*:step:deploy' },
        'match_subject_prefix (inner)',
      ],
      [
        'the branch without its wildcard',
        { subject_prefix: 'organization:acme:pipeline:app:ref:refs/heads/main:' },
        'match_subject_prefix (wildcard)',
      ],
      [
        'the pipeline, by claims',
        { claims: { organization_slug: 'acme', pipeline_slug: 'app' } },
        'admitted',
      ],
      [
        'the number of the build',
        { claims: { organization_slug: 'acme', build_number: '7' } },
        'match_claims (type)',
      ],
      ['a step without a key', { claims: { organization_slug: 'acme', step_key: 'deploy' } }, 'match_claims'],
      [
        'a project of Terraform',
        { subject_prefix: 'organization:acme:project:app:*' },
        'match_subject_prefix (differs)',
      ],
    ],
  },
  {
    provider: 'hcp-terraform',
    issuer: 'https://app.terraform.io',
    claims: {
      sub: 'organization:acme:project:infra:workspace:prod:run_phase:apply',
      aud: CLAUDE,
      terraform_organization_name: 'acme',
      terraform_workspace_id: 'ws-1',
      terraform_run_phase: 'apply',
    },
    cases: [
      [
        'the phase',
        { subject_prefix: 'organization:acme:project:infra:workspace:prod:run_phase:apply' },
        'admitted',
      ],
      [
        'the other phase',
        { subject_prefix: 'organization:acme:project:infra:workspace:prod:run_phase:plan' },
        'match_subject_prefix (differs)',
      ],
      ['the workspace', { subject_prefix: 'organization:acme:project:infra:workspace:prod:*' }, 'admitted'],
      [
        'any phase',
        { subject_prefix: 'organization:acme:project:infra:workspace:prod:run_phase:*' },
        'admitted',
      ],
      ['the workspace by its id', { claims: { terraform_workspace_id: 'ws-1' } }, 'admitted'],
      [
        'a wildcard audience of AWS',
        { subject_prefix: 'organization:acme:*' },
        'match_audience',
        { aud: 'aws.workload.identity' },
      ],
      [
        'Terraform Enterprise',
        { subject_prefix: 'organization:acme:*' },
        'issuer_mismatch (differs)',
        { iss: 'https://tfe.acme.example' },
      ],
    ],
  },
  {
    provider: 'circleci',
    issuer: `https://oidc.circleci.com/org/${TENANT}`,
    claims: {
      sub: `org/${TENANT}/project/${OBJECT}/user/1bce6265`,
      aud: CLAUDE,
      'oidc.circleci.com/project-id': OBJECT,
      'oidc.circleci.com/context-ids': ['c1'],
      'oidc.circleci.com/ssh-rerun': false,
    },
    cases: [
      ['the project', { subject_prefix: `org/${TENANT}/project/${OBJECT}/*` }, 'admitted'],
      [
        'the project without its wildcard',
        { subject_prefix: `org/${TENANT}/project/${OBJECT}` },
        'match_subject_prefix (wildcard)',
      ],
      ['the project by its claim', { claims: { 'oidc.circleci.com/project-id': OBJECT } }, 'admitted'],
      ['a context', { claims: { 'oidc.circleci.com/context-ids': 'c1' } }, 'match_claims (list)'],
      [
        'a context, by a condition',
        { condition: '"c1" in claims["oidc.circleci.com/context-ids"]' },
        'admitted',
      ],
      ['no rerun by SSH', { claims: { 'oidc.circleci.com/ssh-rerun': 'false' } }, 'match_claims (type)'],
      [
        'no rerun by SSH, by a condition',
        { condition: '!claims["oidc.circleci.com/ssh-rerun"]' },
        'admitted',
      ],
      ['its own audience', { subject_prefix: `org/${TENANT}/*` }, 'match_audience', { aud: TENANT }],
    ],
  },
  {
    provider: 'bitbucket',
    issuer: 'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
    claims: {
      sub: `{${OBJECT}}:{${TENANT}}:{0a0a}`,
      aud: 'ari:cloud:bitbucket::workspace/77',
      repositoryUuid: `{${OBJECT}}`,
      deploymentEnvironmentUuid: `{${TENANT}}`,
      branchName: 'main',
    },
    cases: [
      [
        'the repository',
        { subject_prefix: `{${OBJECT}}:*`, audience: 'ari:cloud:bitbucket::workspace/77' },
        'admitted',
      ],
      ['without naming the audience', { subject_prefix: `{${OBJECT}}:*` }, 'match_audience'],
      [
        'the repository without braces',
        { claims: { repositoryUuid: OBJECT }, audience: 'ari:cloud:bitbucket::workspace/77' },
        'match_claims',
      ],
      [
        'the environment',
        {
          claims: { deploymentEnvironmentUuid: `{${TENANT}}` },
          audience: 'ari:cloud:bitbucket::workspace/77',
        },
        'admitted',
      ],
      [
        'the step of another run',
        { subject_prefix: `{${OBJECT}}:{${TENANT}}:{1b1b}`, audience: 'ari:cloud:bitbucket::workspace/77' },
        'match_subject_prefix (differs)',
      ],
      [
        'another workspace',
        { subject_prefix: `{${OBJECT}}:*`, audience: 'ari:cloud:bitbucket::workspace/78' },
        'match_audience',
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
  {
    provider: 'spiffe',
    issuer: 'https://oidc.internal.example',
    claims: { sub: 'spiffe://prod.example/ns/inference/sa/worker', aud: [CLAUDE, 'vault'] },
    cases: [
      ['the workload', { subject_prefix: 'spiffe://prod.example/ns/inference/sa/worker' }, 'admitted'],
      ['the namespace', { subject_prefix: 'spiffe://prod.example/ns/inference/*' }, 'admitted'],
      [
        'the trust domain of tests',
        { subject_prefix: 'spiffe://test.example/ns/inference/sa/worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'a slash at the end',
        { subject_prefix: 'spiffe://prod.example/ns/inference/sa/worker/' },
        'match_subject_prefix (slash)',
      ],
      ['the other audience', { subject_prefix: 'spiffe://prod.example/*', audience: 'vault' }, 'admitted'],
      [
        'a third audience',
        { subject_prefix: 'spiffe://prod.example/*', audience: 'consul' },
        'match_audience',
      ],
      ['without `iat`', { subject_prefix: 'spiffe://prod.example/*' }, 'claim_missing', { iat: undefined }],
      ['without `iss`', { subject_prefix: 'spiffe://prod.example/*' }, 'issuer_mismatch', { iss: undefined }],
    ],
  },
]
