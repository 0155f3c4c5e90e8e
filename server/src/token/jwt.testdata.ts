/** For tests: a token with these parts and a signature that is none. */
export function jwt(claims: object, header: object = { alg: 'ES384', kid: 'k1' }): string {
  return [header, claims]
    .map(part => encode(JSON.stringify(part)))
    .join('.')
    .concat('.c2lnbmF0dXJl')
}

/** Base64url of a text, without padding. */
export function encode(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
