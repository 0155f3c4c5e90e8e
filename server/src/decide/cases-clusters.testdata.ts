import { CLAUDE, type ProviderCases } from './cases.testdata.ts'

const WORKER = 'system:serviceaccount:inference:worker'
const TENANT = '3f2b7a52-6a0e-4b8f-9d55-1f2f1f0d9a77'
const OBJECT = '9b16512e-9253-4836-be3c-1bce626513a2'
const POD = {
  sub: WORKER,
  aud: [CLAUDE],
  jti: 'a3f1',
  'kubernetes.io': {
    namespace: 'inference',
    node: { name: 'ip-10-0-1-7', uid: '51f0' },
    pod: { name: 'worker-7c9d', uid: '12ab' },
    serviceaccount: { name: 'worker', uid: '77cd' },
  },
}

/** Tokens of pods and of SPIFFE workloads. */
export const CLUSTERS: ProviderCases[] = [
  {
    provider: 'eks',
    issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4',
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER, audience: CLAUDE }, 'admitted'],
      ['the namespace', { subject_prefix: 'system:serviceaccount:inference:*' }, 'admitted'],
      [
        'another namespace',
        { subject_prefix: 'system:serviceaccount:batch:worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'the default account',
        { subject_prefix: 'system:serviceaccount:inference:default' },
        'match_subject_prefix (differs)',
      ],
      [
        'a capital letter',
        { subject_prefix: 'system:serviceaccount:Inference:worker' },
        'match_subject_prefix (case)',
      ],
      [
        'the namespace without its wildcard',
        { subject_prefix: 'system:serviceaccount:inference:' },
        'match_subject_prefix (wildcard)',
      ],
      ['any namespace', { subject_prefix: 'system:serviceaccount:*:worker' }, 'match_subject_prefix (inner)'],
      ['the token of IRSA', { subject_prefix: WORKER }, 'match_audience', { aud: ['sts.amazonaws.com'] }],
      [
        'two audiences, one of them Claude',
        { subject_prefix: WORKER },
        'admitted',
        { aud: ['sts.amazonaws.com', CLAUDE] },
      ],
      ['the namespace as if it were a claim', { claims: { namespace: 'inference' } }, 'match_claims'],
      [
        'the namespace, by a condition',
        { condition: 'claims["kubernetes.io"].namespace == "inference"' },
        'admitted',
      ],
      [
        'the audience among the claims',
        { subject_prefix: WORKER, claims: { aud: CLAUDE } },
        'match_claims (list)',
      ],
      [
        'another cluster',
        { subject_prefix: WORKER },
        'issuer_mismatch (differs)',
        { iss: 'https://oidc.eks.us-west-2.amazonaws.com/id/6FA42E7BFDE8549CB11122233344455A' },
      ],
      [
        'the cluster in small letters',
        { subject_prefix: WORKER },
        'issuer_mismatch (case)',
        { iss: 'https://oidc.eks.us-west-2.amazonaws.com/id/8b255427c173093d33b9a72b9ea6a4e4' },
      ],
    ],
  },
  {
    provider: 'gke',
    issuer: 'https://container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/prod',
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER }, 'admitted'],
      ['a space behind it', { subject_prefix: `${WORKER} ` }, 'match_subject_prefix (space)'],
      [
        'another account',
        { subject_prefix: 'system:serviceaccount:inference:workers' },
        'match_subject_prefix (differs)',
      ],
      [
        'the pool of workload identity',
        { subject_prefix: 'acme.svc.id.goog[inference/worker]' },
        'match_subject_prefix',
      ],
      [
        'another cluster of the project',
        { subject_prefix: WORKER },
        'issuer_mismatch (differs)',
        { iss: 'https://container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/test' },
      ],
      [
        'the pod, by a condition',
        { condition: 'claims["kubernetes.io"].pod.name.startsWith("worker-")' },
        'admitted',
      ],
      [
        'a claim of the pod that is absent',
        { condition: 'claims["kubernetes.io"].warnafter > 0' },
        'match_condition',
      ],
    ],
  },
  {
    provider: 'aks',
    issuer: `https://westeurope.oic.prod-aks.azure.com/${TENANT}/${OBJECT}/`,
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER }, 'admitted'],
      [
        'the issuer without its slash',
        { subject_prefix: WORKER },
        'issuer_mismatch (slash)',
        { iss: `https://westeurope.oic.prod-aks.azure.com/${TENANT}/${OBJECT}` },
      ],
      [
        'the token for Entra',
        { subject_prefix: WORKER },
        'match_audience',
        { aud: ['api://AzureADTokenExchange'] },
      ],
      ['the namespace', { subject_prefix: 'system:serviceaccount:inference*' }, 'admitted'],
      [
        'underscores',
        { subject_prefix: 'system:service_account:inference:worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'both parts of the subject, by a condition',
        { condition: 'claims.sub.split(":")[3] == "worker"' },
        'match_condition',
      ],
      ['the end of the subject, by a condition', { condition: 'claims.sub.endsWith(":worker")' }, 'admitted'],
    ],
  },
  {
    provider: 'kubernetes',
    issuer: 'https://kubernetes.default.svc.cluster.local',
    claims: POD,
    cases: [
      ['the service account', { subject_prefix: WORKER }, 'admitted'],
      [
        'the short name of the API server',
        { subject_prefix: WORKER },
        'issuer_mismatch (differs)',
        { iss: 'https://kubernetes.default.svc' },
      ],
      ['an old token without an audience', { subject_prefix: WORKER }, 'match_audience', { aud: undefined }],
      [
        'the audience of the API server',
        { subject_prefix: WORKER },
        'match_audience',
        { aud: ['https://kubernetes.default.svc.cluster.local'] },
      ],
      [
        'an audience of the house',
        { subject_prefix: WORKER, audience: 'claude' },
        'admitted',
        { aud: ['claude'] },
      ],
      ['a user', { subject_prefix: WORKER }, 'match_subject_prefix', { sub: 'kubernetes-admin' }],
      ['a group', { subject_prefix: 'system:serviceaccounts:inference' }, 'match_subject_prefix (differs)'],
    ],
  },
  {
    provider: 'spiffe',
    issuer: 'https://oidc.internal.example',
    claims: { sub: 'spiffe://prod.example/ns/inference/sa/worker', aud: [CLAUDE, 'vault'] },
    cases: [
      ['the workload', { subject_prefix: 'spiffe://prod.example/ns/inference/sa/worker' }, 'admitted'],
      ['the namespace', { subject_prefix: 'spiffe://prod.example/ns/inference/*' }, 'admitted'],
      [
        'the trust domain of tests',
        { subject_prefix: 'spiffe://test.example/ns/inference/sa/worker' },
        'match_subject_prefix (differs)',
      ],
      [
        'a slash at the end',
        { subject_prefix: 'spiffe://prod.example/ns/inference/sa/worker/' },
        'match_subject_prefix (slash)',
      ],
      ['the other audience', { subject_prefix: 'spiffe://prod.example/*', audience: 'vault' }, 'admitted'],
      [
        'a third audience',
        { subject_prefix: 'spiffe://prod.example/*', audience: 'consul' },
        'match_audience',
      ],
      ['without `iat`', { subject_prefix: 'spiffe://prod.example/*' }, 'claim_missing', { iat: undefined }],
      ['without `iss`', { subject_prefix: 'spiffe://prod.example/*' }, 'issuer_mismatch', { iss: undefined }],
    ],
  },
]
