import { object, text } from './claim.ts'
import { barePath, compareIssuer, pathNames } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { notBefore, standardClaims, tokenId } from './standard-claims.ts'
import { type Field, readFields } from './subject-fields.ts'

/**
 * Vercel. Sources: Vercel docs "OIDC Federation" (issuer mode "team": `/<team>`; "global": no path) and
 * "OIDC Federation Reference" (claims; names change with the team or project, ids do not; development
 * tokens live 12 hours). The token exchange for other audiences adds `act`, and `jti` when asked.
 */
const some = { optional: true } as const
const environment: Field = {
  key: 'environment:',
  name: 'environment',
  level: 'workload',
  claim: 'environment',
  final: true,
}
const project: Field = {
  key: 'project:',
  name: 'project',
  level: 'project',
  claim: 'project',
  next: [environment],
}
const owner: Field = { key: 'owner:', name: 'team', level: 'tenant', claim: 'owner', next: [project] }

export const vercel: Provider = {
  id: 'vercel',
  name: 'Vercel',
  shared: true,
  publicKeys: true,
  tenantPin: { claim: 'owner_id', enforced: false },
  issuer: {
    example: 'https://oidc.vercel.com/<team>',
    matches: url => url.hostname === 'oidc.vercel.com',
    form: issuer =>
      compareIssuer(issuer, path =>
        pathNames(path).length <= 1
          ? path
          : { reason: 'The issuer of Vercel is `https://oidc.vercel.com/<team>`, or without the team.' },
      ),
    reach: url => (barePath(url.pathname) === '' ? 'platform' : 'customer'),
  },
  subject: {
    shape: 'owner:<team>:project:<project>:environment:<environment>',
    marker: 'owner:',
    separators: ':/',
    read: subject => readFields(subject, [owner], ':'),
  },
  claims: {
    ...standardClaims,
    nbf: notBefore,
    jti: { ...tokenId, ...some },
    owner: text('Team, as its slug; changes when the team is renamed.', { pins: 'tenant' }),
    owner_id: text('Id of the team: `team_…`.', { pins: 'tenant' }),
    project: text('Project; changes when it is renamed.', { pins: 'project' }),
    project_id: text('Id of the project: `prj_…`.', { pins: 'project', alsoPins: ['tenant'] }),
    environment: text(
      '`production`, `preview`, `development` or a custom environment; any push makes a preview.',
      {
        pins: 'workload',
      },
    ),
    scope: text('Team, project and environment, as in `sub`.', {
      ...some,
      pins: 'workload',
      alsoPins: ['tenant', 'project'],
    }),
    external_sub: text('Subject of the end user, when the deployment passes one on.', {
      ...some,
      callerControlled: 'it speaks for the visitor, not for the deployment',
    }),
    user_id: text('User that a development token was given to.', {
      ...some,
      callerControlled: 'it names whoever asked for the token',
    }),
    plan: text('Plan of the team.', some),
    act: object('Audience and time of the token that was exchanged for this one.', {}, some),
  },
  words: {
    tenant: 'team',
    project: 'project',
    workload: 'environment',
    creator: 'whoever can deploy there',
  },
  token: { lifetime: { default: 3600, max: 43200 }, jti: 'sometimes' },
}
