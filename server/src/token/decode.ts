import { MAX_TOKEN_SIZE } from '../decide/decide.ts'
import { parseObject } from '../text/json.ts'

/** A JWT, read and not verified. Its signature is of no use to anybody here, so it is not kept. */
export interface DecodedToken {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** In bytes. */
  size: number
  /** What was around it, that no SDK sends. */
  forgiven: ('bearer' | 'quotes' | 'white space' | 'text')[]
}

/** Why a text is no identity token. */
export type NotAToken =
  | 'empty'
  | 'several'
  | 'claude-token'
  | 'api-key'
  | 'json'
  | 'encrypted'
  | 'unsigned'
  | 'parts'
  | 'encoding'
  | 'header'
  | 'payload'
  | 'too-large'

export type Decoded = { ok: true; token: DecodedToken } | { ok: false; reason: NotAToken }

/** Nothing longer is looked at. */
const MAX_LENGTH = 1024 * 1024

/** Claims are nested a few times at most; deeper is an attack on whoever walks them. */
const MAX_DEPTH = 32

/**
 * Reads the identity token in `text`, forgiving what comes along when people copy one: `Bearer `, quotes, line breaks,
 * the assignment that it is in.
 * Total: any text gives a token or a reason, in time that grows with its length alone.
 */
export function decode(text: string): Decoded {
  if (text.length > MAX_LENGTH) return { ok: false, reason: 'too-large' }
  const { bare, forgiven, isOneOfSeveral } = bareToken(text)
  if (isOneOfSeveral) return { ok: false, reason: 'several' }
  if (bare === '') return { ok: false, reason: 'empty' }
  if (/^sk-ant-oat/.test(bare)) return { ok: false, reason: 'claude-token' }
  if (/^sk-ant-/.test(bare)) return { ok: false, reason: 'api-key' }
  if (/^[{[]/.test(bare)) return { ok: false, reason: 'json' }
  const parts = bare.split('.', 6)
  if (parts.length === 5) return { ok: false, reason: 'encrypted' }
  const [first, second, third] = parts
  if (parts.length === 3 && first && second && !third) return { ok: false, reason: 'unsigned' }
  if (parts.length !== 3 || !first || !second || !third) return { ok: false, reason: 'parts' }
  if (!parts.every(part => /^[\w-]+$/.test(part))) return { ok: false, reason: 'encoding' }
  // All of it is ASCII: a character is a byte.
  if (bare.length > MAX_TOKEN_SIZE) return { ok: false, reason: 'too-large' }
  const header = readObject(first)
  if (!header) return { ok: false, reason: 'header' }
  const claims = readObject(second)
  if (!claims) return { ok: false, reason: 'payload' }
  return { ok: true, token: { header, claims, size: bare.length, forgiven } }
}

/** A signed token within a text. Its header is a JSON object, and nearly all begin so in base64url. */
const SIGNED = /(?<![\w.-])eyJ[\w-]*\.[\w-]+\.[\w-]+(?![\w.-])/g

interface Bare {
  bare: string
  forgiven: DecodedToken['forgiven']
  /** The text has others beside it, and nobody can know which is meant. */
  isOneOfSeveral: boolean
}

/** `text` without what people copy along with a token. */
export function bareToken(text: string): Bare {
  const forgiven: DecodedToken['forgiven'] = []
  let bare = text.trim()
  const quoted = /^(["'`])([\s\S]*)\1$/.exec(bare)
  if (quoted) {
    forgiven.push('quotes')
    bare = (quoted[2] ?? '').trim()
  }
  const bearer = /^(?:authorization:\s*)?bearer\s+/i.exec(bare)
  if (bearer) {
    forgiven.push('bearer')
    bare = bare.slice(bearer[0].length)
  }
  const joined = bare.replace(/\s+/g, '')
  if (!/^(?:[\w-]+\.[\w-]+\.[\w-]+$|[{[])/.test(joined)) {
    const [found, ...others] = new Set(text.match(SIGNED))
    if (found !== undefined) return { bare: found, forgiven: ['text'], isOneOfSeveral: others.length > 0 }
  }
  // A line break at the end is what `cat` gives; the SDKs take it off as well.
  if (joined !== bare || /^\s/.test(text)) forgiven.push('white space')
  return { bare: joined, forgiven, isOneOfSeveral: false }
}

/** The JSON object that a part of a token holds. */
function readObject(part: string): Record<string, unknown> | undefined {
  try {
    const padded = part.replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(padded), character => character.charCodeAt(0))
    const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (depthOf(json) > MAX_DEPTH) return undefined
    return parseObject(json)
  } catch {
    return undefined
  }
}

/** How deep brackets are nested at most; those in strings count as well, which real claims bear. */
function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  for (const character of json) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === '}' || character === ']') depth--
  }
  return deepest
}
