import { list, number, text } from './claim.ts'
import { compareIssuer, noPath } from './issuer-form.ts'
import { pieceEnd } from './piece.ts'
import type { ClaimInfo, Provider, Segment } from './provider.ts'
import { notBefore, standardClaims, tokenId } from './standard-claims.ts'
import { type Field, type Problem, readFields, type Value } from './subject-fields.ts'
import { oneOf, shaped } from './value-checks.ts'
import { digits, fullName, shortRef, wholeRef, words } from './value-forms.ts'

/**
 * GitLab CI/CD. Source: GitLab docs "OpenID Connect (OIDC) Authentication Using ID Tokens", section
 * "Token payload" (claims, default `sub`, expiry at the job's timeout or after 5 minutes); projects API,
 * `ci_id_token_sub_claim_components` (other components, the project first). Since the fix for pipelines
 * of forks, `project_*` name the project whose code runs, `job_project_*` the one the job runs in.
 */
const STARTER = { callerControlled: 'it names whoever started the job, not what runs' } as const
const some = { optional: true } as const

const claims: Record<string, ClaimInfo> = {
  ...standardClaims,
  nbf: notBefore,
  jti: tokenId,
  namespace_path: text('Group or user that the project is in.', { pins: 'tenant' }),
  namespace_id: text('Id of the group or user; a string.', { pins: 'tenant', form: digits }),
  project_path: text('Project as `group/project`.', {
    pins: 'project',
    alsoPins: ['tenant'],
    form: fullName,
  }),
  project_id: text('Id of the project; a string.', { pins: 'project', alsoPins: ['tenant'], form: digits }),
  project_visibility: text('`public`, `internal` or `private`.'),
  job_namespace_path: text('Group or user of the project the job runs in.', { ...some, pins: 'tenant' }),
  job_namespace_id: text('Id of that group or user.', { ...some, pins: 'tenant' }),
  job_project_path: text('Project the job runs in.', { ...some, pins: 'project', alsoPins: ['tenant'] }),
  job_project_id: text('Id of the project the job runs in.', {
    ...some,
    pins: 'project',
    alsoPins: ['tenant'],
  }),
  ref: text('Branch or tag, as a short name: `main`.', { pins: 'workload', form: shortRef }),
  ref_type: text('`branch` or `tag`.', { form: words('branch', 'tag') }),
  ref_path: text('Whole ref: `refs/heads/main`.', { pins: 'workload', form: wholeRef }),
  ref_protected: text('`true` when the ref is protected; a string.', {
    pins: 'workload',
    form: words('true', 'false'),
  }),
  environment: text('Environment the job deploys to.', { ...some, pins: 'workload' }),
  environment_protected: text('`true` when the environment is protected; a string.', {
    ...some,
    form: words('true', 'false'),
  }),
  environment_action: text('What the job does with the environment: `start`, `stop` and the like.', some),
  deployment_tier: text('Tier of the environment: `production`, `staging` and the like.', some),
  ci_config_ref_uri: text('Pipeline definition with its ref.', { ...some, pins: 'workload' }),
  ci_config_sha: text('Commit of the pipeline definition.', some),
  job_source: text('Where the job comes from: pipeline or policy.', some),
  job_policy_ref_uri: text('Policy file that added the job.', some),
  job_policy_ref_sha: text('Commit of that policy file.', some),
  pipeline_source: text(
    'Event that started the pipeline: `push`, `web`, `merge_request_event` and the like.',
    {
      callerControlled: 'whoever starts the pipeline picks the event',
    },
  ),
  user_id: text('Id of the user who started the job; a string.', STARTER),
  user_login: text('Name of the user who started the job.', STARTER),
  user_email: text('Address of the user who started the job.', STARTER),
  user_access_level: text('Role of that user in the project.', { ...STARTER, ...some }),
  user_identities: list('External identities of that user.', { ...STARTER, ...some }),
  groups_direct: list('Groups that user is a member of.', { ...STARTER, ...some }),
  runner_id: number('Id of the runner; a number.'),
  runner_environment: text('`gitlab-hosted` or `self-hosted`.'),
  sha: text('Commit the job is for.', { volatile: true }),
  pipeline_id: text('Id of the pipeline.', { volatile: true }),
  job_id: text('Id of the job.', { volatile: true }),
}

/** `group/subgroup/project`: the last name is the project once the path is whole. */
function pathSegments({ text: subject, start, end, closed }: Value): Segment[] {
  const segments: Segment[] = []
  for (let at = start; at < end; ) {
    const stop = Math.min(end, pieceEnd(subject, at, '/'))
    const inside = stop < end
    const place: Pick<Segment, 'name' | 'level'> =
      at === start && (inside || !closed)
        ? { name: 'group', level: 'tenant' }
        : { name: inside ? 'subgroup' : 'project', level: 'project' }
    segments.push({ ...place, text: subject.slice(at, stop), start: at, end: stop, closed: inside || closed })
    at = stop + 1
  }
  return segments
}

/** Unlike most, GitLab writes a branch by its name alone. */
function checkRef({ text: subject, value, start, end }: Value): Problem | undefined {
  if (shortRef.fits(value)) return undefined
  const name = shortRef.mend?.(value) ?? ''
  const rest =
    name === '' || name.startsWith('refs/') ? undefined : subject.slice(0, start) + name + subject.slice(end)
  return { reason: shortRef.reason, start, end, ...(rest !== undefined && { suggestion: rest }) }
}

const later: Field[] = Object.entries(claims)
  .filter(([key, { type }]) => type === 'string' && !(key in standardClaims) && key !== 'jti')
  .map(([key, { pins }]) => ({
    key: `${key}:`,
    name: key,
    level: pins ?? 'workload',
    claim: key,
    final: true,
    ...(key === 'ref_type' && { check: oneOf(['branch', 'tag']) }),
    ...(key === 'ref' && { check: checkRef }),
  }))

const project: Field = {
  key: 'project_path:',
  name: 'project path',
  level: 'project',
  split: pathSegments,
  check: at =>
    shaped(
      'a project path has names of letters, digits and `_.-`, with `/` between them',
      /^(?:[\w.-]+\/)*[\w.-]*$/,
    )(at) ?? shaped('a project path has at least a group and a project', /^/, /^[^/]+\/.*[^/]$/)(at),
  next: later,
}
const projectId: Field = {
  key: 'project_id:',
  name: 'project id',
  level: 'project',
  alsoPins: ['tenant'],
  claim: 'project_id',
  final: true,
  check: shaped('a project id has only digits', /^\d*$/),
  next: later,
}
for (const field of later) field.next = later

export const gitlab: Provider = {
  id: 'gitlab',
  name: 'GitLab CI/CD',
  shared: true,
  publicKeys: true,
  tenantPin: { claim: 'namespace_path', enforced: true },
  issuer: {
    example: 'https://gitlab.com',
    matches: url => url.hostname === 'gitlab.com',
    form: issuer => compareIssuer(issuer, noPath),
  },
  subject: {
    shape: 'project_path:<group>/<project>:ref_type:branch:ref:<branch>',
    marker: 'project_path:',
    separators: ':/',
    read: subject => readFields(subject, [project, projectId], ':'),
  },
  claims,
  words: {
    tenant: 'group',
    project: 'project',
    workload: 'job',
    creator: 'whoever can push a branch or start a pipeline there',
  },
  token: { lifetime: { default: 300 }, jti: 'always' },
}
