import { isPlaceholder } from '../placeholder.ts'
import { compareIssuer, pathNames } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { serviceAccountSubject } from './service-account-subject.ts'
import { managedToken, serviceAccountClaims, serviceAccountWords } from './service-account-token.ts'

/**
 * Amazon EKS. Sources: EKS user guide "Create an IAM OIDC provider for your cluster" (issuer with
 * `/id/` and the cluster's id) and "IPv6, dual-stack and FIPS endpoints" (`oidc-eks.<region>.api.aws`).
 */
const HOST =
  /^(?:oidc\.eks\.[a-z0-9-]+\.amazonaws\.(?:com|com\.cn|eu)|oidc-eks\.[a-z0-9-]+\.api\.(?:aws|amazonwebservices\.(?:com\.cn|eu)))$/

export const eks: Provider = {
  id: 'eks',
  name: 'Amazon EKS',
  shared: false,
  publicKeys: true,
  issuer: {
    example: 'https://oidc.eks.<region>.amazonaws.com/id/<cluster id>',
    matches: url => HOST.test(url.hostname),
    form: issuer =>
      compareIssuer(issuer, path => {
        const [word, id = '', ...rest] = pathNames(path)
        if (word !== 'id' || rest.length > 0) return { reason: NO_ID }
        if (isPlaceholder(id)) return path
        return /^[0-9A-F]+$/i.test(id) ? `/id/${id.toUpperCase()}` : { reason: NO_ID }
      }),
  },
  subject: serviceAccountSubject,
  claims: serviceAccountClaims,
  words: serviceAccountWords,
  token: managedToken,
}

const NO_ID =
  'The issuer of an EKS cluster ends in `/id/` and its hexadecimal id; `aws eks describe-cluster` shows it.'
