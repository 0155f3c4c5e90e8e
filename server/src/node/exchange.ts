import { oidcFederationProvider } from '@anthropic-ai/sdk/lib/credentials/oidc-federation'
import { isObject, parseObject } from '../text/json.ts'
import { bareToken, decode } from '../token/decode.ts'
import type { Exchange, Exchanged, ExchangeWith } from '../token/exchange.ts'
import { networkReason } from './network-reason.ts'

/** An exchange takes a second or two. */
const MILLISECONDS = 30_000

/** An answer has some hundred bytes. */
const MAX_ANSWER = 64 * 1024

/** What passed between the SDK and the service: it tells of an answer less than people need. */
interface Exchanging {
  status?: number
  requestId?: string | undefined
  /** The answer, if it is a JSON object. */
  answer?: Record<string, unknown> | undefined
  /** Why there is none. */
  error?: unknown
  sent: boolean
}

/**
 * Exchanges a token as `Exchange` says, with the SDK's own code for it.
 * @param milliseconds for tests
 */
export async function exchange(
  text: string,
  to: ExchangeWith,
  milliseconds = MILLISECONDS,
): ReturnType<Exchange> {
  const { bare } = bareToken(text)
  const refusal = decode(bare).ok ? baseUrlProblem(to.baseUrl) : 'What is no identity token is not exchanged'
  if (refusal !== undefined) return { is: 'failed', problem: refusal, sent: false }
  const passed: Exchanging = { sent: false }
  const provider = oidcFederationProvider({
    identityTokenProvider: () => bare,
    federationRuleId: to.ruleId,
    organizationId: to.organizationId,
    serviceAccountId: to.serviceAccountId,
    workspaceId: to.workspaceId,
    baseURL: to.baseUrl.replace(/\/+$/, ''),
    userAgent: 'wif-policy-linter',
    fetch: (url, init) => watched(String(url), init ?? {}, milliseconds, passed),
  })
  try {
    const { token } = await provider()
    return granted(token, passed)
  } catch {
    // What the SDK says quotes the answer, which may quote the token.
    return denied(passed, bare, new URL(to.baseUrl).hostname, milliseconds)
  }
}

/** Why no token is sent there, in a sentence. */
function baseUrlProblem(baseUrl: string): string | undefined {
  const noServer = 'The address of the API is no URL of a server'
  if (!URL.canParse(baseUrl)) return noServer
  const url = new URL(baseUrl)
  if (url.username !== '' || url.search !== '' || url.hash !== '') return noServer
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal))
    return `No token is sent to "${url.hostname}" without https`
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0' && !isLocal)
    return 'No token is sent while certificates are not checked (`NODE_TLS_REJECT_UNAUTHORIZED` is 0)'
  return undefined
}

/** A `fetch` within limits that remembers what passed. */
async function watched(
  url: string,
  init: RequestInit,
  milliseconds: number,
  passed: Exchanging,
): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(milliseconds)
    const response = await fetch(url, { ...init, signal })
    passed.sent = true
    passed.status = response.status
    passed.requestId = idOf(response.headers.get('request-id'))
    const text = await textOf(response)
    passed.answer = parseObject(text)
    // No other status allows a body to be made for it, and none of these has one.
    const body = [204, 205, 304].includes(response.status) ? null : text
    return new Response(body, { status: response.status })
  } catch (error) {
    passed.error = error
    // Whoever could not be reached has not got it; a server that breaks off or says nothing may have.
    passed.sent ||= !isUnreached(error)
    throw error
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > MAX_ANSWER) throw new TooLong()
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

class TooLong extends Error {}

/** Codes of a connection that never came about. */
const UNREACHED =
  /^E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|HOSTUNREACH|NETUNREACH)$|CERT|^ERR_(?:SSL|TLS)|SELF_SIGNED/

function isUnreached(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const errors: unknown[] = cause instanceof AggregateError ? cause.errors : [cause]
  return errors.every(each => each instanceof Error && 'code' in each && UNREACHED.test(String(each.code)))
}

function granted(token: string, { answer, requestId }: Exchanging): Exchanged {
  const scope = answer?.scope
  return {
    is: 'granted',
    prefix: /^sk-ant-[a-z]+\d*-/.exec(token)?.[0] ?? '',
    expiresIn: Number(answer?.expires_in),
    scope: typeof scope === 'string' && /^[\w:. -]{1,200}$/.test(scope) ? scope : undefined,
    requestId,
  }
}

function denied(passed: Exchanging, token: string, host: string, milliseconds: number): Exchanged {
  const { status, requestId, answer, error, sent } = passed
  if (status === undefined || error !== undefined) {
    const problem =
      error instanceof TooLong
        ? `"${host}" answers with more than ${MAX_ANSWER} bytes`
        : networkReason(error, host, milliseconds)
    return { is: 'failed', problem, sent }
  }
  if (status < 400) {
    const what = status < 300 ? 'something that is no Claude token' : `a redirect (${status})`
    return { is: 'failed', problem: `"${host}" answers with ${what}`, sent }
  }
  const said = isObject(answer?.error) ? answer.error : undefined
  const type = said?.type
  const message = said?.message
  return {
    is: 'refused',
    status,
    type: typeof type === 'string' && /^\w{1,64}$/.test(type) ? type : undefined,
    message: typeof message === 'string' && isHarmless(message, token) ? message : undefined,
    requestId: requestId ?? idOf(answer?.request_id),
  }
}

const MAX_MESSAGE = 500

/** Whether a sentence of the service repeats nothing of the token. */
function isHarmless(message: string, token: string): boolean {
  const words = message.match(/[\w-]{12,}/g) ?? []
  return message.length <= MAX_MESSAGE && !words.some(word => token.includes(word.slice(0, 12)))
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,100}$/.test(value) ? value : undefined
}
