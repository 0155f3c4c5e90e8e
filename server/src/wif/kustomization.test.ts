import { expect, test } from 'vitest'
import { parseYaml } from '../syntax/yaml.ts'
import { kustomizeNamespace, readKustomization } from './kustomization.ts'
import { isKustomizationName } from './relevance.ts'

/** The namespace of `uri` when these kustomizations, by folder, are all there are. */
function namespaceOf(uri: string, folders: Record<string, string>): string | undefined {
  const all = Object.entries(folders).map(([folder, text]) => {
    return readKustomization(`file:///r/${folder}kustomization.yaml`, parseYaml(text)[0])
  })
  return kustomizeNamespace(`file:///r/${uri}`, all)
}

test.each([
  ['listed', { 'a/': 'namespace: prod\nresources: [pod.yaml]' }, 'prod'],
  ['listed with a dot', { 'a/': 'namespace: prod\nresources: [./pod.yaml]' }, 'prod'],
  ['listed from elsewhere', { 'b/': 'namespace: prod\nresources: [../a/pod.yaml]' }, 'prod'],
  ['not listed', { 'a/': 'namespace: prod\nresources: [other.yaml]' }, undefined],
  ['without a namespace', { 'a/': 'resources: [pod.yaml]' }, undefined],
  [
    'through a base',
    { 'a/': 'resources: [pod.yaml]', 'prod/': 'namespace: prod\nresources: [../a]' },
    'prod',
  ],
  [
    'an overlay over its base',
    { 'a/': 'namespace: base\nresources: [pod.yaml]', 'prod/': 'namespace: prod\nresources: [../a/]' },
    'prod',
  ],
  [
    'two overlays that disagree',
    {
      'a/': 'resources: [pod.yaml]',
      'prod/': 'namespace: prod\nresources: [../a]',
      'dev/': 'namespace: dev\nresources: [../a]',
    },
    undefined,
  ],
  [
    'two that agree',
    { 'a/': 'namespace: x\nresources: [pod.yaml]', 'b/': 'namespace: x\nresources: [../a/pod.yaml]' },
    'x',
  ],
  ['a circle', { 'a/': 'namespace: x\nresources: [pod.yaml, ../b]', 'b/': 'resources: [../a]' }, 'x'],
  ['a remote base', { 'a/': 'namespace: x\nresources: ["https://example.com/a", pod.yaml]' }, 'x'],
  ['nonsense', { 'a/': 'namespace: [x]\nresources: 5' }, undefined],
])('%s', (_, folders, expected) => {
  expect(namespaceOf('a/pod.yaml', folders as Record<string, string>)).toBe(expected)
})

test('its names', () => {
  for (const name of ['kustomization.yaml', 'kustomization.yml']) {
    expect(isKustomizationName(`file:///r/${name}`)).toBe(true)
  }
  expect(isKustomizationName('file:///r/my-kustomization.yaml')).toBe(false)
})
