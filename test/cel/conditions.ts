/** Random conditions, and claims that most of them have something to say about. */

import fc from 'fast-check'

export const claims = {
  sub: 'repo:acme/web:ref:refs/heads/main',
  repository: 'acme/web',
  empty: '',
  wide: 'é😀',
  aud: ['https://api.anthropic.com', 'other'],
  groups: [],
  numbers: [1, 2, 3],
  mixed: [1, 'a', true, null, 1.5],
  exp: 1767225600,
  iat: 1767222000,
  ratio: 0.5,
  flag: true,
  off: false,
  nothing: null,
  'https://sts.amazonaws.com/': { aws_account: '123456789012', org_id: 'o-1', tags: { team: 'a' } },
  'kubernetes.io': { namespace: 'inference', pod: { name: 'p-1' } },
}

const oneOf = (...texts: string[]) => fc.constantFrom(...texts)

const claimPaths = oneOf(
  ...[
    'sub',
    'repository',
    'empty',
    'wide',
    'aud',
    'groups',
    'numbers',
    'mixed',
    'exp',
    'iat',
    'ratio',
    'flag',
    'off',
    'nothing',
    'absent',
  ].map(n => `claims.${n}`),
  'claims["sub"]',
  'claims["https://sts.amazonaws.com/"].aws_account',
  'claims["https://sts.amazonaws.com/"].tags.team',
  'claims["kubernetes.io"].pod.name',
  'claims["kubernetes.io"].absent',
  'claims.absent.deep',
  'claims.aud[0]',
  'claims.aud[7]',
  'claims.numbers[1]',
  'claims',
)
const strings = oneOf(
  '""',
  '"a"',
  '"acme/web"',
  "'main'",
  '"repo:acme/"',
  'r"\\d"',
  '"é"',
  '"😀"',
  '"123456789012"',
  '"\\u0041"',
  '"""x"""',
)
const numbers = oneOf(
  '0',
  '1',
  '2',
  '-1',
  '3600',
  '1767222000',
  '0.5',
  '-1.5',
  '1e3',
  '1u',
  '0x1F',
  '9223372036854775807',
  '-9223372036854775808',
)
const others = oneOf(
  'true',
  'false',
  'null',
  '[]',
  '[1, 2]',
  '["a", "main"]',
  '{}',
  '{"a": 1}',
  '{1: "x", true: 2}',
)
const patterns = oneOf(
  '"^repo:"',
  '"main$"',
  '"^acme/(web|api)$"',
  '"a+"',
  '"[[:alpha:]]+"',
  '"(?i)MAIN"',
  '"\\\\d{2,}"',
  '"("',
  '"(?=a)"',
  '"^$"',
  '"."',
)
const infix = oneOf('==', '==', '==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '%')
const macros = oneOf('exists', 'all', 'exists_one', 'filter', 'map')
const conversions = oneOf(
  'size',
  'int',
  'string',
  'double',
  'bool',
  'type',
  'uint',
  'timestamp',
  'duration',
  'dyn',
  'bytes',
)

const { any, test } = fc.letrec<{ any: string; test: string; atom: string }>(tie => ({
  atom: fc.oneof(
    { weight: 6, arbitrary: claimPaths },
    { weight: 4, arbitrary: strings },
    { weight: 3, arbitrary: numbers },
    { weight: 2, arbitrary: others },
    { weight: 1, arbitrary: fc.constant('x') },
  ),
  /** What is likely to be true or false, and not an error. */
  test: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(claimPaths, oneOf('==', '!=', '<', 'in'), tie('atom')).map(parts => parts.join(' ')),
    claimPaths.map(path => `has(${path}.x)`),
    oneOf(
      'has(claims.sub)',
      'has(claims.absent)',
      'has(claims["kubernetes.io"].namespace)',
      '"sub" in claims',
      '"other" in claims.aud',
      'true',
      'false',
      'claims.flag',
      'claims.off',
    ),
    fc
      .tuple(claimPaths, oneOf('startsWith', 'endsWith', 'contains'), strings)
      .map(([a, f, b]) => `${a}.${f}(${b})`),
    fc.tuple(claimPaths, patterns).map(([a, b]) => `${a}.matches(${b})`),
    fc.tuple(tie('test'), oneOf('&&', '||'), tie('test')).map(parts => parts.join(' ')),
    fc.tuple(tie('test'), oneOf('&&', '||'), tie('test')).map(parts => `(${parts.join(' ')})`),
    tie('test').map(a => `!(${a})`),
    fc.tuple(tie('test'), oneOf('== false', '!= true', '!= false')).map(([a, b]) => `(${a}) ${b}`),
    fc.tuple(tie('any'), infix, tie('any')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
  ),
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: tie('atom') },
    { weight: 3, arbitrary: tie('test') },
    { weight: 2, arbitrary: fc.tuple(tie('any'), infix, tie('any')).map(([a, op, b]) => `${a} ${op} ${b}`) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('test'), tie('any'), tie('any')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('atom'), macros, tie('any')).map(([a, f, b]) => `${a}.${f}(x, ${b})`),
    },
    { weight: 1, arbitrary: fc.tuple(conversions, tie('any')).map(([f, a]) => `${f}(${a})`) },
    { weight: 1, arbitrary: fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a})[${b}]`) },
    { weight: 1, arbitrary: fc.array(tie('any'), { maxLength: 3 }).map(items => `[${items.join(', ')}]`) },
    { weight: 1, arbitrary: tie('any').map(a => `-(${a})`) },
  ),
}))
const joined = (part: fc.Arbitrary<string>, op: string) =>
  fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join(` ${op} `))
/** A condition: mostly of tests that may be true, with parts of the wrong type strewn in. */
export const condition: fc.Arbitrary<string> = fc.oneof(
  joined(any, '&&'),
  joined(any, '||'),
  joined(test, '&&'),
  joined(test, '||'),
  test,
)
