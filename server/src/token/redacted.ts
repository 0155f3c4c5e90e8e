import type { TokenCheck } from './check.ts'
import type { DecodedToken } from './decode.ts'

/** A rule, and what it would make of the token. */
export interface NamedCheck {
  title: string
  check: TokenCheck
}

/** What is known of a token, as far as others may know it. */
export interface RedactedReport {
  kind: string | undefined
  token: DecodedToken
  /** Seconds since 1970. */
  now: number
  /** The rule that the token is meant for. */
  meant: NamedCheck | undefined
  /** What there is to say of the token. */
  findings: TokenCheck['findings']
  rules: readonly NamedCheck[]
}

/**
 * The report as a text for a ticket: what was decided and why, and which claims there are, but none of their values.
 * `exp` and `iat` become a distance; the key is not named.
 */
export function redactedReport({ kind, token, now, meant, findings, rules }: RedactedReport): string {
  const { exp } = token.claims
  const blocks: (string | string[])[] = [
    meant ? `Token check: ${outcome(meant)}, by rule ${meant.title}` : 'Token check: no rule',
    [
      `Token: ${kind ?? 'of an unknown issuer'}, ${token.size} bytes`,
      ...(typeof exp === 'number' ? [`Expires: ${Math.round(exp - now)} s after the check`] : []),
      `Header: ${members(token.header)}`,
      `Claims: ${members(token.claims)}`,
    ],
    (meant?.check.steps ?? []).map(({ step, result, reason }) => {
      return `${result.padEnd(8)} ${reason === undefined ? step : `${step.padEnd(10)} ${reason}`}`
    }),
    // These say nothing of the values, because they may go to a log.
    findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`),
    rules.map(each => `${each.title}: ${outcome(each)}`),
  ]
  const texts = blocks.map(block => (typeof block === 'string' ? block : block.join('\n')))
  return `${texts.filter(text => text !== '').join('\n\n')}\n`
}

function outcome({ check: { verdict, reason } }: NamedCheck): string {
  return reason === undefined ? verdict : `${verdict} (${reason})`
}

/** The names of members, with what they are in place of what they say. */
function members(object: Readonly<Record<string, unknown>>): string {
  return Object.entries(object)
    .map(
      ([name, value]) =>
        `${/^[\w.:/-]+$/.test(name) ? name : 'a name with other characters'} (${shape(value)})`,
    )
    .join(', ')
}

function shape(value: unknown): string {
  if (typeof value === 'string') return `text of ${value.length}`
  if (Array.isArray(value)) return `list of ${value.length}`
  return value === null ? 'null' : typeof value
}
