import { compareIssuer } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { serviceAccountSubject } from './service-account-subject.ts'
import { selfManagedToken, serviceAccountClaims, serviceAccountWords } from './service-account-token.ts'

/**
 * A cluster that somebody runs themselves. The operator chooses the issuer (kube-apiserver
 * `--service-account-issuer`), so only the default host can be recognised; it is the same string in
 * every such cluster, and not public. Source: Kubernetes "Managing Service Accounts", section
 * "ServiceAccount issuer discovery".
 */
export const kubernetes: Provider = {
  id: 'kubernetes',
  name: 'Kubernetes',
  shared: false,
  publicKeys: false,
  issuer: {
    example: 'https://kubernetes.default.svc.cluster.local',
    matches: url =>
      url.hostname === 'kubernetes.default.svc' || url.hostname.startsWith('kubernetes.default.svc.'),
    form: issuer => compareIssuer(issuer, path => path, true),
    reach: () => 'self-hosted',
  },
  subject: serviceAccountSubject,
  claims: serviceAccountClaims,
  words: serviceAccountWords,
  token: selfManagedToken,
}
