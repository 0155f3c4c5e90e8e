import { describe, expect, it } from 'vitest'
import { mark } from '../../../test/cel/marked.ts'
import { check } from './check.ts'
import { parse } from './parse.ts'
import { applyFixes, type Problem } from './problem.ts'

function problems(source: string): Problem[] {
  const parsed = parse(source)
  return parsed.ok ? check(parsed) : [parsed.problem]
}

/** Conditions in which nothing is wrong: the near misses. */
const good = [
  'claims.sub == "repo:acme/web:ref:refs/heads/main"',
  "claims.sub == 'x'",
  'claims.flag',
  '!claims.flag || claims.other',
  'claims["https://sts.amazonaws.com/"].aws_account == "123456789012"',
  'claims["kubernetes.io"]["namespace"] == "inference"',
  'has(claims.environment) && claims.environment == "production"',
  '"environment" in claims && claims.environment in ["staging", "production"]',
  'has(claims["kubernetes.io"].pod)',
  'claims.sub.startsWith("repo:acme/") && claims.sub.endsWith("main") && claims.sub.contains(":ref:")',
  'claims.sub.matches("^repo:acme/(web|api):ref:refs/heads/main$")',
  'matches(claims.sub, r"^\\d+$")',
  'claims.sub.matches("(?i)^main$") && claims.sub.matches("\\\\A[[:alpha:]]+\\\\z")',
  'claims.aud.exists(a, a == "https://api.anthropic.com")',
  '["a", "b"].exists(v, v == claims.x)',
  'claims.groups.filter(g, g.startsWith("x")).size() > 0',
  'claims.groups.map(g, size(g) > 1, g + "!").size() == 1',
  'size(claims.sub) > 3 && claims.sub.size() > 3',
  'claims.exp - claims.iat <= 3600',
  'timestamp(claims.exp) - timestamp(claims.iat) < duration("1h")',
  'timestamp(claims.iat).getHours("+02:00") < 18',
  'type(claims.aud) == list',
  'claims.a == "x" ? claims.b == "y" : false',
  'claims.x == null || claims.x == 1.5 || claims.x == -1 || claims.x == 7u',
  'claims.x == -9223372036854775808',
  'claims.list[0] == "a" && claims.map["k"] == 1 && claims[claims.key] == "v"',
  'claims.a.b.c.d == "e"',
  '1 == 1.0',
  'true || 1 / 0 == 1',
  'claims.sub == "a" // why',
  'claims.package == "x" && claims.namespace == "y"',
  'claims.x in claims.y',
  '{"a": 1}[claims.k] == 1',
  'claims.exists(k, k == "sub")',
  'string(claims.id) == "12" && int(claims.id) == 12',
]

describe('says nothing of', () => {
  it.each(good)('%s', source => expect(problems(source)).toEqual([]))
})

/** The condition with the range drawn in, the code, the sentence, and what the fix makes of it. */
const bad: [marked: string, code: Problem['code'], message: string, fixed?: string][] = [
  ['«»', 'empty', 'The condition is empty: write an expression or remove it'],
  ['« // nothing»', 'empty', 'The condition is empty: write an expression or remove it'],
  ['«claims.sub.size()»', 'not-boolean', 'The condition must be true or false, but this is an int'],
  ['«"x"»', 'not-boolean', 'The condition must be true or false, but this is a string'],
  ['«claims»', 'not-boolean', 'The condition must be true or false, but this is a map'],
  [
    '«assertion».sub == "x"',
    'unknown-variable',
    'Only the variable `claims` exists here; `assertion` belongs to Google Cloud and OpenAI',
    'claims.sub == "x"',
  ],
  [
    '«google».subject == "x"',
    'unknown-variable',
    'Only the variable `claims` exists here; `google` belongs to Google Cloud',
  ],
  [
    '«attribute».repository == "x"',
    'unknown-variable',
    'Only the variable `claims` exists here; `attribute` belongs to Google Cloud',
    'claims.repository == "x"',
  ],
  [
    '«request».auth == "x"',
    'unknown-variable',
    'Only the variable `claims` exists here; `request` belongs to another product',
  ],
  [
    '«claim».sub == "x"',
    'unknown-variable',
    '`claim` is unknown: did you mean `claims`?',
    'claims.sub == "x"',
  ],
  [
    '«sub» == "x"',
    'unknown-variable',
    'Only the variable `claims` exists here: write `claims.sub` for the claim',
    'claims.sub == "x"',
  ],
  ['claims.a == «True»', 'foreign-syntax', '`True` is not CEL: write `true`', 'claims.a == true'],
  ['claims.a == «None»', 'foreign-syntax', '`None` is not CEL: write `null`', 'claims.a == null'],
  ['«not»(claims.a == "x")', 'foreign-syntax', '`not` is not CEL: write `!`', '!(claims.a == "x")'],
  [
    'claims.groups.exists(g, «h» == "x")',
    'unknown-variable',
    '`h` is unknown: did you mean `g`?',
    'claims.groups.exists(g, g == "x")',
  ],
  [
    'claims.sub.startsWith(«1»)',
    'type',
    '`startsWith` takes a string, not an int: write `"1"`',
    'claims.sub.startsWith("1")',
  ],
  ['claims.sub.startsWith(«["a"]»)', 'type', '`startsWith` takes a string, not a list'],
  [
    '«claims».startsWith("x")',
    'type',
    '`startsWith` works on a string, not on `claims`, the map of all: name a claim before it',
  ],
  ['«[1]».contains("x")', 'type', '`contains` works on a string, not on a list'],
  ['«claims.sub.startsWith("a", "b")»', 'arguments', '`startsWith` takes 1 argument, not 2'],
  ['size(«1») == 1', 'type', '`size` takes a string, bytes, a list or a map, not an int'],
  [
    '«startsWith»(claims.sub, "a")',
    'unknown-function',
    '`startsWith` is a method: write `text.startsWith(…)`',
    'claims.sub.startsWith("a")',
  ],
  [
    'claims.id.«string»() == "a"',
    'unknown-function',
    '`string` is a function: write `string(…)`',
    'string(claims.id) == "a"',
  ],
  [
    'claims.sub.«startWith»("a")',
    'unknown-function',
    'CEL has no method `startWith`: did you mean `startsWith`?',
    'claims.sub.startsWith("a")',
  ],
  [
    'claims.sub.«startswith»("a")',
    'unknown-function',
    'CEL has no method `startswith`: did you mean `startsWith`?',
    'claims.sub.startsWith("a")',
  ],
  [
    'claims.sub.«includes»("a")',
    'unknown-function',
    'CEL has no method `includes`: did you mean `contains`?',
    'claims.sub.contains("a")',
  ],
  [
    'claims.sub.«length»() > 1',
    'unknown-function',
    'CEL has no method `length`: did you mean `size`?',
    'claims.sub.size() > 1',
  ],
  ['«frobnicate»(claims.sub)', 'unknown-function', 'CEL has no function `frobnicate`'],
  [
    'claims.sub.«lowerAscii»() == "a"',
    'extension-function',
    '`lowerAscii` is from an optional library of CEL, which the service is not known to have',
  ],
  [
    'claims.groups.«exists»("a")',
    'arguments',
    '`exists` takes a variable and an expression: write `.exists(x, …)`',
  ],
  [
    '«exists»(claims.groups, g, g == "a")',
    'arguments',
    '`exists` is a method of a list: write `list.exists(x, …)`',
  ],
  ['«"abc"».exists(c, c == "a")', 'type', '`exists` works on a list or a map, not on a string'],
  ['claims.groups.exists(g, «"a"»)', 'type', '`exists` needs true or false, not a string'],
  [
    'has(«claims["sub"]»)',
    'arguments',
    '`has` takes no brackets: write `has(claims.sub)`',
    'has(claims.sub)',
  ],
  [
    'has(«claims["a/b"]»)',
    'arguments',
    '`has` takes no brackets: write `"a/b" in claims`',
    '"a/b" in claims',
  ],
  ['has(«claims»)', 'arguments', '`has` takes one claim, written with a dot: `has(claims.name)`'],
  ['claims[«1»] == "x"', 'key-type', 'Claim names are strings: write `["1"]`', 'claims["1"] == "x"'],
  ['«1» in claims', 'key-type', 'The keys of this map are strings, not ints', '"1" in claims'],
  ['claims.list[«null»] == 1', 'key-type', 'An index is an int or a string, not null'],
  ['[1, 2][«"0"»] == 1', 'key-type', 'A list is indexed by an int, not by a string'],
  ['{«1.5»: 2} == {}', 'key-type', 'A key is a string, an int or a bool, not a double'],
  [
    'claims.id == «9223372036854775808»',
    'integer-range',
    '`9223372036854775808` does not fit into a 64-bit int',
  ],
  [
    'claims.id == «18446744073709551616u»',
    'integer-range',
    '`18446744073709551616u` does not fit into 64 bits',
  ],
  ['«"a" == 1»', 'type', 'A string and an int are never equal'],
  ['«1 in ["a", "b"]»', 'type', 'An int is never in a list of strings'],
  [
    '"x" in «"xyz"»',
    'type',
    '`in` needs a list or a map on its right, not a string: write `.contains(…)`',
    '"xyz".contains("x")',
  ],
  [
    'claims.a in «"xyz"»',
    'type',
    '`in` needs a list or a map on its right, not a string: write `.contains(…)`',
    '"xyz".contains(claims.a)',
  ],
  ['claims.a && «"x"»', 'type', '`&&` needs true or false, not a string'],
  ['!«"x"»', 'type', '`!` needs true or false, not a string'],
  ['claims.a < «null»', 'type', '`<` cannot order null'],
  ['«size(claims.a) > "3"»', 'type', '`>` cannot compare an int with a string'],
  [
    '«string(claims.a) + 1» == "a"',
    'type',
    '`+` cannot combine a string and an int: write `string(…)` around the other',
  ],
  ['"a".«b» == 1', 'type', 'There is no field `b` in a string'],
  [
    '(«claims.a ? 1 : "b"») == 1',
    'type',
    'Both results of `? :` must be of one type: these are an int and a string',
  ],
  ['«1 / 0» == claims.a', 'always-error', 'This can only fail: division by zero'],
  ['«int("x")» == claims.a', 'always-error', 'This can only fail: "x" is not an integer'],
  [
    'timestamp(claims.iat) < «timestamp("today")»',
    'always-error',
    'This can only fail: a timestamp is written like "2026-01-31T12:00:00Z"',
  ],
  [
    'claims.a.matches("x«(?=»y)")',
    'regex',
    'RE2 has no lookahead: put what must not follow into a second condition with `!`',
  ],
  [
    'claims.a.matches("(«(?<!»x)y)")',
    'regex',
    'RE2 has no lookbehind: put what must not precede into a second condition with `!`',
  ],
  ['claims.a.matches("(a)«\\\\1»")', 'regex', 'RE2 has no backreferences: compare the parts with `==`'],
  ['claims.a.matches(r"^a«\\Z»")', 'regex', '`\\Z` is not RE2: write `\\z`'],
  [
    'claims.a.matches("«[»a-z")',
    'regex',
    '`[` is never closed in the pattern: add `]`, or write `\\[` for the character',
  ],
  [
    'claims.a.matches("«*».example.com")',
    'regex',
    '`*` has nothing to repeat: write `\\*` for the character',
  ],
  [
    'claims.a.matches("«a{1000}{1000}»")',
    'too-large',
    'The pattern is too large to check: it repeats too much',
  ],
  [
    'claims.a == «b"é"»',
    'unsupported',
    'Bytes beyond ASCII cannot be checked here: write `\\xc3\\xbf` for `ÿ`',
  ],
  ['claims.a == «.5»', 'unsupported', '`.5` cannot be checked here: write `0.5`', 'claims.a == 0.5'],
  [
    'claims.a ? «claims.b ? true : false» : true',
    'syntax',
    'Parentheses are missing around `claims.b ? true : false`',
    'claims.a ? (claims.b ? true : false) : true',
  ],
  ['size(claims.a«,») == 1', 'syntax', '`,` before `)` is one too many: remove it', 'size(claims.a) == 1'],
]

describe('says of', () => {
  it.each(bad)('%s', (text, code, message, fixed) => {
    const source = text.replaceAll(/[«»]/g, '')
    const [found, ...more] = problems(source)
    expect(more).toEqual([])
    expect(found && mark(source, found)).toBe(text)
    expect(found).toMatchObject({ code, message })
    expect(found?.fix && applyFixes(source, found.fix)).toBe(fixed)
  })

  it('everything that is wrong, in order', () => {
    const source = 'assertion.sub == 1 && claims[2] == "x" && claims.a.foo() && claims.b.matches("(?=x)")'
    expect(problems(source).map(problem => problem.code)).toEqual([
      'unknown-variable',
      'key-type',
      'unknown-function',
      'regex',
    ])
  })
})

describe('a fix', () => {
  it.each(bad.flatMap(([text, , , fixed]) => (fixed === undefined ? [] : [[text, fixed]])))(
    'of %s leaves nothing to fix',
    (_, fixed) => {
      expect(problems(fixed)).toEqual([])
    },
  )
})
