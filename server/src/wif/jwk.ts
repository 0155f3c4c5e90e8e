import { get, isAbsent, items, type Node, type ObjectNode, property, textAt } from '../syntax/node.ts'
import type { FederationIssuer } from './issuer.ts'
import { isPlaceholder } from './placeholder.ts'

/** The algorithms the service accepts (reference, JWT verification), each with the keys it goes with (RFC 7518). */
const ALGORITHMS = new Map<string, { kty: string; crv?: string }>([
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map(alg => [alg, { kty: 'RSA' }] as const),
  ['ES256', { kty: 'EC', crv: 'P-256' }],
  ['ES384', { kty: 'EC', crv: 'P-384' }],
  ['ES512', { kty: 'EC', crv: 'P-521' }],
])

/** Whether the service takes tokens that are signed with `algorithm`. */
export function isAcceptedAlgorithm(algorithm: unknown): boolean {
  return typeof algorithm === 'string' && ALGORITHMS.has(algorithm)
}

/** The members that make a key of each accepted type (RFC 7518, sections 6.2 and 6.3). */
const MEMBERS = new Map([
  ['RSA', ['n', 'e']],
  ['EC', ['crv', 'x', 'y']],
])

const CURVES = [...ALGORITHMS.values()].flatMap(({ crv }) => crv ?? [])

/** The members that only the owner of a key may know (RFC 7518, sections 6.2.2 and 6.3.2). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']

/** Something about a key, as the rest of a sentence, and where. */
interface JwkProblem {
  at: Node
  reason: string
}

/** The keys an issuer holds itself, in either form. */
export function inlineKeys({ node }: FederationIssuer): ObjectNode[] {
  return [get(node, 'jwks', 'keys'), get(node, 'jwks_inline')]
    .flatMap(list => [...items(list), ...items(get(list, 'keys'))])
    .filter(key => key.type === 'object')
}

/** Why `key` can never verify a token; nothing when it can. Placeholders are taken for what they stand for. */
export function jwkProblems(key: ObjectNode): JwkProblem[] {
  const problems: JwkProblem[] = []
  const check = (name: string, refusal: (value: string) => string | undefined) => {
    const node = get(key, name)
    if (!node || node.type === 'null') return
    const value = node.type === 'string' ? node.value : undefined
    if (value !== undefined && isPlaceholder(value)) return
    const reason = value === undefined ? `\`${name}\` must be a string` : refusal(value)
    if (reason !== undefined) problems.push({ at: node, reason })
  }
  const need = (name: string, why = '') => {
    if (isAbsent(key, name)) problems.push({ at: key, reason: `\`${name}\` is missing${why}` })
  }

  const kty = textAt(key, 'kty') ?? ''
  const crv = textAt(key, 'crv')
  need('kid', ', and a token names its key by it')
  check('kid', kid => (kid === '' ? '`kid` is empty, and a token names its key by it' : undefined))
  need('kty')
  check('kty', type =>
    MEMBERS.has(type) ? undefined : `the type must be \`RSA\` or \`EC\`, not \`${type}\``,
  )
  for (const member of MEMBERS.get(kty) ?? []) {
    need(member)
    check(member, value => (value === '' ? `\`${member}\` is empty` : undefined))
  }
  if (kty === 'EC')
    check('crv', curve => (CURVES.includes(curve) ? undefined : `the curve must be ${CURVES.join(', ')}`))
  check('alg', alg => {
    const takes = ALGORITHMS.get(alg)
    if (!takes) return `\`${alg}\` is not accepted, only RS, PS and ES with 256, 384 or 512`
    if (MEMBERS.has(kty) && takes.kty !== kty) return `\`${alg}\` takes a key of type \`${takes.kty}\``
    const other = takes.crv !== undefined && crv !== undefined && CURVES.includes(crv) && takes.crv !== crv
    return other ? `\`${alg}\` takes the curve ${takes.crv}` : undefined
  })
  check('use', use => (use === 'enc' ? 'it is for encryption' : undefined))
  const operations = get(key, 'key_ops')
  if (
    operations?.type === 'array' &&
    !items(operations).some(o => o.type === 'string' && o.value === 'verify')
  )
    problems.push({ at: operations, reason: '`key_ops` does not include `verify`' })
  return problems
}

/** The members of `key` that are secret: those of a private key, or a shared secret. Placeholders are none. */
export function secretMembers(key: ObjectNode) {
  const names = textAt(key, 'kty') === 'oct' ? ['k'] : PRIVATE
  return names.flatMap(name => {
    const member = property(key, name)
    const stands =
      member?.value.type === 'string' && (member.value.value === '' || isPlaceholder(member.value.value))
    return !member || member.value.type === 'null' || stands ? [] : member
  })
}
