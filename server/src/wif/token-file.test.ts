import { describe, expect, test } from 'vitest'
import { readWifFile } from './file.ts'
import { providedTokens, tokenFile, usedTokens } from './token-file.ts'
import type { Workload } from './workload.ts'

const CLAUDE = { audience: 'https://api.anthropic.com', path: 'token' }

function projected(name: string, ...sources: object[]) {
  return { name, projected: { sources: sources.map(s => ('path' in s ? { serviceAccountToken: s } : s)) } }
}

interface Parts {
  volumes?: object[]
  mounts?: object[]
  path?: string
  kind?: string
  spec?: object
}

/** A workload with one container that names `path`. */
function workload({
  volumes = [projected('claude', CLAUDE)],
  mounts,
  path,
  kind = 'Pod',
  spec,
}: Parts): Workload {
  const container = {
    name: 'app',
    image: 'x',
    env: [
      { name: 'ANTHROPIC_MODEL', value: 'm' },
      ...(path === undefined ? [] : [{ name: 'ANTHROPIC_IDENTITY_TOKEN_FILE', value: path }]),
    ],
    volumeMounts: mounts ?? [{ name: 'claude', mountPath: '/secrets/claude' }],
  }
  const podSpec = { volumes, containers: [container] }
  const manifest =
    kind === 'Pod'
      ? { apiVersion: 'v1', kind, spec: podSpec }
      : { apiVersion: 'apps/v1', kind, spec: { ...spec, template: { spec: podSpec } } }
  const file = readWifFile('file:///x.json', JSON.stringify(manifest), 'json')
  const [found] = file.workloads
  if (!found) throw new Error('no workload')
  return found
}

function from(parts: Parts): string | undefined {
  const found = workload(parts)
  const [container] = found.containers
  const file = container && tokenFile(found, container)
  if (file?.from === 'platform') return `platform ${file.token.name}`
  if (file?.from === 'nowhere') return file.nearest ? `nowhere, but ${file.nearest.path}` : 'nowhere'
  if (file?.from !== 'projection') return file?.from
  return `projection ${file.projection.volume}/${file.projection.path?.value}${file.place ? ` at ${file.place.name}` : ''}`
}

describe('a projected token', () => {
  test.each([
    ['in its place', '/secrets/claude/token', 'projection claude/token'],
    ['with slashes and dots too many', '/secrets//claude/./token', 'projection claude/token'],
    ['a slip of the name', '/secrets/claude/tokn', 'nowhere, but /secrets/claude/token'],
    ['another case', '/secrets/claude/Token', 'nowhere, but /secrets/claude/token'],
    ['its directory', '/secrets/claude', 'nowhere, but /secrets/claude/token'],
    ['below the file', '/secrets/claude/token/x', 'nowhere, but /secrets/claude/token'],
    ['a directory that begins alike', '/secrets/claude-2/token', 'nowhere, but /secrets/claude/token'],
    ['a relative path', 'secrets/claude/token', 'nowhere, but /secrets/claude/token'],
    ['no path', undefined, undefined],
    ['an empty path', '', undefined],
    ['a path to be filled in', '$(DIR)/token', undefined],
  ])('%s', (_, path, expected) => {
    expect(from({ ...(path !== undefined && { path }) })).toBe(expected)
  })

  const path = '/secrets/claude/token'
  test.each<[string, Parts, string]>([
    [
      'a mount with a slash at its end',
      { mounts: [{ name: 'claude', mountPath: '/secrets/claude/' }] },
      'projection claude/token',
    ],
    [
      'a mount of its folder',
      {
        mounts: [{ name: 'claude', mountPath: '/secrets' }],
        volumes: [projected('claude', { ...CLAUDE, path: 'claude/token' })],
      },
      'projection claude/token'.replace('token', 'claude/token'),
    ],
    [
      'a mount of the file',
      { mounts: [{ name: 'claude', mountPath: path, subPath: 'token' }] },
      'projection claude/token',
    ],
    [
      'a mount of another file',
      { mounts: [{ name: 'claude', mountPath: path, subPath: 'other' }] },
      'nowhere',
    ],
    [
      'a mount of a folder in the volume',
      {
        mounts: [{ name: 'claude', mountPath: '/secrets/claude', subPath: 'a/b' }],
        volumes: [projected('claude', { ...CLAUDE, path: 'a/b/token' })],
      },
      'projection claude/a/b/token',
    ],
    [
      'a mount by expression',
      { mounts: [{ name: 'claude', mountPath: path, subPathExpr: '$(POD)' }] },
      'projection claude/token',
    ],
    [
      'two mounts, the deeper wins',
      {
        mounts: [
          { name: 'claude', mountPath: '/secrets' },
          { name: 'own', mountPath: '/secrets/claude' },
        ],
        volumes: [projected('claude', { ...CLAUDE, path: 'claude/token' }), { name: 'own', emptyDir: {} }],
      },
      'volume',
    ],
    [
      'a mount that names no volume',
      { mounts: [{ name: 'other', mountPath: '/secrets/claude' }] },
      'nowhere',
    ],
    ['a volume without a name', { mounts: [{ mountPath: '/secrets/claude' }] }, 'nowhere'],
    ['no mount', { mounts: [] }, 'nowhere'],
    [
      'the second source of a volume',
      { volumes: [projected('claude', { audience: 'vault', path: 'vault' }, CLAUDE)] },
      'projection claude/token',
    ],
    ['a mount to be filled in', { mounts: [{ name: 'claude', mountPath: '<directory>' }] }, 'volume'],
    ['a source without a path', { volumes: [projected('claude', { path: '' })] }, 'volume'],
    [
      'a source that is misplaced',
      { volumes: [{ name: 'claude', projected: { serviceAccountToken: CLAUDE } }] },
      'volume',
    ],
  ])('%s', (_, parts, expected) => {
    expect(from({ path, ...parts })).toBe(expected)
  })
})

describe('other volumes', () => {
  const path = '/secrets/claude/token'
  test.each<[string, object, string]>([
    ['emptyDir', { emptyDir: {} }, 'volume'],
    ['csi', { csi: { driver: 'csi.spiffe.io' } }, 'volume'],
    ['hostPath', { hostPath: { path: '/run' } }, 'volume'],
    ['secret', { secret: { secretName: 'x' } }, 'volume'],
    ['a projected secret', projected('claude', { secret: { name: 'x' } }), 'volume'],
    [
      'a projected secret with this file',
      projected('claude', { secret: { items: [{ key: 'a', path: 'token' }] } }),
      'volume',
    ],
    [
      'a projected secret with another file',
      projected('claude', { secret: { items: [{ key: 'token', path: 'b' }] } }),
      'nowhere',
    ],
    ['a projected configMap', projected('claude', { configMap: { name: 'kube-root-ca.crt' } }), 'nowhere'],
  ])('%s', (_, volume, expected) => {
    expect(from({ path, volumes: [{ name: 'claude', ...volume }] })).toBe(expected)
  })

  test('a StatefulSet claims volumes elsewhere', () => {
    const spec = { volumeClaimTemplates: [{ metadata: { name: 'claude' } }] }
    expect(from({ path, volumes: [], kind: 'StatefulSet', spec })).toBe('volume')
    expect(from({ path, volumes: [], kind: 'StatefulSet' })).toBe('nowhere')
  })
})

describe('tokens of the platform', () => {
  test.each([
    ['/var/run/secrets/kubernetes.io/serviceaccount/token', 'platform default'],
    ['/run/secrets/kubernetes.io/serviceaccount/token', 'platform default'],
    ['/var/run/secrets/eks.amazonaws.com/serviceaccount/token', 'platform irsa'],
    [
      '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token',
      'platform pod-identity',
    ],
    ['/var/run/secrets/azure/tokens/azure-identity-token', 'platform entra'],
    ['/var/run/secrets/eks.amazonaws.com/serviceaccount-2/token', 'nowhere, but /secrets/claude/token'],
    ['/var/run/secrets/eks.amazonaws.com/token', 'nowhere, but /secrets/claude/token'],
  ])('%s', (path, expected) => {
    expect(from({ path })).toBe(expected)
  })

  const path = '/var/run/secrets/eks.amazonaws.com/serviceaccount/token'
  const directory = '/var/run/secrets/eks.amazonaws.com/serviceaccount'
  test('declared by the pod itself', () => {
    expect(from({ path, mounts: [{ name: 'claude', mountPath: directory }] })).toBe(
      'projection claude/token at irsa',
    )
  })
  test('mounted into what lies around it', () => {
    const around = { name: 'run', mountPath: '/var/run' }
    expect(from({ path, mounts: [around], volumes: [{ name: 'run', emptyDir: {} }] })).toBe('platform irsa')
  })
  test('replaced by another volume', () => {
    const over = { name: 'own', mountPath: directory }
    expect(from({ path, mounts: [over], volumes: [{ name: 'own', emptyDir: {} }] })).toBe('volume')
  })
})

test('without a variable the tokens for Claude are used', () => {
  const both = projected('claude', CLAUDE, { audience: 'vault', path: 'vault' })
  const found = workload({ volumes: [both] })
  const [container] = found.containers
  if (!container) throw new Error('no container')
  expect(providedTokens(found, container).map(t => t.path)).toEqual([
    '/secrets/claude/token',
    '/secrets/claude/vault',
  ])
  expect(usedTokens(found, container).map(t => t.path)).toEqual(['/secrets/claude/token'])
})
