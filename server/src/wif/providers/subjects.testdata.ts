const UUID = '0a1b2c3d-4e5f-6789-abcd-ef0123456789'
const SHA = '9f3182061f1e2cca4702c368cbc039b7dc9d4485'

const serviceAccounts: [string, string][] = [
  [
    'system:serviceaccount:inference:inference-worker',
    'namespace=inference| service account=inference-worker',
  ],
  ['system:serviceaccount:default:default', 'namespace=default| service account=default'],
  ['system:serviceaccount:team-1:app.v2.acme', 'namespace=team-1| service account=app.v2.acme'],
  ['system:serviceaccount:1:2', 'namespace=1| service account=2'],
]

/** Whole subjects, and the segments in them (`|`: closed). */
export const good: Record<string, [string, string][]> = {
  'aws-sts': [
    ['arn:aws:iam::123456789012:role/inference-worker', 'account=123456789012| role=inference-worker'],
    [
      'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_0123456789abcdef',
      'account=123456789012| role path=aws-reserved| role path=sso.amazonaws.com| role path=eu-west-1| role=AWSReservedSSO_Dev_0123456789abcdef',
    ],
    ['arn:aws-us-gov:iam::123456789012:role/a+b=c,d.e@f-g', 'account=123456789012| role=a+b=c,d.e@f-g'],
    ['arn:aws-iso-b:iam::123456789012:user/ci/deployer', 'account=123456789012| user path=ci| user=deployer'],
    ['arn:aws-eusc:iam::123456789012:role/x', 'account=123456789012| role=x'],
    ['arn:aws:iam::123456789012:root', 'account=123456789012| root user=root'],
  ],
  eks: serviceAccounts,
  gke: serviceAccounts,
  aks: serviceAccounts,
  kubernetes: serviceAccounts,
  'github-actions': [
    [
      'repo:octo-org/octo-repo:ref:refs/heads/main',
      'owner=octo-org| repository=octo-repo| ref=refs/heads/main',
    ],
    [
      'repo:octo-org/octo-repo:ref:refs/tags/v1.2',
      'owner=octo-org| repository=octo-repo| ref=refs/tags/v1.2',
    ],
    [
      'repo:octo-org/octo-repo:pull_request',
      'owner=octo-org| repository=octo-repo| pull_request=pull_request',
    ],
    [
      'repo:octo-org/.github:environment:Production%3AV1',
      'owner=octo-org| repository=.github| environment=Production%3AV1',
    ],
    ['repo:user_acme/app:environment:prod eu', 'owner=user_acme| repository=app| environment=prod eu'],
    [
      'repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main',
      'owner=octo-org| owner id=123456| repository=octo-repo| repository id=456789| ref=refs/heads/main',
    ],
    [
      'repo:o/r:environment:prod:job_workflow_ref:o/w/.github/workflows/x.yml@refs/heads/main',
      'owner=o| repository=r| environment=prod| job_workflow_ref=o/w/.github/workflows/x.yml@refs/heads/main',
    ],
    [
      'repo:o/r:pull_request:event_name:push',
      'owner=o| repository=r| pull_request=pull_request| event_name=push',
    ],
    [
      'repository_owner:monalisa:repository_visibility:private',
      'repository_owner=monalisa| repository_visibility=private',
    ],
    ['repository_owner:monalisa', 'repository_owner=monalisa'],
    ['repository_owner_id:65:repo:o/r', 'repository_owner_id=65| owner=o| repository=r'],
    ['repository_id:74', 'repository_id=74'],
    [
      'repo:o/r:repo_property_team:core',
      'owner=o| repository=r| name of the custom property=team| custom property=core',
    ],
  ],
  gitlab: [
    [
      'project_path:my-group/my-project:ref_type:branch:ref:main',
      'group=my-group| project=my-project| ref_type=branch| ref=main',
    ],
    [
      'project_path:g/sub/p_1:ref_type:tag:ref:v1/x',
      'group=g| subgroup=sub| project=p_1| ref_type=tag| ref=v1/x',
    ],
    [
      'project_id:20:environment:prod:ref_protected:true',
      'project id=20| environment=prod| ref_protected=true',
    ],
    ['project_id:20', 'project id=20'],
  ],
  buildkite: [
    [
      `organization:acme-inc:pipeline:super-duper-app:ref:refs/heads/main:commit:${SHA}:step:build`,
      `organization=acme-inc| pipeline=super-duper-app| ref=refs/heads/main| commit=${SHA}| step=build`,
    ],
    [
      'organization:acme:pipeline:app:ref:refs/tags/v1:commit:HEAD:step:',
      'organization=acme| pipeline=app| ref=refs/tags/v1| commit=HEAD|',
    ],
    [UUID, `id=${UUID}|`],
  ],
  'hcp-terraform': [
    [
      'organization:my-org:project:Default Project:workspace:my-ws:run_phase:apply',
      'organization=my-org| project=Default Project| workspace=my-ws| run phase=apply',
    ],
    [
      'organization:my-org:module:terraform-aws-vpc:operation:test_run',
      'organization=my-org| module=terraform-aws-vpc| operation=test_run',
    ],
    [
      'organization:o:project:p:stack:s:deployment:development:operation:plan',
      'organization=o| project=p| stack=s| deployment=development| operation=plan',
    ],
  ],
  circleci: [
    [`org/${UUID}/project/${UUID}/user/${UUID}`, `organization=${UUID}| project=${UUID}| user=${UUID}`],
    [
      `org/${UUID}/project/${UUID}/user/${UUID}/vcs-origin/github.com/acme/app/vcs-ref/refs/heads/main`,
      `organization=${UUID}| project=${UUID}| user=${UUID}| origin=github.com/acme/app| ref=refs/heads/main`,
    ],
  ],
  bitbucket: [
    [`{${UUID}}:{${UUID}}`, `repository={${UUID}}| step={${UUID}}`],
    [
      `{${UUID}}:{${UUID}}:{${UUID}}`,
      `repository={${UUID}}| deployment environment={${UUID}}| step={${UUID}}`,
    ],
  ],
  vercel: [
    ['owner:acme:project:site:environment:production', 'team=acme| project=site| environment=production'],
  ],
  fly: [
    ['acme:weather-cat:ancient-snow-4824', 'organization=acme| app=weather-cat| machine=ancient-snow-4824'],
  ],
  'azure-devops': [
    [
      'sc://acme/My Project/prod connection',
      'organization=acme| project=My Project| service connection=prod connection',
    ],
    ['p://acme/payments/payments-ci', 'organization=acme| project=payments| pipeline=payments-ci'],
  ],
  google: [['112179062720391305885', 'id=112179062720391305885']],
  'entra-v2': [
    [UUID, `object id=${UUID}|`],
    [UUID.toUpperCase(), `object id=${UUID.toUpperCase()}|`],
    ['/eid1/c/pub/t/PwFflyR/a/bDtA7z/sc/x/y', 'object id=/eid1/c/pub/t/PwFflyR/a/bDtA7z/sc/x/y'],
    ['AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ', 'object id=AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ'],
  ],
  'entra-v1': [[UUID, `object id=${UUID}|`]],
  okta: [
    ['0oa1b2c3d4E5F6g7h8i9', 'client=0oa1b2c3d4E5F6g7h8i9'],
    ['jane@example.com', 'client=jane@example.com'],
  ],
  spiffe: [
    [
      'spiffe://acme.example/ns/team/sa/worker',
      'trust domain=acme.example| namespace=team| service account=worker',
    ],
    ['spiffe://acme.example/payments/web-fe', 'trust domain=acme.example| path=payments| path=web-fe'],
    ['spiffe://acme_1.example/9eebccd2-12bf', 'trust domain=acme_1.example| path=9eebccd2-12bf'],
  ],
}

const notServiceAccounts: [string, RegExp, string, string?][] = [
  ['system:serviceaccount:ns/name', /`:` stands between/, '/', 'system:serviceaccount:ns:name'],
  ['system:serviceaccounts:ns', /is a group/, 'system:serviceaccounts', 'system:serviceaccount:ns:'],
  ['system:serviceaccounts', /is a group/, 'system:serviceaccounts'],
  ['System:ServiceAccount:ns:name', /must begin/, 'System:ServiceAccount:', 'system:serviceaccount:ns:name'],
  ['system:serviceaccount/ns/name', /must begin/, 'system:serviceaccount/', 'system:serviceaccount:ns:name'],
  ['system:serviceaccount:Team:name', /lower-case/, 'Team', 'system:serviceaccount:team:name'],
  ['system:serviceaccount:team_a:', /lower-case/, 'team_a'],
  ['system:serviceaccount:team-:', /lower-case/, 'team-'],
  ['system:serviceaccount:-team', /lower-case/, '-team'],
  [`system:serviceaccount:${'a'.repeat(64)}`, /at most 63/, 'a'.repeat(64)],
  ['system:serviceaccount::name', /namespace is empty/, ':'],
  ['system:serviceaccount:ns:Name', /lower-case/, 'Name', 'system:serviceaccount:ns:name'],
  ['system:serviceaccount:ns:a..b', /RFC 1123/, 'a..b'],
  ['system:serviceaccount:ns:a.-b', /RFC 1123/, 'a.-b'],
  [`system:serviceaccount:ns:${'a'.repeat(254)}`, /at most 253/, 'a'.repeat(254)],
  ['system:serviceaccount:ns:name:x', /nothing comes after/, ':x'],
  ['system:serviceaccount:*:name', /lower-case/, '*'],
  ['system:node:worker-1', /must begin/, 'system'],
  ['repo:a/b', /must begin/, 'repo'],
]

/** What no subject can begin with: the reason, the part it is about, the rewritten text. */
export const bad: Record<string, [string, RegExp, string, string?][]> = {
  'aws-sts': [
    ['ARN:aws:iam::123456789012:role/x', /begin with `arn:`/, 'ARN', 'arn:aws:iam::123456789012:role/x'],
    ['AROAEXAMPLE123', /unique id/, 'AROAEXAMPLE123'],
    ['repo:a/b', /begin with `arn:`/, 'repo'],
    ['arn:azure:iam::1', /partition/, 'azure'],
    ['arn:aws:s3:::bucket', /must be `iam`/, 's3'],
    [
      'arn:aws:sts::123456789012:assumed-role/worker/i-0abc',
      /session/,
      'sts::123456789012:assumed-role/worker/i-0abc',
      'arn:aws:iam::123456789012:role/worker',
    ],
    ['arn:aws:sts::123456789012:federated-user/x', /session/, 'sts'],
    [
      'arn:aws:iam:us-east-1:123456789012:role/x',
      /no region/,
      'us-east-1',
      'arn:aws:iam::123456789012:role/x',
    ],
    ['arn:aws:iam:123456789012:role/x', /no region/, '123456789012', 'arn:aws:iam::123456789012:role/x'],
    ['arn:aws:iam::1234:role/x', /12 digits/, '1234'],
    ['arn:aws:iam::1234567890123', /12 digits/, '1234567890123'],
    ['arn:aws:iam::acme:role/x', /12 digits/, 'acme'],
    ['arn:aws:iam:::role/x', /12 digits/, ':'],
    ['arn:aws:iam::123456789012:role:x', /`role\/` or/, 'role', 'arn:aws:iam::123456789012:role/x'],
    ['arn:aws:iam::123456789012:group/x', /`role\/` or/, 'group'],
    ['arn:aws:iam::123456789012:instance-profile/x', /`role\/` or/, 'instance-profile'],
    ['arn:aws:iam::123456789012:role//x', /missing between/, '/'],
    ['arn:aws:iam::123456789012:role/a b', /only letters/, 'a b'],
    ['arn:aws:iam::123456789012:role/*/x', /only letters/, '*'],
  ],
  eks: notServiceAccounts,
  kubernetes: notServiceAccounts,
  'github-actions': [
    ['repo:o/r:ref:main', /written whole/, 'main', 'repo:o/r:ref:refs/heads/main'],
    ['repo:o/r:ref:release', /written whole/, 'release', 'repo:o/r:ref:refs/heads/release'],
    ['repo:o/r:ref:heads/main', /written whole/, 'heads/main', 'repo:o/r:ref:refs/heads/main'],
    ['repo:o/r:ref:tags/v1', /written whole/, 'tags/v1', 'repo:o/r:ref:refs/tags/v1'],
    ['repo:o/r:refs/heads/main', /after the repository/, 'refs/heads/main', 'repo:o/r:ref:refs/heads/main'],
    ['repo:o/r:branch:main', /after the repository/, 'branch', 'repo:o/r:ref:refs/heads/main'],
    ['repo:o/r:tag:v1', /after the repository/, 'tag', 'repo:o/r:ref:refs/tags/v1'],
    ['repo:o/r:env:prod', /after the repository/, 'env', 'repo:o/r:environment:prod'],
    ['repo:o/r:pull-request', /after the repository/, 'pull-request', 'repo:o/r:pull_request'],
    ['repo:o/r:main', /after the repository/, 'main'],
    ['repo:o/r:*:ref:refs/heads/main', /after the repository/, '*'],
    ['repo:o/r:environment:prod:eu', /written `%3A`/, ':', 'repo:o/r:environment:prod%3Aeu'],
    [
      'repo:o/r:environment:a:b:job_workflow_ref:x',
      /written `%3A`/,
      ':',
      'repo:o/r:environment:a%3Ab:job_workflow_ref:x',
    ],
    ['repo:o/r:ref:refs/heads/a*', /git ref/, '*'],
    [
      'repo:https://github.com/o/r:ref:refs/heads/main',
      /owner\/name/,
      'https',
      'repo:o/r:ref:refs/heads/main',
    ],
    ['repo:o:ref:refs/heads/main', /owner\/name/, 'o'],
    ['repo:o/r.git:ref:refs/heads/main', /without `\.git`/, '.git', 'repo:o/r:ref:refs/heads/main'],
    ['repo:/r:', /owner is missing/, '/'],
    ['repo:o/:', /repository is missing/, '/'],
    ['repo:o/*', /only letters/, '*'],
    ['repo:o/r/x', /only letters/, 'r/x'],
    ['repo:o@x/r', /digits/, 'x'],
    ['repo:o@12/r:', /either both/, 'o@12/r'],
    ['repo:o/r@12', /either both/, 'o/r@12'],
    ['Repo:o/r:pull_request', /must begin/, 'Repo', 'repo:o/r:pull_request'],
    ['repository:o/r:pull_request', /must begin/, 'repository', 'repo:o/r:pull_request'],
    ['system:serviceaccount:a:b', /must begin/, 'system'],
    ['repository_id:acme', /digits/, 'acme'],
  ],
  gitlab: [
    ['project_path:g:ref', /group and a project/, 'g'],
    ['project_path:g/p:branch:main', /followed by/, 'branch'],
    ['project_path:g/p:ref_type:heads', /`branch` and `tag`/, 'heads'],
    ['project_path:g//p', /project path/, 'g//p'],
    ['project_id:acme', /digits/, 'acme'],
    ['repo:g/p', /begin with/, 'repo'],
  ],
  buildkite: [
    ['organization:acme:project:p', /`pipeline:`/, 'project'],
    ['organization:acme:pipeline:p:ref:main', /written whole/, 'main'],
    ['organization:Acme', /lower-case/, 'Acme'],
    [`${UUID}0`, /36 characters/, '0'],
    ['acme', /begin with/, 'acme'],
  ],
  'hcp-terraform': [
    ['organization:o:pipeline:p', /`project:`/, 'pipeline'],
    ['organization:o:project:p:workspace:w:run_phase:destroy', /`plan` and `apply`/, 'destroy'],
    ['organization::project', /organization is empty/, ':'],
  ],
  circleci: [
    ['org/acme', /UUID/, 'acme'],
    [`org/${UUID}/projects/`, /`project\/`/, 'projects'],
  ],
  bitbucket: [
    [`${UUID}:{${UUID}}`, /in braces/, UUID, `{${UUID}}:{${UUID}}`],
    ['{acme}', /in braces/, '{acme}'],
    [`{${UUID}}:{${UUID}}:{${UUID}}:`, /nothing comes after/, ':'],
    [`{${UUID}}::`, /in braces/, ':'],
  ],
  vercel: [['owner:acme:environment:production', /`project:`/, 'environment']],
  fly: [['repo:o/r', /letters/, 'o/r']],
  'azure-devops': [['sc:/acme', /begin with/, 'sc:']],
  google: [
    ['sa@acme.iam.gserviceaccount.com', /claims\.email/, 'sa@acme.iam.gserviceaccount.com'],
    ['0oa123', /number/, '0oa123'],
  ],
  'entra-v2': [
    ['repo:o/r', /object id/, 'repo:o/r'],
    [`${UUID}x`, /36 characters/, 'x'],
  ],
  spiffe: [
    ['spiffe:/acme/x', /begin with/, 'spiffe:/', 'spiffe://acme/x'],
    ['SPIFFE://acme/x', /begin with/, 'SPIFFE://', 'spiffe://acme/x'],
    ['spiffe://Acme.example/x', /lower-case/, 'Acme.example', 'spiffe://acme.example/x'],
    ['spiffe://acme:8443/x', /lower-case/, 'acme:8443'],
    ['spiffe:///x', /missing/, '/'],
    ['spiffe://acme//x', /missing between/, '/'],
    ['spiffe://acme/a/../b', /`\.\.`/, '..'],
    ['spiffe://acme/a/*', /only letters/, '*'],
  ],
}
