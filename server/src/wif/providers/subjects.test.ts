import { describe, expect, test } from 'vitest'
import { providers } from './index.ts'
import type { Provider } from './provider.ts'
import { bad, good } from './subjects.testdata.ts'

function provider(id: string): Provider {
  const found = providers.find(each => each.id === id)
  if (!found) throw new Error(id)
  return found
}

/** `name=text` for each segment, with a `|` when it is closed. */
function printed(id: string, text: string): string {
  return provider(id)
    .subject.read(text)
    .segments.map(each => `${each.name}=${each.text}${each.closed ? '|' : ''}`)
    .join(' ')
}

describe.each(Object.entries(good))('%s', (id, subjects) => {
  test.each(subjects)('%j is a whole subject', (text, segments) => {
    const { complete, problem } = provider(id).subject.read(text)
    expect(problem).toBeUndefined()
    expect(complete).toBe(true)
    expect(printed(id, text)).toBe(segments)
  })

  test.each(subjects)('%j can be begun everywhere', text => {
    for (let end = 0; end <= text.length; end += 1) {
      const begun = text.slice(0, end)
      const { segments, problem } = provider(id).subject.read(begun)
      expect({ begun, problem }).toEqual({ begun, problem: undefined })
      if (begun.endsWith(':') || begun.endsWith('/'))
        expect(segments.every(each => each.text !== '')).toBe(true)
    }
  })

  test.each(subjects)('the claims of %j exist', text => {
    for (const { claim } of provider(id).subject.read(text).segments) {
      if (claim !== undefined) expect(provider(id).claims).toHaveProperty([claim])
    }
  })
})

describe.each(Object.entries(bad))('%s refuses', (id, subjects) => {
  test.each(subjects)('%j: %s', (text, reason, part, suggestion) => {
    const { complete, problem } = provider(id).subject.read(text)
    expect(complete).toBe(false)
    expect(problem?.reason).toMatch(reason)
    expect(text.slice(problem?.start, problem?.end)).toBe(part)
    expect(problem?.suggestion).toBe(suggestion)
    if (suggestion !== undefined) expect(provider(id).subject.read(suggestion).problem).toBeUndefined()
  })
})

test.each([
  ['aws-sts', 'arn:aws:iam::1234', 'account=1234'],
  ['aws-sts', 'arn:aws:iam::123456789012', 'account=123456789012'],
  ['aws-sts', 'arn:aws:iam::123456789012:', 'account=123456789012|'],
  ['aws-sts', 'arn:aws:iam::123456789012:role/', 'account=123456789012|'],
  ['aws-sts', 'arn:aws:iam::<account>:role/', 'account=<account>|'],
  ['aws-sts', 'arn:aws:iam::123456789012:role/team/', 'account=123456789012| role path=team|'],
  ['aws-sts', 'arn:aws:iam::123456789012:...', 'account=123456789012|'],
  ['eks', 'system:serviceaccount:', ''],
  ['eks', 'system:serviceaccount:team-', 'namespace=team-'],
  ['eks', 'system:serviceaccount:team:', 'namespace=team|'],
  ['eks', 'system:serviceaccount:${NS:-a/b}:', 'namespace=${NS:-a/b}|'],
  ['github-actions', 'repo:acme', 'owner=acme'],
  ['github-actions', 'repo:acme/', 'owner=acme|'],
  ['github-actions', 'repo:acme@', 'owner=acme|'],
  ['github-actions', 'repo:acme@12', 'owner=acme| owner id=12'],
  ['github-actions', 'repo:acme/app', 'owner=acme| repository=app'],
  ['github-actions', 'repo:acme/app.git', 'owner=acme| repository=app.git'],
  ['github-actions', 'repo:acme/app:', 'owner=acme| repository=app|'],
  ['github-actions', 'repo:acme/app:...', 'owner=acme| repository=app|'],
  ['github-actions', 'repo:YOUR_ORG/YOUR_REPO:', 'owner=YOUR_ORG| repository=YOUR_REPO|'],
  ['github-actions', 'repo:acme/app:ref:refs/heads/', 'owner=acme| repository=app| ref=refs/heads/'],
  [
    'github-actions',
    'repo:acme/app:repo_property_team:',
    'owner=acme| repository=app| name of the custom property=team|',
  ],
  ['gitlab', 'project_path:acme', 'group=acme'],
  ['gitlab', 'project_path:acme/', 'group=acme|'],
  ['gitlab', 'project_path:acme/sub/', 'group=acme| subgroup=sub|'],
  ['gitlab', 'project_path:acme/sub/app', 'group=acme| subgroup=sub| project=app'],
  ['buildkite', 'organization:acme:', 'organization=acme|'],
  [
    'hcp-terraform',
    'organization:acme:project:Default Project:',
    'organization=acme| project=Default Project|',
  ],
  ['spiffe', 'spiffe://acme.example', 'trust domain=acme.example'],
  ['spiffe', 'spiffe://acme.example/', 'trust domain=acme.example|'],
  ['spiffe', 'spiffe://acme.example/ns/', 'trust domain=acme.example|'],
  ['spiffe', 'spiffe://acme.example/ns/team/', 'trust domain=acme.example| namespace=team|'],
  ['spiffe', 'spiffe://acme.example/payments/', 'trust domain=acme.example| path=payments|'],
])('%s: %j is the beginning of a subject', (id, text, segments) => {
  const { complete, problem } = provider(id).subject.read(text)
  expect(problem).toBeUndefined()
  expect(complete).toBe(false)
  expect(printed(id, text)).toBe(segments)
})
