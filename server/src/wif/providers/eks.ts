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
    matches: url => HOST.test(url.hostname) || API_SERVER.test(url.hostname),
    form: (issuer, url) =>
      API_SERVER.test(url.hostname)
        ? { ok: false, reason: NOT_THE_API_SERVER }
        : compareIssuer(issuer, path => {
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

/** The endpoint of a cluster, beside the issuer in what `aws eks describe-cluster` prints. */
const API_SERVER = /^[0-9a-f]{32}\.[a-z0-9]+\.[a-z0-9-]+\.eks\.amazonaws\.(?:com|com\.cn|eu)$/

const NOT_THE_API_SERVER =
  'This is the API server of an EKS cluster; tokens carry its OIDC issuer, `cluster.identity.oidc.issuer` in what `aws eks describe-cluster` prints'

const NO_ID =
  'The issuer of an EKS cluster ends in `/id/` and its hexadecimal id; `aws eks describe-cluster` shows it.'
