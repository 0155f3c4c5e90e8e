import { CLAUDE, type ProviderCases } from './cases.testdata.ts'

const TENANT = '3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77'
const OBJECT = '9b16512e-9253-4836-be3c-1bce626513a2'

/** Tokens of pipelines. */
export const CI: ProviderCases[] = [
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
        'match_subject_prefix (form)',
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
]
