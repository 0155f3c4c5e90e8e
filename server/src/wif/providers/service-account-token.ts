import { number, object, text } from './claim.ts'
import type { ClaimInfo, Provider } from './provider.ts'
import { audienceList, notBefore, standardClaims, tokenId } from './standard-claims.ts'

/**
 * What all Kubernetes service-account tokens share. Sources: Kubernetes "Managing Service Accounts",
 * section "Schema for service account private claims"; TokenRequest v1 (`expirationSeconds` defaults
 * to 3600); KEP-4193 (`jti` and `node`: on by default since 1.30).
 */
const reference = (what: string, name: ClaimInfo, uid: ClaimInfo) =>
  object(what, { name, uid }, { optional: true })

export const serviceAccountClaims: Record<string, ClaimInfo> = {
  ...standardClaims,
  aud: audienceList,
  nbf: notBefore,
  jti: { ...tokenId, optional: true },
  'kubernetes.io': object('The objects the token is bound to.', {
    namespace: text('Namespace of the service account.', { pins: 'project' }),
    serviceaccount: object('The service account.', {
      name: text('Name of the service account, unique in its namespace.', { pins: 'workload' }),
      uid: text('Id of the service account; a new one when it is deleted and made again.', {
        pins: 'workload',
        alsoPins: ['project'],
      }),
    }),
    pod: reference(
      'The pod the token was issued to.',
      text('Name of the pod.', { callerControlled: 'whoever creates the pod names it' }),
      text('Id of the pod.', { volatile: true }),
    ),
    node: reference(
      'The node of the pod (since Kubernetes 1.30).',
      text('Name of the node.'),
      text('Id of the node.'),
    ),
    secret: reference(
      'The Secret a bound token depends on.',
      text('Name of the Secret.'),
      text('Id of the Secret.'),
    ),
    warnafter: number('When the API server begins to warn about the use of an extended token.', {
      optional: true,
      volatile: true,
    }),
  }),
}

export const serviceAccountWords: Provider['words'] = {
  tenant: 'cluster',
  project: 'namespace',
  workload: 'service account',
  creator: 'whoever can create a pod or a service account there',
}

/** `jti` is on by default since 1.30: the managed offerings run nothing older any more. */
export const managedToken: Provider['token'] = { lifetime: { default: 3600 }, jti: 'always' }

export const selfManagedToken: Provider['token'] = { lifetime: { default: 3600 }, jti: 'sometimes' }
