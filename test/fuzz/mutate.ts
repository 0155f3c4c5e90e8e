import fc from 'fast-check'
import type { Format, Seed } from './corpus.ts'

/** Words the linter listens to, values at the edges of what it knows, and what breaks parsers. */
const WORDS = [
  ...[
    'subject_prefix',
    'audience',
    'claims',
    'condition',
    'match',
    'target',
    'issuer_id',
    'issuer_url',
    'id',
  ],
  ...[
    'jwks',
    'keys',
    'type',
    'name',
    'oauth_scope',
    'token_lifetime_seconds',
    'archived_at',
    'workspace_ids',
  ],
  ...['ANTHROPIC_FEDERATION_RULE_ID', 'ANTHROPIC_IDENTITY_TOKEN_FILE', 'serviceAccountToken', 'metadata'],
  ...[
    'system:serviceaccount:inference:*',
    'repo:acme/app:*',
    'arn:aws:iam::123456789012:role/*',
    'spiffe://a/b',
  ],
  ...[
    'https://api.anthropic.com',
    'https://token.actions.githubusercontent.com',
    'fdis_01A',
    'fdrl_01B',
    'svac_...',
  ],
  ...[
    'claims.sub == "a" && claims.ref.matches("^x$")',
    'claims["a"].b in ["c"]',
    '${VAR}',
    '{{ .Values.x }}',
    '<x>',
  ],
  ...[
    '0',
    '-1',
    '3600',
    '1e999',
    '2e848593',
    'true',
    'null',
    '~',
    '""',
    '[]',
    '{}',
    '__proto__',
    'constructor',
  ],
]
const BYTES = [
  ...['{', '}', '[', ']', ':', ',', '"', "'", '\n', '\r\n', ' ', '  ', '\t', '- ', '? ', ': ', '#', ' # x\n'],
  ...[
    '---\n',
    '...\n',
    '&a ',
    '*a',
    '<<: ',
    '!t ',
    '|',
    '>-\n',
    '|2\n',
    '{{',
    '}}',
    '%',
    '@',
    '`',
    '\\',
    '/*',
    '*/',
  ],
  ...['//', '\0', '\ufeff', '\u2028', '\ud83d', '😀', '\\u0041', '*', '?', '..', '\\"', '\u202e'],
]

/** A change of a text. Places are shares of its length, so that a mutation still means something when others go. */
export type Mutation =
  | { do: 'insert' | 'replace'; at: number; length: number; text: string }
  | { do: 'delete' | 'cut' | 'indent'; at: number; length: number }
  | { do: 'copy lines' | 'drop lines' | 'value'; at: number; length: number; text: string }

const place = fc.nat(9999)
const text = fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...BYTES), fc.string({ maxLength: 6 }))

const mutation: fc.Arbitrary<Mutation> = fc.record({
  do: fc.constantFrom(
    ...(['insert', 'replace', 'delete', 'cut', 'indent', 'copy lines', 'drop lines'] as const),
    ...(['value', 'value', 'value'] as const),
  ),
  at: place,
  length: fc.oneof(fc.nat(8), fc.nat(60)),
  text,
}) as fc.Arbitrary<Mutation>

/** Texts near those of the project: a seed and up to a few changes of it. */
export function mutated(seeds: readonly Seed[]): fc.Arbitrary<{ format: Format; text: string }> {
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: 6 }))
    .map(([{ format, text }, mutations]) => ({ format, text: mutations.reduce(apply, text) }))
}

/** Any text, mutated in the same ways. */
export function mutatedText(...starts: string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...starts), fc.array(mutation, { maxLength: 6 }))
    .map(([start, mutations]) => mutations.reduce(apply, start))
}

function apply(text: string, mutation: Mutation): string {
  const start = Math.floor((mutation.at / 10_000) * (text.length + 1))
  const end = Math.min(text.length, start + mutation.length)
  switch (mutation.do) {
    case 'insert':
      return text.slice(0, start) + mutation.text + text.slice(start)
    case 'replace':
      return text.slice(0, start) + mutation.text + text.slice(end)
    case 'delete':
      return text.slice(0, start) + text.slice(end)
    case 'cut':
      return text.slice(0, start)
    case 'indent': {
      const line = text.lastIndexOf('\n', start - 1) + 1
      return mutation.length % 2 === 0
        ? `${text.slice(0, line)}  ${text.slice(line)}`
        : text.slice(0, line) + text.slice(line).replace(/^ {1,2}/, '')
    }
    case 'copy lines': {
      const [from, to] = lines(text, start, end)
      return text.slice(0, to) + text.slice(from, to) + text.slice(to)
    }
    case 'drop lines': {
      const [from, to] = lines(text, start, end)
      return text.slice(0, from) + text.slice(to)
    }
    case 'value':
      return replaceValue(text, start, mutation.text)
  }
}

function lines(text: string, start: number, end: number): [from: number, to: number] {
  const to = text.indexOf('\n', end)
  return [text.lastIndexOf('\n', start - 1) + 1, to < 0 ? text.length : to + 1]
}

/** Puts another word where one stands, inside its quotes if it has any: such a text still parses, mostly. */
function replaceValue(text: string, from: number, by: string): string {
  const rest = /"[^"\n]*"|[\w./:*@-]+/.exec(text.slice(from))
  if (!rest) return text
  const start = from + rest.index
  const quoted = rest[0].startsWith('"')
  return text.slice(0, start) + (quoted ? JSON.stringify(by) : by) + text.slice(start + rest[0].length)
}
