import { text } from './claim.ts'
import { compareIssuer, pathNames } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { notBefore, standardClaims, tokenId } from './standard-claims.ts'
import { type Field, readFields } from './subject-fields.ts'
import { shaped } from './value-checks.ts'

/**
 * Fly.io. Source: Fly docs "OpenID Connect" (one issuer per organization; `sub` of organization, app and
 * machine by name; claims of the example token).
 */
const name = (what: string) => shaped(`the ${what} has only letters, digits and \`-\``, /^[\w-]*$/)

const machine: Field = {
  key: '',
  name: 'machine',
  level: 'workload',
  claim: 'machine_name',
  final: true,
  check: name('machine name'),
}
const app: Field = {
  key: '',
  name: 'app',
  level: 'project',
  claim: 'app_name',
  check: name('app name'),
  next: [machine],
}
const organization: Field = {
  key: '',
  name: 'organization',
  level: 'tenant',
  claim: 'org_name',
  check: name('organization'),
  next: [app],
}

export const fly: Provider = {
  id: 'fly',
  name: 'Fly.io',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://oidc.fly.io/<organization>',
    matches: url => url.hostname === 'oidc.fly.io',
    form: issuer =>
      compareIssuer(issuer, path =>
        pathNames(path).length === 1
          ? path
          : { reason: 'The issuer of Fly.io is `https://oidc.fly.io/<organization>`.' },
      ),
  },
  subject: {
    shape: '<organization>:<app>:<machine>',
    separators: ':/',
    read: subject => readFields(subject, [organization], ':'),
  },
  claims: {
    ...standardClaims,
    nbf: notBefore,
    jti: tokenId,
    org_name: text('Organization.', { pins: 'tenant' }),
    org_id: text('Id of the organization.', { pins: 'tenant' }),
    app_name: text('App; unique on Fly.io.', { pins: 'project', alsoPins: ['tenant'] }),
    app_id: text('Id of the app.', { pins: 'project', alsoPins: ['tenant'] }),
    machine_id: text('Id of the machine.', { pins: 'workload', alsoPins: ['tenant', 'project'] }),
    machine_name: text('Name of the machine.', { callerControlled: 'whoever creates the machine names it' }),
    machine_version: text('Version of the machine: another after every change.', { volatile: true }),
    image: text('Image the machine runs.'),
    image_digest: text('Digest of that image.', { pins: 'workload' }),
    region: text('Region the machine runs in.'),
  },
  words: {
    tenant: 'organization',
    project: 'app',
    workload: 'machine',
    creator: 'whoever can create a machine there',
  },
  token: { lifetime: {}, jti: 'always' },
}
