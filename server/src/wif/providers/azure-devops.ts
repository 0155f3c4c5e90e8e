import { isPlaceholder } from '../placeholder.ts'
import { text } from './claim.ts'
import { compareIssuer, pathNames } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { notBefore, standardClaims, tokenId } from './standard-claims.ts'
import { type Field, readFields } from './subject-fields.ts'

/**
 * Azure DevOps. Sources: Azure DevOps docs "Manually set an Azure Resource Manager workload identity
 * service connection" (issuer per organization, `sc://` subject) and "Convert service connections"
 * (new connections get their tokens from Microsoft Entra, see `entra.ts`; this issuer ends in 2027).
 * A token asked for without a connection names the pipeline: `p://org/project/pipeline` (published
 * tokens, with `jti` and 5 minutes of life). The audience cannot be chosen.
 */
const path = (scheme: string, last: Pick<Field, 'name'>): Field => ({
  key: scheme,
  name: 'organization',
  level: 'tenant',
  next: [
    {
      key: '',
      name: 'project',
      level: 'project',
      next: [{ key: '', level: 'workload', until: '', final: true, ...last }],
    },
  ],
})

export const azureDevops: Provider = {
  id: 'azure-devops',
  name: 'Azure DevOps',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://vstoken.dev.azure.com/<organization id>',
    matches: url => url.hostname === 'vstoken.dev.azure.com',
    form: issuer =>
      compareIssuer(issuer, written => {
        const [id = '', ...rest] = pathNames(written)
        return id !== '' && rest.length === 0
          ? `/${isPlaceholder(id) ? id : id.toLowerCase()}`
          : { reason: 'The issuer of Azure DevOps is `https://vstoken.dev.azure.com/<organization id>`.' }
      }),
  },
  subject: {
    shape: 'sc://<organization>/<project>/<service connection>',
    marker: 'sc://',
    separators: '/',
    read: subject =>
      readFields(
        subject,
        [path('sc://', { name: 'service connection' }), path('p://', { name: 'pipeline' })],
        '/',
      ),
  },
  claims: {
    ...standardClaims,
    nbf: notBefore,
    jti: tokenId,
    org_id: text('Id of the organization.', { pins: 'tenant' }),
    prj_id: text('Id of the project.', { pins: 'project', alsoPins: ['tenant'] }),
    def_id: text('Id of the pipeline; a string.', { pins: 'workload' }),
    rpo_id: text('Repository the pipeline is built from.'),
    rpo_uri: text('Address of that repository.'),
    rpo_ref: text('Ref of the run: `refs/heads/main`.', { pins: 'workload' }),
    rpo_ver: text('Commit of the run.', { volatile: true }),
    run_id: text('Id of the run; a string.', { volatile: true }),
  },
  words: {
    tenant: 'organization',
    project: 'project',
    workload: 'service connection',
    creator: 'whoever can create a service connection there',
  },
  token: { lifetime: { default: 300 }, jti: 'always' },
}
