/** Names of members whose strings are the protocol's own words or a file's name, never a document's text. */
const HARMLESS = new Set(
  `uri scopeUri rootUri targetUri baseUri href method languageId language scheme pattern globPattern kind code source
  section id identifier resultId previousResultId name version only type positionEncoding trace`.split(/\s+/),
)

/**
 * The first line of a message that may hold a token or its claims: requests about tokens, and answers that came too
 * late for the client library to know to what.
 */
const SECRET = /'wif\/token\/|^Received response \S+ without active response promise/

/** A string of JSON, or a member's name with its colon. */
const STRING = /"((?:[^"\\]|\\.)*)"(\s*:)?/g

/**
 * A traced message without the text of documents: a document may hold a token, and people send traces to others. What
 * stays are methods, uris, numbers and the protocol's own words.
 */
export function redact(message: string): string {
  let member = ''
  const [first = '', ...params] = message.split('\n')
  // An error's message may quote what could not be read.
  const title = first.replace(/Request failed: .*/, 'Request failed.')
  if (SECRET.test(title)) return title
  const safe = params.join('\n').replace(STRING, (whole, content: string, colon?: string) => {
    if (colon !== undefined) {
      member = content
      return whole
    }
    return HARMLESS.has(member) ? whole : `"… ${content.length} characters"`
  })
  return params.length > 0 ? `${title}\n${safe}` : title
}
