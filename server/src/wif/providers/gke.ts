import { compareIssuer } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { serviceAccountSubject } from './service-account-subject.ts'
import { managedToken, serviceAccountClaims, serviceAccountWords } from './service-account-token.ts'

/**
 * Google Kubernetes Engine. Source: Google Cloud "Workload Identity Federation with Kubernetes"
 * (issuer of a GKE cluster; no slash at the end).
 */
export const gke: Provider = {
  id: 'gke',
  name: 'Google Kubernetes Engine',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://container.googleapis.com/v1/projects/<project>/locations/<location>/clusters/<cluster>',
    matches: url => url.hostname === 'container.googleapis.com',
    form: issuer =>
      compareIssuer(issuer, path =>
        /^\/v1\/projects\/[^/]+\/(?:locations|zones)\/[^/]+\/clusters\/[^/]+$/.test(path)
          ? path
          : {
              reason:
                'The issuer of a GKE cluster is `https://container.googleapis.com/v1/projects/…/locations/…/clusters/…`.',
            },
      ),
  },
  subject: serviceAccountSubject,
  claims: serviceAccountClaims,
  words: serviceAccountWords,
  token: managedToken,
}
