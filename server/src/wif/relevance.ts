const MENTION =
  /issuer_url|issuer_id|oauth_scope|subject_prefix|service_account|federation_rule|ANTHROPIC|claude|role-arn|WebIdentityToken|IdentityTokenAudience/i
/** Escapes that could spell one of these words in another way; backslash and line break only within a word. */
const DISGUISE = /\\(?:[uUx]|(?<=\w\\)\r?\n)/
/** The same in full, and escaped backslashes, behind which none of them starts. */
const ESCAPES = /\\(?:\\|u([\da-fA-F]{4})|x([\da-fA-F]{2})|U([\da-fA-F]{8})|\r?\n[ \t]*)/g
/** In longer texts, resolving escapes takes too long. */
const MAX_REVEALED = 1024 * 1024

/**
 * Whether `text` can hold anything of federation at all. Sound: what this refuses, no parser would recognise. It
 * reads characters only, so a file that does not matter is never parsed.
 */
export function mayMatter(text: string): boolean {
  if (MENTION.test(text)) return true
  // Most files hold no backslash, and looking for a single character takes a tenth of the time.
  if (!text.includes('\\') || !DISGUISE.test(text)) return false
  return text.length > MAX_REVEALED || MENTION.test(revealed(text))
}

/** `text` as if all of it stood in double quotes, with its escapes resolved as far as they can spell a word. */
function revealed(text: string): string {
  return text.replace(ESCAPES, (written, u = '', x = '', long = '') => {
    if (written === '\\\\') return written
    const code = Number.parseInt(u || x || long, 16)
    // A line break behind a backslash is nothing, as are codes that are no character.
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

const ACCOUNT = /^(?:kind|[ \t]*"kind")[ \t]*:[ \t]*["']?ServiceAccount["']?[ \t]*,?[ \t]*\r?$/m

/**
 * Whether `text` looks like a Kubernetes ServiceAccount of its own. Most have nothing to do with federation; they are
 * read so that one can go to them, and nothing is ever found in them.
 */
export function mayBeAccount(text: string): boolean {
  // In YAML the key of an object of its own stands at the margin: what a role is bound to does not.
  return text.includes('ServiceAccount') && ACCOUNT.test(text)
}

/** Whether a file of this name configures the linter. */
export function isConfigName(uri: string): boolean {
  return /(^|\/)wif-lint\.(json|jsonc|yaml|yml)$/.test(uri)
}

/** Whether kustomize reads a file of this name (Kustomize, recognised file names). */
export function isKustomizationName(uri: string): boolean {
  return /(^|\/)kustomization\.ya?ml$/.test(uri)
}

/** Whether a file is of any use to the linter: it may speak of federation, or says how such files are to be read. */
export function matters(uri: string, text: string): boolean {
  return isConfigName(uri) || isKustomizationName(uri) || mayMatter(text)
}

/** The same, or so that one can go there from what is. */
export function isUseful(uri: string, text: string): boolean {
  return matters(uri, text) || mayBeAccount(text)
}

/** The format of a file by its name or editor language id; undefined for what the linter does not read. */
export function formatOf(name: string): 'json' | 'yaml' | undefined {
  if (/(^|\.)jsonc?$/i.test(name)) return 'json'
  return /(^|\.)ya?ml$/i.test(name) || name === 'dockercompose' ? 'yaml' : undefined
}
