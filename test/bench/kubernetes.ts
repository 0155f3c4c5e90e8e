import type { Random } from './random.ts'

/** Manifests as platform teams have them by the thousand. Nothing in them has to do with the Claude API. */

const APPS = [
  'checkout',
  'billing',
  'search',
  'ingest',
  'frontend',
  'ledger',
  'notifier',
  'scheduler',
] as const
const TEAMS = ['payments', 'platform', 'data', 'growth', 'core', 'edge', 'ml'] as const
const REGISTRIES = [
  'registry.example.com',
  'ghcr.io/acme',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
] as const

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n')

const indent = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by))

function name(random: Random): string {
  return `${random.pick(APPS)}-${random.pick(['api', 'worker', 'web', 'cron', 'db', 'cache'])}-${random.int(1, 9999)}`
}

export function namespace(random: Random): string {
  return `${random.pick(TEAMS)}-${random.pick(['prod', 'staging', 'dev'])}`
}

function metadata(random: Random, own: string): string {
  return `metadata:
  name: ${own}
  namespace: ${namespace(random)}
  labels:
    app.kubernetes.io/name: ${own}
    app.kubernetes.io/part-of: ${random.pick(TEAMS)}
    app.kubernetes.io/version: "${random.int(1, 9)}.${random.int(0, 30)}.${random.int(0, 99)}"
    app.kubernetes.io/managed-by: kustomize
  annotations:
    example.com/owner: ${random.pick(TEAMS)}@example.com
    example.com/revision: "${random.int(1e8, 9e8)}"`
}

/** One container of a pod, with the variables in `env` (lines of YAML) besides its own. */
export function container(
  random: Random,
  own: string,
  { env = '', mounts = '', settings = random.int(4, 24) } = {},
): string {
  return `- name: ${own}
  image: ${random.pick(REGISTRIES)}/${own}:v${random.int(1, 40)}.${random.int(0, 20)}.${random.int(0, 9)}
  imagePullPolicy: IfNotPresent
  args: ["--port=8080", "--log-level=${random.pick(['info', 'debug', 'warn'])}"]
  ports:
    - name: http
      containerPort: 8080
    - name: metrics
      containerPort: 9090
  env:
${indent(env, 4)}${lines(
  settings,
  i => `    - name: ${own.toUpperCase().replaceAll('-', '_')}_SETTING_${i}
      value: "${random.pick(['true', 'false', 'eu-west-1', 'postgres.internal:5432', 'https://example.com/v1'])}"`,
)}
    - name: DATABASE_PASSWORD
      valueFrom:
        secretKeyRef:
          name: ${own}-db # rotated by the operator
          key: password
  resources:
    requests: { cpu: ${random.int(1, 9)}00m, memory: ${random.int(1, 8) * 128}Mi }
    limits:
      memory: ${random.int(1, 8) * 256}Mi
  livenessProbe:
    httpGet: { path: /healthz, port: http }
    initialDelaySeconds: ${random.int(5, 60)}
  readinessProbe:
    httpGet:
      path: /ready
      port: http
    periodSeconds: ${random.int(5, 30)}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities: { drop: ["ALL"] }
  volumeMounts:
${indent(mounts, 4)}    - name: config
      mountPath: /etc/${own}
      readOnly: true
    - name: tmp
      mountPath: /tmp`
}

/** A Deployment, StatefulSet or DaemonSet. */
export function workload(random: Random): string {
  const own = name(random)
  return `apiVersion: apps/v1
kind: ${random.pick(['Deployment', 'Deployment', 'StatefulSet', 'DaemonSet'])}
${metadata(random, own)}
spec:
  replicas: ${random.int(1, 12)}
  selector:
    matchLabels:
      app.kubernetes.io/name: ${own}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${own}
    spec:
      serviceAccountName: ${own}
      containers:
${indent(container(random, own), 8)}
${random.once(3) ? `${indent(container(random, `${own}-proxy`), 8)}\n` : ''}      volumes:
        - name: config
          configMap:
            name: ${own}
        - name: tmp
          emptyDir: {}
${random.once(60) ? istioToken : ''}`
}

/** Every mesh has them, for its own audience. */
const istioToken = `        - name: istio-token
          projected:
            sources:
              - serviceAccountToken:
                  audience: istio-ca
                  expirationSeconds: 43200
                  path: istio-token
`

function service(random: Random): string {
  const own = name(random)
  return `apiVersion: v1
kind: Service
${metadata(random, own)}
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: ${own}
  ports:
    - name: http
      port: 80
      targetPort: http
`
}

function configMap(random: Random): string {
  const own = name(random)
  return `apiVersion: v1
kind: ConfigMap
${metadata(random, own)}
data:
  LOG_LEVEL: info
  application.properties: |
${lines(random.int(20, 160), i => `    ${random.pick(APPS)}.feature.flag-${i}=${random.pick(['enabled', 'disabled', 'canary'])}`)}
  nginx.conf: |
    server {
      listen 8080;
${lines(random.int(5, 60), i => `      location /${random.pick(APPS)}/${i}/ { proxy_pass http://${name(random)}:8080; }`)}
    }
`
}

function ingress(random: Random): string {
  const own = name(random)
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata(random, own)}
spec:
  rules:
${lines(
  random.int(1, 20),
  i => `    - host: ${own}-${i}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: { name: ${own}, port: { name: http } }`,
)}
`
}

function rbac(random: Random): string {
  const own = name(random)
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
${metadata(random, own)}
rules:
${lines(
  random.int(2, 30),
  () => `  - apiGroups: ["${random.pick(['', 'apps', 'batch', 'example.com'])}"]
    resources: ["${random.pick(['pods', 'deployments', 'jobs', 'secrets', 'configmaps'])}"]
    verbs: ["get", "list", "watch"]`,
)}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
${metadata(random, own)}
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${own} }
subjects:
  - kind: ServiceAccount
    name: ${own}
`
}

function customResourceDefinition(random: Random): string {
  const own = random.pick(APPS)
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${own}s.example.com
spec:
  group: example.com
  names: { kind: ${own}, plural: ${own}s }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
${lines(
  random.int(60, 260),
  i => `            ${random.pick(APPS)}Field${i}:
              description: >-
                What the controller does with field ${i} of the ${own}; it defaults to the value
                that the ${random.pick(TEAMS)} team has set for the cluster.
              type: ${random.pick(['string', 'integer', 'boolean'])}`,
)}
`
}

/** A file with one of the usual manifests, or a few of them; about 5 kB on average. */
export function manifest(random: Random): string {
  const make = random.pick([
    workload,
    workload,
    workload,
    service,
    service,
    configMap,
    configMap,
    ingress,
    rbac,
    random.once(3) ? customResourceDefinition : service,
  ])
  return random.once(8) ? [make(random), service(random), workload(random)].join('---\n') : make(random)
}
