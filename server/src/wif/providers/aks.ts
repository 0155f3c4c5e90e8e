import { compareIssuer } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { serviceAccountSubject } from './service-account-subject.ts'
import { managedToken, serviceAccountClaims, serviceAccountWords } from './service-account-token.ts'

/**
 * Azure Kubernetes Service. Source: AKS "Create an OpenID Connect provider" (base URL
 * `https://{region}.oic.prod-aks.azure.com`; `az aks show` prints the slash at the end).
 * The host without a region is the form of the first clusters, with one id instead of two.
 */
const HOST = /^(?:[a-z0-9-]+\.oic|oidc)\.prod-aks\.azure\.(?:com|us|cn)$/

export const aks: Provider = {
  id: 'aks',
  name: 'Azure Kubernetes Service',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://<region>.oic.prod-aks.azure.com/<tenant id>/<cluster id>/',
    matches: url => HOST.test(url.hostname),
    form: issuer =>
      compareIssuer(issuer, path =>
        /^\/[^/]+(?:\/[^/]+)?$/.test(path)
          ? `${path}/`
          : {
              reason:
                'The issuer of an AKS cluster is `https://<region>.oic.prod-aks.azure.com/<tenant id>/<cluster id>/`.',
            },
      ),
  },
  subject: serviceAccountSubject,
  claims: serviceAccountClaims,
  words: serviceAccountWords,
  token: managedToken,
}
