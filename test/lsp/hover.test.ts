import { beforeEach, describe, expect, test } from 'vitest'
import type { ClientCapabilities, Hover, MarkupContent } from 'vscode-languageserver-protocol/node'
import { CAPABLE, type Client } from './client.ts'
import { type Fixture, FORMATS, type Format, openFixture } from './cursor.ts'
import { connectInside } from './servers.ts'
import { replaced, STACK, withCursor } from './stack.ts'

const HOVERING: ClientCapabilities = { ...CAPABLE, textDocument: { ...CAPABLE.textDocument, hover: {} } }

type Files = Record<string, string>

let client: Client
beforeEach(async () => {
  client = connectInside()
  await client.initialize({ capabilities: HOVERING })
  return () => client.end()
})

async function hover({ at }: Fixture): Promise<string | undefined> {
  const found: Hover | null = await client.request('textDocument/hover', at)
  return (found?.contents as MarkupContent | undefined)?.value
}

const over = (files: Files, name: string, place: string, format: Format) =>
  hover(openFixture(client, withCursor(files, name, place), format))

const SHORT = replaced(STACK, 'rule', 'oauth_scope', 'token_lifetime_seconds: 600\noauth_scope')
const PREFIX = replaced(STACK, 'rule', 'inference:search', 'inference:*')
const POLICY = {
  policy: `Version: "2012-10-17"
Statement:
  - Effect: Allow
    Action: sts:GetWebIdentityToken
    Resource: "*"
    Condition:
      NumericLessThanEquals:
        sts:DurationSeconds: 900
`,
}
const CONFIG = {
  ...STACK,
  'wif-lint': `severity:
  match/tenant-wide: "off"
  match: warning
ignores:
  - rule: match/group-wide
    reason: none other
`,
}
const ARCHIVED = replaced(STACK, 'issuer', 'jwks:', 'archived_at: 2026-01-02T03:04:05Z\njwks:')
const INLINE = replaced(STACK, 'issuer', 'type: discovery', 'type: inline')

describe.each(FORMATS)('in %s', format => {
  test.each<[files: Files, name: string, place: string, says: string[]]>([
    // What the schema says: meaning, limits, default, the page.
    [
      SHORT,
      'rule',
      'token_life$0time_seconds',
      [
        '**Token lifetime**',
        '60 to 86400',
        'default 3600',
        '[rule/token-lifetime-range](https://rules.test/rule/token-lifetime-range)',
      ],
    ],
    [
      STACK,
      'issuer',
      'disc$0overy',
      ['**Key source** `type`', '`discovery`: Fetch', 'Default: `"discovery"`'],
    ],
    [STACK, 'rule', 'oauth$0_scope', ['**OAuth scope** `oauth_scope`', '`workspace:inference` covers']],
    // The subject in words, and who is admitted.
    [
      STACK,
      'rule',
      'system:$0serviceaccount',
      [
        '**Exact**: only the subject `system:serviceaccount:inference:search`',
        '_Amazon EKS_: namespace `inference` and service account `search`',
        'Admits 1 of 1 workload here:\n- [`Pod inference/search-pod`](file:///w/pod.',
      ],
    ],
    [
      PREFIX,
      'rule',
      'subject_$0prefix',
      [
        '**Prefix**: every subject that begins with `system:serviceaccount:inference:`',
        'namespace `inference`',
        'Admits 1 of 1',
      ],
    ],
    [STACK, 'rule', 'mat$0ch:', ['Admits 1 of 1']],
    [STACK, 'rule', 'audience: ht$0tps', ['Projected by:\n- [`Pod inference/search-pod`]']],
    // Times.
    [
      SHORT,
      'rule',
      'lifetime_sec$0onds',
      [
        '600 s (10 minutes)',
        'With a projected token of 3600 s (1 hour)',
        'from second 480 on, and must have it by second 570',
        'after 2880 s (48 minutes), 80 % of its life',
        'There is no valid token in between',
      ],
    ],
    [
      STACK,
      'pod',
      'expirationSec$0onds',
      [
        'minted for 3600 s (1 hour)',
        'from second 3480 on',
        'The file holds a new token in time',
        '[`search`](file:///w/rule.',
      ],
    ],
    // Ids.
    [STACK, 'rule', 'issuer_id: fd$0is_01Eks', ['[`eks-prod`](file:///w/issuer.', '**Amazon EKS**']],
    [STACK, 'issuer', 'id: fd$0is_01Eks', ['Named by:\n- [`search`](file:///w/rule.']],
    [STACK, 'pod', 'fdrl_$001Search', ['Rule [`search`](file:///w/rule.', 'Rule `search` admits this token']],
    // Issuers.
    [STACK, 'issuer', 'https://oidc$0', ['**Amazon EKS**', '**Fetched** by the service']],
    [INLINE, 'issuer', 'https://oidc$0', ['**Never fetched**: the keys are part of the issuer']],
    [
      ARCHIVED,
      'issuer',
      'archived$0_at',
      ['Archived on `2026-01-02T03:04:05Z`: every rule that names it refuses exchanges'],
    ],
    // Pods.
    [
      STACK,
      'pod',
      'name: ANTHROPIC_IDENTITY$0',
      [
        '**ANTHROPIC_IDENTITY_TOKEN_FILE**',
        'reads the file again',
        'Of several the first counts: `ANTHROPIC_API_KEY`',
      ],
    ],
    [STACK, 'pod', 'svac_$001Search', ["The rule's target: `svac_01Search`"]],
    [
      STACK,
      'pod',
      'serviceAccountName: sea$0rch',
      ['`system:serviceaccount:inference:search`', 'Exchanged under:\n- [`search`]'],
    ],
    [STACK, 'pod', 'path: clau$0de', ['`/var/run/secrets/claude/token` in container `app`']],
    [STACK, 'account', 'name: sea$0rch', ['`system:serviceaccount:inference:search`']],
    // IAM.
    [POLICY, 'policy', 'sts:GetWeb$0', ['mint an identity token', '60 to 3600 seconds (300 by default)']],
    [POLICY, 'policy', 'sts:Dur$0ation', ['**Lifetime of the token** `sts:DurationSeconds`', '60 to 3600']],
    [POLICY, 'policy', 'NumericLess$0', ['**Number at most**']],
    // The linter's own rules.
    [
      CONFIG,
      'wif-lint',
      'match/tenant$0-wide',
      ['Normally: warning', '[match/tenant-wide](https://rules.test/match/tenant-wide)'],
    ],
    [
      CONFIG,
      'wif-lint',
      'rule: match/gr$0oup-wide',
      ['[match/group-wide](https://rules.test/match/group-wide)'],
    ],
    [CONFIG, 'wif-lint', '  mat$0ch: warning', ['Every rule of the group `match/`']],
  ])('%#: $1: $2', async (files, name, place, says) => {
    const text = await over(files, name, place, format)
    for (const part of says) expect(text).toContain(part)
  })

  test.each([
    ['rule', 'name: $0search\nissuer_id', '**Rule name**'],
    ['pod', 'image: regi$0stry', '**Image**'],
  ])('no more than the schema, where there is no more: %s %s', async (name, place, says) => {
    expect(await over(STACK, name, place, format)).toMatch(says)
  })

  test('nothing in files of others, and beside fields', async () => {
    expect(
      await over({ values: 'match:\n  host: example\n' }, 'values', 'exa$0mple', format).catch(
        () => undefined,
      ),
    ).toBeUndefined()
    const plain = {
      pod: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: app\n      image: app\n',
    }
    expect(await over(plain, 'pod', 'image: a$0pp', format)).toBeUndefined()
  })

  test('five workloads are named, the others counted', async () => {
    const pods = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`pod${i}`, STACK.pod.replace('search-pod', `pod-${i}`)]),
    )
    const text = await over({ ...STACK, ...pods }, 'rule', 'subject_$0prefix', format)
    expect(text).toContain('Admits 9 of 9 workloads here')
    expect(text?.match(/^- \[/gm)).toHaveLength(5)
    expect(text).toContain('- and 4 more')
  })
})

test('what files say stays what it is: no link, no image, no command', async () => {
  const evil = '`](command:evil) ![x](https://tracker.example) <img src=x>'
  const files = {
    ...replaced(STACK, 'pod', 'name: search-pod', `name: ${JSON.stringify(evil)}`),
  }
  const text = (await over(files, 'rule', 'subject_$0prefix', 'yaml')) ?? ''
  const outside = text.replace(/`[^`]*`/g, '')
  expect(outside).not.toMatch(/command:|tracker|<img/)
})

test('in a comment that ignores a finding: the rule and its page', async () => {
  const files = replaced(
    PREFIX,
    'rule',
    'match:\n',
    'match:\n  # wif-ignore match/k8s-namespace-$0wildcard: fine\n',
  )
  expect(await hover(openFixture(client, files, 'yaml'))).toContain(
    '[match/k8s-namespace-wildcard](https://rules.test/match/k8s-namespace-wildcard)',
  )
})

test('a rule with no issuer in the workspace says so', async () => {
  const { issuer: _, ...files } = STACK
  expect(await over(files, 'rule', 'issuer_id: fd$0is', 'yaml')).toContain('No issuer in this workspace')
})
