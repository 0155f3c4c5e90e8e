import { describe, expect, test } from 'vitest'
import { problems, silent, tells, without } from './problems.ts'

const issuer = {
  name: 'aws-sts',
  issuer_url: 'https://0a1b.tokens.sts.global.api.aws',
  jwks: { type: 'discovery' },
}
const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const privateKey = '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n'
const rsa = { kty: 'RSA', kid: 'a', n: 'AQAB', e: 'AQAB' }
const ec = { kty: 'EC', kid: 'b', crv: 'P-256', x: 'AQAB', y: 'AQAB' }
const jwks = (value: unknown) => ({ ...issuer, jwks: value })
const inline = (...keys: unknown[]) => jwks({ type: 'inline', keys })
const url = 'https://a.example'

silent('issuer', {
  'an issuer': issuer,
  'a name of 255 characters': { ...issuer, name: 'a'.repeat(255) },
  'jwks left out': without(issuer, 'jwks'),
  'a discovery base': jwks({ type: 'discovery', discovery_base: url, ca_cert_pem: null }),
  'a private CA': jwks({ type: 'discovery', ca_cert_pem: pem + pem }),
  'a fixed URL': jwks({ type: 'explicit_url', url, ca_cert_pem: pem }),
  'inline keys': inline(rsa, { ...ec, use: 'sig', alg: 'ES256', key_ops: ['verify'] }),
  'null in a field of another type': jwks({ type: 'inline', keys: [rsa], url: null }),
  'the Console form': { ...without(issuer, 'jwks'), jwks_source: 'discovery', discovery_base: url },
  'a lifetime of 1': { ...issuer, max_jwt_lifetime_seconds: 1 },
  'a lifetime of 176400': { ...issuer, max_jwt_lifetime_seconds: 176400 },
  'unknown fields': { ...issuer, comment: 'x' },
  'an update of one field': { max_jwt_lifetime_seconds: 7500 },
  'an update that resumes polling': { issuer_url: url, jwks_polling_disabled: false },
  'an update with null': { issuer_url: null, check_jti: null, jwks: null, jwks_polling_disabled: null },
  'a response': {
    id: 'fdis_01',
    type: 'federation_issuer',
    issuer_url: url,
    archived_at: null,
    poll_status: { consecutive_failures: 0, last_fetched_at: null },
  },
})

describe('create', () => {
  const required = 'is required to create an issuer'
  const slug = '`name` must be 1 to 255 characters of `a-z`, `0-9` and `-`'
  tells('issuer', 'issuer/name-invalid', [
    [{ ...issuer, name: 'AWS STS' }, '/name', `${slug}; this is "AWS STS"`],
    [{ ...issuer, name: 'aws_sts' }, '/name', `${slug}; this is "aws_sts"`],
    [{ ...issuer, name: '' }, '/name', `${slug}; this is ""`],
    [{ ...issuer, name: 'a'.repeat(256) }, '/name', slug],
    [{ ...issuer, name: 5 }, '/name', `${slug}; this is 5`],
    [{ ...issuer, name: null }, '/name', `\`name\` ${required}`],
    [without(issuer, 'name'), '', `\`name\` ${required}`],
  ])
  tells('issuer', '-', [
    [without(issuer, 'issuer_url'), '', `\`issuer_url\` ${required}`],
    [{ name: 'a', jwks_source: 'discovery' }, '', `\`issuer_url\` ${required}`],
    [{ ...issuer, issuer_url: [url] }, '/issuer_url', '`issuer_url` must be a string; this is a list'],
    [
      { ...issuer, check_jti: 'false' },
      '/check_jti',
      '`check_jti` must be `true` or `false`; this is the string "false"',
    ],
    [
      { ...issuer, jwks_source: { type: 'discovery' } },
      '/jwks_source',
      '`jwks_source` must be a string; this is an object',
    ],
    ['"fdis"', '', 'The issuer must be an object; this is the string "fdis"'],
  ])
})

describe('lifetime', () => {
  const field = 'max_jwt_lifetime_seconds'
  const range = `\`${field}\` must be an integer from 1 to 176400 (49 hours)`
  tells('issuer', 'issuer/max-lifetime-range', [
    [{ ...issuer, [field]: 0 }, `/${field}`, `${range}; this is 0`],
    [{ ...issuer, [field]: 176401 }, `/${field}`, `${range}; this is 176401`],
    [{ ...issuer, [field]: 3600.5 }, `/${field}`, `${range}; this is 3600.5`],
    [{ ...issuer, [field]: '3600' }, `/${field}`, `${range}; this is the string "3600"`],
  ])
})

describe('polling', () => {
  tells('issuer', 'issuer/inactive', [
    [
      { jwks_polling_disabled: true },
      '/jwks_polling_disabled',
      '`jwks_polling_disabled` only accepts `false`, which resumes key polling; this is true',
    ],
  ])
})

describe('jwks', () => {
  const types = '`type` must be `discovery`, `explicit_url` or `inline`'
  const discovery = '`jwks` of type `discovery` takes `discovery_base` and `ca_cert_pem`'
  const explicit = '`jwks` of type `explicit_url` takes `url` and `ca_cert_pem`'
  const onlyKeys = '`jwks` of type `inline` takes only `keys`'
  const certificates = '`ca_cert_pem` must be one or more PEM blocks of type `CERTIFICATE`'
  const unwrap = '`keys` must be a list of keys: paste the list inside `keys`, not the object around it'
  tells('issuer', 'issuer/jwks-shape', [
    [jwks('discovery'), '/jwks', '`jwks` must be an object with a `type`; this is the string "discovery"'],
    [jwks({}), '/jwks', '`type` is required: `discovery`, `explicit_url` or `inline`'],
    [jwks({ type: 'discovry' }), '/jwks/type', `${types}; this is "discovry". Did you mean \`discovery\`?`],
    [jwks({ type: 'oidc' }), '/jwks/type', `${types}; this is "oidc"`],
    [jwks({ type: 'discovery', url }), '/jwks/url', `\`url\` belongs to \`explicit_url\`; ${discovery}`],
    [jwks({ type: 'discovery', keys: [rsa] }), '/jwks/keys', `\`keys\` belongs to \`inline\`; ${discovery}`],
    [jwks({ type: 'explicit_url' }), '/jwks', '`url` is required when `type` is `explicit_url`'],
    [
      jwks({ type: 'explicit_url', url, discovery_base: url }),
      '/jwks/discovery_base',
      `\`discovery_base\` belongs to \`discovery\`; ${explicit}`,
    ],
    [
      jwks({ type: 'explicit_url', url, keys: [rsa] }),
      '/jwks/keys',
      `\`keys\` belongs to \`inline\`; ${explicit}`,
    ],
    [jwks({ type: 'inline' }), '/jwks', '`keys` is required when `type` is `inline`'],
    [
      jwks({ type: 'inline', keys: [rsa], url: 'https://<host>' }),
      '/jwks/url',
      `\`url\` belongs to \`explicit_url\`; ${onlyKeys}`,
    ],
    [
      jwks({ type: 'inline', keys: [rsa], ca_cert_pem: pem }),
      '/jwks/ca_cert_pem',
      `\`ca_cert_pem\` belongs to \`discovery\` and \`explicit_url\`; ${onlyKeys}`,
    ],
    [inline(), '/jwks/keys', '`keys` must hold at least one key, or no token can be verified'],
    [jwks({ type: 'inline', keys: { keys: [rsa] } }), '/jwks/keys', `${unwrap}; this is an object`],
    [
      jwks({ type: 'discovery', ca_cert_pem: 'MIIB' }),
      '/jwks/ca_cert_pem',
      `${certificates}; this is "MIIB"`,
    ],
    [jwks({ type: 'discovery', ca_cert_pem: privateKey }), '/jwks/ca_cert_pem', certificates],
  ])
})

describe('keys', () => {
  const algorithms =
    '`alg` must be `RS256`, `RS384`, `RS512`, `PS256`, `PS384`, `PS512`, `ES256`, `ES384` or `ES512`'
  const kid = '`kid` must be a non-empty string, the `kid` that tokens carry'
  const at = '/jwks/keys/0'
  tells('issuer', 'issuer/jwk-unusable', [
    [inline('a'), at, '`keys[0]` must be an object; this is the string "a"'],
    [inline({}), at, '`kid` and `kty` are required'],
    [inline(without(rsa, 'kid')), at, '`kid` is required: a token names its key by `kid`'],
    [inline({ ...rsa, kid: '' }), `${at}/kid`, kid],
    [inline({ ...rsa, kid: 7 }), `${at}/kid`, `${kid}; this is 7`],
    [inline(without(rsa, 'n', 'e')), at, '`n` and `e` are required in a key of type `RSA`'],
    [inline(without(ec, 'x')), at, '`x` is required in a key of type `EC`'],
    [
      inline({ ...ec, crv: 'secp256k1' }),
      `${at}/crv`,
      '`crv` must be `P-256`, `P-384` or `P-521`; this is "secp256k1"',
    ],
    [inline({ kty: 'OKP', kid: 'a' }), `${at}/kty`, '`kty` must be `RSA` or `EC`; this is "OKP"'],
    [inline({ ...rsa, alg: 'HS256' }), `${at}/alg`, `${algorithms}; this is "HS256"`],
    [
      inline({ ...rsa, use: 'enc' }),
      `${at}/use`,
      '`use` must be `sig`: a key for encryption cannot verify a token',
    ],
    [
      inline({ ...rsa, key_ops: ['sign', 'encrypt'] }),
      `${at}/key_ops`,
      '`key_ops` must be a list that includes `verify`',
    ],
  ])

  test('each key is judged by itself', () => {
    expect(problems('issuer', inline(rsa, without(ec, 'kid'), { ...rsa, use: 'enc' }))).toHaveLength(2)
  })
})
