import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkTree } from '../../../test/fuzz/invariants.ts'
import { parseJson } from './json.ts'
import { PUNCTUATION } from './snippets.testdata.ts'
import { parseYaml } from './yaml.ts'

/** Whatever is typed, cut off or garbled: there is a tree, and everything in it is where it says it is. */

const FIXTURES = [
  `{
  "name": "ci", // the issuer
  "issuer_url": "https://token.actions.githubusercontent.com",
  "jwks": { "type": "inline", "keys": [{ "kty": "RSA", "kid": "k\\u00e91", "n": "...", "e": "AQAB" }] },
  "max_jwt_lifetime_seconds": 3600, "check_jti": true, "archived_at": null
}
`,
  '[{"match":{"subject_prefix":"repo:org/😀:*","claims":{"a":"b"},"condition":"claims[\\"x\\"] == 1"},"target":{}}, -1.5e3]',
  '{"a": {{ .Values.a }}, {{- if .x }}\n "b": "{{ env "Y" }}"\n{{- end }}}',
  `# a pod
apiVersion: v1
kind: Pod
metadata: {name: "inference", labels: {a: 'it''s', "b":1}}
spec:
  containers:
  - name: app # main
    env:
      - {name: ANTHROPIC_IDENTITY_TOKEN_FILE, value: /var/run/token}
      - name: B
        value: |-
          two
            lines

  volumes:
    -
      projected:
        sources: [{serviceAccountToken: {audience: "https://api.anthropic.com", expirationSeconds: 3600}}]
`,
  'base: &base\n  aud: &aud [x, *y]\n  n: 2e848593\nrule:\n  <<: [*base, {z: 1}]\n  aud: *aud\n  ? complex\n  : - *base\n*aud : v\n!!str 5: !t x\n',
  '%YAML 1.2\n---\na: "x\n  y"\n...\n# c\n--- >+\n folded\n\n text\n---\n- - b\n  - c: d\n\n    e:\n--- {f}\n',
  'a: {{ .Values.a }}\n{{- range $k, $v := .Values.m }}\n{{ $k }}: {{ $v | quote }}\n{{- end }}\nb: |\n  {{ x }}\nc: "{{ y }}"\nd: ${{ z }}\r\ne:\r\n  - 1\r\n',
]

function check(text: string): void {
  for (const tree of [parseJson(text), ...parseYaml(text)]) checkTree(tree)
}

test.each(FIXTURES.map((text, i) => [i, text] as const))(
  'every prefix of fixture %i gives a sound tree',
  (_, text) => {
    for (let end = 0; end <= text.length; end++) check(text.slice(0, end))
  },
)

const SNIPPETS = [
  ...PUNCTUATION,
  ...[' #', '...\n'],
  ...[
    '&a ',
    '*a',
    '<<: ',
    '!t ',
    '!!map ',
    '|',
    '>-',
    '|2\n',
    '{{',
    '}}',
    '{{ x }}',
    '%',
    '@',
    '`',
    '\\',
    '/*',
    '*/',
    '//',
  ],
  ...['\0', '\ufeff', '\u2028', '\ud83d', '😀', 'null', '1e999', '"a":', 'a: ', '\n- ', '\n  '],
]

test('mutations of every fixture give a sound tree', () => {
  const mutation = fc.record({
    at: fc.nat(),
    drop: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(12)),
    insert: fc.oneof(fc.constantFrom(...SNIPPETS), fc.constant('')),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...FIXTURES),
      fc.array(mutation, { minLength: 1, maxLength: 5 }),
      (fixture, mutations) => {
        let text = fixture
        for (const { at, drop, insert } of mutations) {
          const start = at % (text.length + 1)
          text = text.slice(0, start) + insert + text.slice(start + drop)
        }
        check(text)
      },
    ),
    { seed: Number(process.env.SEED ?? 11), numRuns: Number(process.env.RUNS ?? 400) },
  )
})

test('so does any heap of snippets', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SNIPPETS, 'a', 'b: c\n'), { maxLength: 30 }), parts =>
      check(parts.join('')),
    ),
    { seed: Number(process.env.SEED ?? 12), numRuns: Number(process.env.RUNS ?? 400) },
  )
})

test.each([
  ['a long list', `[${'1, '.repeat(10_000)}1]`],
  ['a long stream', 'a: b\n---\n'.repeat(1500)],
  ['open brackets', '['.repeat(20_000)],
  ['closed brackets', '}'.repeat(10_000)],
  ['commas', `[${','.repeat(20_000)}`],
  ['quotes', '"\n'.repeat(10_000)],
  ['escapes', `"${'\\"'.repeat(100_000)}`],
  ['templates', '{{a}}'.repeat(20_000)],
  ['open templates', '{{'.repeat(50_000)],
  ['merge keys', `a: &a {b: 1}\nb:\n${'  <<: *a\n'.repeat(5000)}`],
  ['aliases', `a: &a x\nb:\n${'- *a\n'.repeat(10_000)}`],
  ['the same key', 'a: b\n'.repeat(10_000)],
  ['comments', '# c\n'.repeat(20_000)],
])('a file full of %s is read in linear time', (_, text) => {
  const start = performance.now()
  parseJson(text)
  parseYaml(text)
  expect(performance.now() - start).toBeLessThan(3000)
})
