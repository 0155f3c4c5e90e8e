import { isPlaceholder } from '../placeholder.ts'
import { flag, list, text } from './claim.ts'
import { compareIssuer, pathNames } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { standardClaims } from './standard-claims.ts'
import { type Field, readFields } from './subject-fields.ts'
import { uuidValue } from './value-checks.ts'
import { wholeRef } from './value-forms.ts'

/**
 * CircleCI. Source: CircleCI docs "Using OpenID Connect tokens in jobs", section "Format of the OpenID
 * Connect ID token" (one issuer per organization; `$CIRCLE_OIDC_TOKEN_V2` adds origin and ref to `sub`;
 * the list of claims has no `jti`; one hour). The ids of organization, pipeline, workflow and job are
 * newer claims of the same name space.
 */
const some = { optional: true } as const
const NAME_SPACE = 'oidc.circleci.com/'

const ref: Field = {
  key: 'vcs-ref/',
  name: 'ref',
  level: 'workload',
  claim: `${NAME_SPACE}vcs-ref`,
  until: '',
  final: true,
}
const origin: Field = {
  key: 'vcs-origin/',
  name: 'origin',
  level: 'project',
  claim: `${NAME_SPACE}vcs-origin`,
  until: '/vcs-ref/',
  next: [ref],
}
const user: Field = {
  key: 'user/',
  name: 'user',
  level: 'workload',
  callerControlled: 'it names whoever started the job, not what runs',
  final: true,
  check: uuidValue('user'),
  next: [origin],
}
const project: Field = {
  key: 'project/',
  name: 'project',
  level: 'project',
  claim: `${NAME_SPACE}project-id`,
  check: uuidValue('project'),
  next: [user],
}
const organization: Field = {
  key: 'org/',
  name: 'organization',
  level: 'tenant',
  check: uuidValue('organization'),
  next: [project],
}

export const circleci: Provider = {
  id: 'circleci',
  name: 'CircleCI',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://oidc.circleci.com/org/<organization id>',
    matches: url => url.hostname === 'oidc.circleci.com',
    form: issuer =>
      compareIssuer(issuer, path => {
        const [word, id = '', ...rest] = pathNames(path)
        return word === 'org' && id !== '' && rest.length === 0
          ? `/org/${isPlaceholder(id) ? id : id.toLowerCase()}`
          : { reason: 'The issuer of CircleCI is `https://oidc.circleci.com/org/<organization id>`.' }
      }),
  },
  subject: {
    shape: 'org/<organization id>/project/<project id>/user/<user id>',
    marker: 'org/',
    separators: '/:',
    read: subject => readFields(subject, [organization], '/'),
  },
  claims: {
    ...standardClaims,
    [`${NAME_SPACE}project-id`]: text('Id of the project.', { pins: 'project' }),
    [`${NAME_SPACE}org-id`]: text('Id of the organization.', { ...some, pins: 'tenant' }),
    [`${NAME_SPACE}vcs-origin`]: text('Repository of the change: `github.com/org/repo`.', {
      ...some,
      pins: 'project',
    }),
    [`${NAME_SPACE}vcs-ref`]: text('Ref of the change: `refs/heads/main`.', {
      ...some,
      pins: 'workload',
      form: wholeRef,
    }),
    [`${NAME_SPACE}context-ids`]: list('Ids of the contexts the job uses.', some),
    [`${NAME_SPACE}ssh-rerun`]: flag('Whether the job was started again with SSH.', some),
    [`${NAME_SPACE}pipeline-definition-id`]: text('Id of the pipeline definition.', {
      ...some,
      pins: 'workload',
    }),
    [`${NAME_SPACE}pipeline-id`]: text('Id of the pipeline.', { ...some, volatile: true }),
    [`${NAME_SPACE}workflow-id`]: text('Id of the workflow.', { ...some, volatile: true }),
    [`${NAME_SPACE}job-id`]: text('Id of the job.', { ...some, volatile: true }),
  },
  words: {
    tenant: 'organization',
    project: 'project',
    workload: 'job',
    creator: 'whoever can start a pipeline there',
  },
  token: { lifetime: { default: 3600 }, jti: 'never' },
}
