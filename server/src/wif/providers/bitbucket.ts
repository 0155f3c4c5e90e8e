import { isPlaceholder } from '../placeholder.ts'
import { text } from './claim.ts'
import { compareIssuer, pathNames } from './issuer-form.ts'
import { pieceEnd } from './piece.ts'
import type { Provider, Segment, SubjectReading } from './provider.ts'
import { standardClaims } from './standard-claims.ts'
import { failing, withSoundSuggestions } from './subject-fields.ts'
import { beginsUuid, isUuid } from './value-checks.ts'

/**
 * Bitbucket Pipelines. Source: Atlassian support "Integrate Pipelines with resource servers using OIDC"
 * (one issuer per workspace, audience `ari:cloud:bitbucket::workspace/<uuid>`, `sub` of UUIDs in braces:
 * repository, deployment environment if any, step; one hour). The step is another on every run.
 */
const PATH = ['2.0', 'workspaces', '', 'pipelines-config', 'identity', 'oidc']

/** What the pieces are: the last one is the step, and it is known for one only when nothing follows. */
const PLACES: Pick<Segment, 'name' | 'level' | 'claim'>[] = [
  { name: 'repository', level: 'project', claim: 'repositoryUuid' },
  { name: 'deployment environment', level: 'workload', claim: 'deploymentEnvironmentUuid' },
  { name: 'step', level: 'workload', claim: 'stepUuid' },
]

function read(subject: string): SubjectReading {
  const segments: Segment[] = []
  const fail = failing(segments)
  for (let at = 0, index = 0; at < subject.length; index += 1) {
    const end = pieceEnd(subject, at, ':')
    const value = subject.slice(at, end)
    const closed = end < subject.length
    const place = PLACES[index === 1 && !closed ? 2 : index]
    if (place === undefined) return fail('nothing comes after the step', at - 1, subject.length)
    if (value !== '') segments.push({ ...place, text: value, start: at, end, closed })
    const inner = value.endsWith('}') ? value.slice(1, -1) : value.slice(1)
    const whole = value.endsWith('}') && isUuid(inner)
    const begins = value.startsWith('{') && (whole || (!value.endsWith('}') && beginsUuid(inner)))
    if (!(closed ? whole && value.startsWith('{') : begins) && !isPlaceholder(value)) {
      const suggestion = isUuid(value) ? `${subject.slice(0, at)}{${value}}${subject.slice(end)}` : undefined
      return fail(`the ${place.name} must be a UUID in braces`, at, Math.max(end, at + 1), suggestion)
    }
    if (!closed) return { segments, complete: index > 0 && (whole || isPlaceholder(value)) }
    if (index === 2) return fail('nothing comes after the step', end, subject.length)
    at = end + 1
  }
  return { segments, complete: false }
}

export const bitbucket: Provider = {
  id: 'bitbucket',
  name: 'Bitbucket Pipelines',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://api.bitbucket.org/2.0/workspaces/<workspace>/pipelines-config/identity/oidc',
    matches: url => url.hostname === 'api.bitbucket.org',
    form: issuer =>
      compareIssuer(issuer, path => {
        const names = pathNames(path)
        const right =
          names.length === PATH.length && PATH.every((name, index) => name === '' || name === names[index])
        return right
          ? path
          : {
              reason:
                'The issuer is the "Identity provider URL" in the OpenID Connect settings of the repository.',
            }
      }),
  },
  subject: {
    shape: '{<repository uuid>}:{<deployment environment uuid>}:{<step uuid>}',
    separators: ':',
    read: withSoundSuggestions(read),
  },
  claims: {
    ...standardClaims,
    workspaceUuid: text('Id of the workspace, in braces.', { pins: 'tenant' }),
    accountUuid: text('Id of the account that owns the workspace, in braces.', {
      optional: true,
      pins: 'tenant',
    }),
    repositoryUuid: text('Id of the repository, in braces.', { pins: 'project' }),
    deploymentEnvironmentUuid: text(
      'Id of the deployment environment, in braces; its restrictions decide who deploys.',
      {
        optional: true,
        pins: 'workload',
      },
    ),
    branchName: text('Branch of the pipeline.', {
      optional: true,
      callerControlled: 'whoever can push a branch names it',
    }),
    pipelineUuid: text('Id of this run of the pipeline.', { volatile: true }),
    stepUuid: text('Id of the step in this run.', { volatile: true }),
  },
  words: {
    tenant: 'workspace',
    project: 'repository',
    workload: 'pipeline step',
    creator: 'whoever can push a branch there',
  },
  token: { lifetime: { default: 3600 }, jti: 'never' },
}
