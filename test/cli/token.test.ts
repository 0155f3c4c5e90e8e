import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildIfStale } from '../../scripts/build.mjs'
import { run } from '../../server/src/cli/main.ts'
import { encode } from '../../server/src/token/jwt.testdata.ts'
import { hmac, signer } from '../../server/src/token/signed.testdata.ts'
import { folderWith, PAGES } from './harness.ts'

const NOW = '2026-01-31T12:00:00Z'
const now = Date.parse(NOW) / 1000
const ISS = 'https://oidc.eks.us-west-2.amazonaws.com/id/8B255427C173093D33B9A72B9EA6A4E4'
const SUB = 'system:serviceaccount:inference:worker'

const claims = {
  iss: ISS,
  sub: SUB,
  aud: ['https://api.anthropic.com'],
  iat: now - 60,
  exp: now + 600,
  tier: 'gold',
}
const own = await signer()
const good = await own.sign(claims)
const [head = '', body = '', signature = ''] = good.split('.')

const issuer = (jwks: object = { type: 'inline', keys: [own.jwk] }) => ({
  name: 'cluster',
  id: 'fdis_01A',
  issuer_url: ISS,
  jwks,
})
const rule = (match: object = {}, more: object = {}) => ({
  name: 'worker',
  issuer_id: 'fdis_01A',
  match: { subject_prefix: SUB, audience: 'https://api.anthropic.com', ...match },
  target: { type: 'service_account', service_account_id: 'svac_01A' },
  workspace_id: 'wrkspc_01A',
  oauth_scope: 'workspace:inference',
  ...more,
})
const FILES = { 'rule.json': rule(), 'issuer.json': issuer(), 'jwks.json': { keys: [own.jwk] } }
const DISCOVERY = issuer({ type: 'discovery' })
const USUAL = ['--rule', 'rule.json', '--issuer', 'issuer.json', '--now', NOW]

/** Runs `wif-lint token` in this process, with these files beside it. */
async function token(input: string, argv: readonly string[] = USUAL, files: Record<string, unknown> = {}) {
  const all = Object.entries({ ...FILES, ...files })
  const cwd = folderWith(
    Object.fromEntries(all.map(([name, v]) => [name, typeof v === 'string' ? v : JSON.stringify(v)])),
  )
  const output = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof output) => ({
    write: (text: string) => {
      output[name] += text
    },
  })
  const code = await run(['token', ...argv], {
    cwd,
    env: {},
    pages: PAGES,
    stdin: (async function* () {
      yield Buffer.from(input)
    })(),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
  })
  return { code, ...output }
}

async function tokenJson(
  input: string,
  argv: readonly string[] = USUAL,
  files: Record<string, unknown> = {},
) {
  const { code, stdout, stderr } = await token(input, [...argv, '--format', 'json'], files)
  expect(stderr).toBe('')
  return { code, ...JSON.parse(stdout) }
}

describe('the verdict', () => {
  test('admitted', async () => {
    const { code, ...document } = await tokenJson(good)
    expect(code).toBe(0)
    expect(Object.keys(document)).toEqual(['version', 'verdict', 'reason', 'steps', 'findings'])
    expect(document).toMatchObject({ version: 1, verdict: 'admitted', reason: null })
    expect(document.steps.map((s: object) => Object.values(s).slice(0, 2).join())).toEqual([
      'issuer,pass',
      'signature,pass',
      'size,pass',
      'time,pass',
      'lifetime,pass',
      'audience,pass',
      'subject,pass',
      'mint,pass',
    ])
    expect(document.findings).toEqual([
      { rule: 'token/single-use', severity: 'info', message: expect.stringContaining('no `jti`') },
    ])
  })

  const forged = signer().then(other => other.sign(claims))
  const unknownKid = signer('ES256', 'k2').then(other => other.sign(claims))
  const none = `${encode('{"alg":"none","kid":"k1"}')}.${body}.${signature}`
  test.each<[string, string | Promise<string>, string | null]>([
    ['a wrong key', forged, 'signature_invalid'],
    ['an unknown kid', unknownKid, 'key_not_found'],
    ['alg none', none, 'algorithm_not_accepted'],
    ['alg none, without a signature', `${encode('{"alg":"none"}')}.${body}.`, null],
    ['HMAC', hmac(claims, own.pem, { alg: 'HS256', kid: 'k1' }), 'algorithm_not_accepted'],
    ['HMAC in disguise', hmac(claims, own.pem, { alg: 'ES256', kid: 'k1' }), 'signature_invalid'],
    [
      'a modified payload',
      `${head}.${encode(JSON.stringify({ ...claims, tier: 'iron' }))}.${signature}`,
      'signature_invalid',
    ],
    ['expired', own.sign({ ...claims, iat: now - 600, exp: now - 31 }), 'token_expired'],
    ['not yet valid', own.sign({ ...claims, nbf: now + 31 }), 'token_not_yet_valid'],
    ['another subject', own.sign({ ...claims, sub: `${SUB}-2` }), 'match_subject_prefix'],
    ['16 KiB + 1 byte', `${good}${'A'.repeat(16 * 1024 + 1 - good.length)}`, 'token_too_large'],
    ['far too long', 'A'.repeat(5 * 1024 * 1024), 'token_too_large'],
    ['encrypted', 'a.b.c.d.e', null],
  ])('denied: %s', async (_, text, reason) => {
    expect(await tokenJson(await text)).toMatchObject({ code: 1, verdict: 'denied', reason })
  })

  test('30 seconds of leeway', async () => {
    const late = await own.sign({ ...claims, iat: now - 600, exp: now - 30, nbf: now + 30 })
    expect(await tokenJson(late)).toMatchObject({ code: 0 })
  })

  test('unknown without the keys, the condition or the issuer; a JWKS file has the keys', async () => {
    const unknown = { code: 3, verdict: 'unknown', reason: null }
    const files = { 'issuer.json': DISCOVERY }
    expect(await tokenJson(good, USUAL, files)).toMatchObject(unknown)
    expect((await token(good, USUAL, files)).stdout).toContain('by --jwks FILE')
    expect(await tokenJson(good, [...USUAL, '--jwks', 'jwks.json'], files)).toMatchObject({ code: 0 })
    const other = { ...files, 'jwks.json': [{ ...own.jwk, kid: 'k2' }] }
    expect(await tokenJson(good, [...USUAL, '--jwks', 'jwks.json'], other)).toMatchObject({ code: 1 })
    const alone = { 'a/rule.json': rule() }
    expect(await tokenJson(good, ['--rule', 'a/rule.json', '--now', NOW], alone)).toMatchObject(unknown)
    expect((await token(good, ['--rule', 'a/rule.json', '--now', NOW], alone)).stdout).toMatch(
      /not everything is known; the issuer is given by --issuer FILE; the keys of the issuer are given by --jwks FILE\n$/,
    )
    const conditional = { 'rule.json': rule({ condition: 'claims.tier == "gold"' }) }
    expect(await tokenJson(good, USUAL, conditional)).toMatchObject(unknown)
    const unfinished = { 'issuer.json': issuer({ type: 'inline', keys: [{ ...own.jwk, x: '...' }] }) }
    expect(await tokenJson(good, USUAL, unfinished)).toMatchObject(unknown)
  })
})

test('the issuer is found in the folder of the rule, and not below it', async () => {
  const argv = ['--rule', 'a/rule.json', '--now', NOW]
  const files = { 'a/rule.json': rule(), 'a/issuer.yaml': JSON.stringify(issuer()), 'a/wif-lint.json': {} }
  expect(await tokenJson(good, argv, files)).toMatchObject({ code: 0, verdict: 'admitted' })
  const below = { 'a/rule.json': rule(), 'a/b/issuer.json': issuer() }
  expect(await tokenJson(good, argv, below)).toMatchObject({ code: 3 })
  const two = { ...files, 'a/other.json': { ...issuer(), id: 'fdis_01B' } }
  expect(await tokenJson(good, argv, two)).toMatchObject({ code: 0 })
  // Which of two with one id is meant, nobody knows.
  expect(await tokenJson(good, argv, { ...files, 'a/other.json': issuer() })).toMatchObject({ code: 3 })
})

test('an audience of another party is called by its name', async () => {
  const irsa = await own.sign({ ...claims, aud: ['sts.amazonaws.com'] })
  expect((await token(irsa)).stdout).toContain(
    `The token's audience is "sts.amazonaws.com" (for AWS STS), the rule expects "https://api.anthropic.com"`,
  )
})

describe('the input', () => {
  test('JSON around a token is not what is exchanged', async () => {
    const { code, stdout, stderr } = await token(
      JSON.stringify({ WebIdentityToken: good, Expiration: '' }, null, 2),
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^wif-lint: This is JSON, not a token: .*--query WebIdentityToken/)
  })

  test.each([`Bearer ${good}\n`, `"${good}"`, good.replaceAll('.', '.\r\n'), `\uFEFF${good}`])(
    '%#',
    async text => {
      expect(await tokenJson(text)).toMatchObject({ code: 0 })
    },
  )

  test('from a file', async () => {
    expect((await token('', [...USUAL, '--token-file', 't.jwt'], { 't.jwt': good })).code).toBe(0)
  })

  test.each([
    [
      'sk-ant-oat01-secret',
      'This is a Claude access token, which the exchange returns, not the identity token',
    ],
    ['Bearer sk-ant-api03-secret', 'This is an API key, not an identity token'],
    ['\n', 'There is no token here'],
  ])('%j is refused with an explanation', async (text, why) => {
    const { code, stdout, stderr } = await token(text)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`wif-lint: ${why}`)
    expect(stderr).not.toContain('secret')
  })
})

describe('wrong usage', () => {
  const bundle = { 'rule.json': [rule(), rule({}, { name: 'other', id: 'fdrl_01B' })] }
  test.each<[string[], string, Record<string, unknown>?]>([
    [[], 'token needs --rule FILE; see wif-lint token --help'],
    [[...USUAL, good], 'the token is read from standard input or --token-file, never from an argument'],
    [[...USUAL, `--token=${good}`], 'unknown option'],
    [[...USUAL, '--token-file', good], 'the file of --token-file: '],
    [[...USUAL, '--isuer', 'x'], 'there is no option --isuer (did you mean --issuer?)'],
    [['--rule'], '--rule needs a value'],
    [[...USUAL, '--format', 'xml'], '--format is text or json'],
    [['--rule', 'rule.json', '--now', '2026-01-31'], '--now is a time with its zone'],
    [['--rule', 'rule.json', '--now', '2026-13-31T12:00:00Z'], '--now is a time with its zone'],
    [['--rule', 'gone.json'], 'gone.json: no such file or folder'],
    [['--rule', 'issuer.json'], 'issuer.json: no federation rule in it'],
    [['--rule', 'rule.json'], 'rule.json: its syntax is broken', { 'rule.json': '{"issuer_id": "a",' }],
    [[...USUAL, '--issuer', 'rule.json'], 'rule.json: no federation issuer in it'],
    [[...USUAL, '--jwks', 'rule.json'], 'rule.json: it is no JWKS document'],
    [[...USUAL, '--workspace', 'rule.json'], 'rule.json: it is no folder'],
    [USUAL, 'rule.json: which of its rules? Choose by --rule-id: worker, other', bundle],
    [[...USUAL, '--rule-id', 'x'], 'rule.json: no rule of that id or name in it, only worker, other', bundle],
  ])('%#', async (argv, problem, files) => {
    const { code, stdout, stderr } = await token(good, argv, files)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`wif-lint: ${problem}`)
    for (const part of [head, body, signature]) expect(stderr).not.toContain(part)
  })

  test.each(['other', 'fdrl_01B'])('one of several rules by %s', async id => {
    const { stdout } = await token(good, [...USUAL, '--rule-id', id], bundle)
    expect(stdout).toContain('Rule other\n')
  })

  test('help', async () => {
    expect((await token('', ['--help'])).stdout).toContain('Usage: wif-lint token --rule FILE')
  })
})

test('the report for a person', async () => {
  const text = await own.sign({
    ...claims,
    sub: `${SUB}-2`,
    note: '\u001b[31m',
    exp: now - 7300,
    iat: now - 7800,
  })
  const files = {
    'rules/a.json': rule(),
    'rules/b.yaml': JSON.stringify(rule({ subject_prefix: `${SUB}*` }, { name: 'wide' })),
    'rules/issuer.json': issuer(),
    'rules/cut.json': JSON.stringify(rule()).slice(0, -40),
  }
  const { code, stdout, stderr } = await token(text, [...USUAL, '--workspace', 'rules'], files)
  expect(code).toBe(1)
  expect(stderr).toBe('wif-lint: rules/cut.json: not checked, its syntax is broken\n')
  expect(stdout).not.toContain('cut.json')
  for (const line of [
    /^ {2}Amazon EKS, by its issuer, \d+ bytes$/m,
    /^ {2}alg {2}"ES256"$/m,
    /^ {2}sub {3}"system:serviceaccount:inference:worker-2"$/m,
    new RegExp(
      `^ {2}exp {3}${now - 7300} {2}2026-01-3\\d \\d\\d:\\d\\d:20 [+-]\\d\\d:\\d\\d \\(2 h ago\\)$`,
      'm',
    ),
    /^ {2}note {2}"\\u001b\[31m"$/m,
    /^Rule worker$/m,
    /^ {2}✓ signature The key "k1" signed the token$/m,
    /^ {2}✗ time {6}The token expired 7300 s ago$/m,
    /^ {2}✗ subject {3}`sub` is .* \(rule\.json:\d+:\d+\)$/m,
    /^ {2}info: This token has no `jti`/m,
    /^ {2}✗ rules\/a.json: worker: token_expired, The token expired 7300 s ago$/m,
    /^ {2}✗ rules\/b.yaml: wide: token_expired, /m,
    /^Denied: token_expired$/m,
  ])
    expect(stdout).toMatch(line)
})

test('every rule of the workspace is told, also those that admit', async () => {
  const files = {
    'w/a.json': rule(),
    'w/b.json': rule({ subject_prefix: 'x' }, { name: 'b' }),
    'w/i.json': issuer(),
  }
  const { stdout } = await token(good, ['--rule', 'w/a.json', '--workspace', 'w', '--now', NOW], files)
  expect(stdout).toContain('✓ w/a.json: worker: admitted\n')
  expect(stdout).toContain('✗ w/b.json: b: match_subject_prefix, `sub` is ')
  expect(stdout).toMatch(/Admitted\n$/)
})

test('no output holds the signature, nor the token as it was given', async () => {
  const changed = `${head}.${encode('{"sub":"x"}')}.${signature}`
  const inputs = [good, changed, `${good}.x`, `${head}.${body}`, `${good}${'A'.repeat(17_000)}`, `x${good}`]
  const options = [
    [],
    ['--format', 'json'],
    ['--workspace', '.'],
    ['--jwks', 'jwks.json'],
    ['--rule-id', 'x'],
  ]
  for (const input of inputs)
    for (const more of options) {
      const { stdout, stderr } = await token(input, [...USUAL, ...more])
      const output = stdout + stderr
      for (const part of [signature, signature.slice(0, 20), signature.slice(-20), body])
        expect(output).not.toContain(part)
    }
})

describe('as it is shipped', () => {
  const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
  beforeAll(async () => {
    await buildIfStale()
  }, 60_000)

  test.each([
    ['claims.tier == "gold"', 0, 'The condition holds'],
    ['claims.tier == "iron"', 1, 'The condition does not hold: `claims.tier == "iron"` is false'],
  ])('%s is evaluated in a process of its own', (condition, code, message) => {
    const files = { ...FILES, 'rule.json': rule({ condition }) }
    const cwd = folderWith(Object.fromEntries(Object.entries(files).map(([n, v]) => [n, JSON.stringify(v)])))
    const { status, stdout } = spawnSync(process.execPath, [cli, 'token', ...USUAL], {
      cwd,
      input: good,
      encoding: 'utf8',
    })
    expect(stdout).toContain(message)
    expect(status).toBe(code)
  })

  test.skipIf(spawnSync('bash', ['-c', 'true']).status !== 0)(
    'token and keys may come out of commands',
    () => {
      const files = { ...FILES, 'issuer.json': DISCOVERY, 'token.jwt': good }
      const cwd = folderWith(
        Object.fromEntries(
          Object.entries(files).map(([n, v]) => [n, typeof v === 'string' ? v : JSON.stringify(v)]),
        ),
      )
      const line = `"${process.execPath}" "${cli}" token ${USUAL.join(' ')} --jwks <(cat jwks.json) --token-file <(cat token.jwt)`
      const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/Admitted\n$/)
    },
  )
})
