import { number, object, text } from './claim.ts'
import { compareIssuer, noPath } from './issuer-form.ts'
import type { Provider, SubjectReading } from './provider.ts'
import { notBefore, standardClaims, tokenId } from './standard-claims.ts'
import { type Field, readFields } from './subject-fields.ts'
import { beginsUuid, isUuid, shaped } from './value-checks.ts'

/**
 * Buildkite. Source: Buildkite docs "buildkite-agent oidc", sections "Claims", "Optional claims" (sent
 * only when asked for with `--claim`; agent tags come as `agent_tag:<name>`) and "Custom subject claims"
 * (`--subject-claim` replaces `sub` by one UUID). Its example tokens have no `jti`.
 */
const some = { optional: true } as const
const slug = (name: string) =>
  shaped(`the ${name} has only lower-case letters, digits, \`-\` and \`_\``, /^[a-z0-9_-]*$/)

const step: Field = {
  key: 'step:',
  name: 'step',
  level: 'workload',
  claim: 'step_key',
  until: '',
  final: true,
  mayBeEmpty: true,
}
const commit: Field = {
  key: 'commit:',
  name: 'commit',
  level: 'workload',
  claim: 'build_commit',
  next: [step],
}
const ref: Field = {
  key: 'ref:',
  name: 'ref',
  level: 'workload',
  check: shaped(
    'a ref is written whole, as `refs/heads/<branch>` or `refs/tags/<tag>`',
    /^(?:r?|re|ref|refs|refs\/[a-z]{0,5}|refs\/(?:heads|tags)\/.*)$/s,
    /^refs\/(?:heads|tags)\/./s,
  ),
  next: [commit],
}
const pipeline: Field = {
  key: 'pipeline:',
  name: 'pipeline',
  level: 'project',
  claim: 'pipeline_slug',
  check: slug('pipeline slug'),
  next: [ref],
}
const organization: Field = {
  key: 'organization:',
  name: 'organization',
  level: 'tenant',
  claim: 'organization_slug',
  check: slug('organization slug'),
  next: [pipeline],
}

function read(subject: string): SubjectReading {
  const start = 0
  const end = Math.min(36, subject.length)
  const id = subject.slice(start, end)
  if (id === '' || !beginsUuid(id)) return readFields(subject, [organization], ':')
  const closed = id.length === 36
  const segments = [{ name: 'id', level: 'workload' as const, text: id, start, end, closed }]
  if (subject.length === end) return { segments, complete: isUuid(id) }
  const problem = { reason: 'a UUID has 36 characters', start: end, end: subject.length }
  return { segments, complete: false, problem }
}

export const buildkite: Provider = {
  id: 'buildkite',
  name: 'Buildkite',
  shared: true,
  publicKeys: true,
  tenantPin: { claim: 'organization_slug', enforced: true },
  issuer: {
    example: 'https://agent.buildkite.com',
    matches: url => url.hostname === 'agent.buildkite.com',
    form: issuer => compareIssuer(issuer, noPath),
  },
  subject: {
    shape: 'organization:<org>:pipeline:<pipeline>:ref:refs/heads/<branch>:commit:<sha>:step:<key>',
    marker: 'organization:',
    separators: ':/',
    read,
  },
  claims: {
    ...standardClaims,
    nbf: notBefore,
    jti: { ...tokenId, ...some },
    organization_slug: text('Organization.', { pins: 'tenant' }),
    organization_id: text('Id of the organization, when the job asks for it.', { ...some, pins: 'tenant' }),
    pipeline_slug: text('Pipeline; unique in its organization.', { pins: 'project' }),
    pipeline_id: text('Id of the pipeline, when the job asks for it.', {
      ...some,
      pins: 'project',
      alsoPins: ['tenant'],
    }),
    build_branch: text('Branch of the build.', { pins: 'workload' }),
    build_tag: text('Tag of the build.', { ...some, pins: 'workload' }),
    step_key: text('`key` of the step; null when it has none.', { ...some, pins: 'workload' }),
    build_source: text('What started the build: `ui`, `api`, `webhook`, `trigger_job` or `schedule`.', {
      callerControlled: 'whoever starts the build picks the way',
    }),
    build_number: number('Number of the build.', { volatile: true }),
    build_id: text('Id of the build, when the job asks for it.', { ...some, volatile: true }),
    build_commit: text('Commit of the build.', { volatile: true }),
    job_id: text('Id of the job.', { volatile: true }),
    agent_id: text('Id of the agent.', { volatile: true }),
    cluster_id: text('Id of the cluster, when the job asks for it.', { ...some, pins: 'tenant' }),
    cluster_name: text('Name of the cluster, when the job asks for it.', some),
    queue_id: text('Id of the queue, when the job asks for it.', { ...some, pins: 'tenant' }),
    queue_key: text('Key of the queue, when the job asks for it.', some),
    runner_environment: text('`buildkite-hosted` or `self-hosted`.'),
    'https://aws.amazon.com/tags': object('Session tags for AWS, when the job asks for them.', {}, some),
  },
  words: {
    tenant: 'organization',
    project: 'pipeline',
    workload: 'job',
    creator: 'whoever can start a build there',
  },
  token: { lifetime: { default: 300 }, jti: 'sometimes' },
}
