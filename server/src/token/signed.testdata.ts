import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose'
import { encode } from './jwt.testdata.ts'

/** For tests: a key of its own, that signs. */
export interface Signer {
  /** Its public half, as a JWKS has it. */
  jwk: JWK
  /** The same, as OpenSSL writes it. */
  pem: string
  sign(claims: object, header?: object): Promise<string>
}

export async function signer(alg = 'ES256', kid = 'k1'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return {
    jwk: { ...(await exportJWK(publicKey)), kid },
    pem: await exportSPKI(publicKey),
    sign: (claims, header) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  }
}

/** A token signed by HMAC with `secret`, under this header. */
export async function hmac(claims: object, secret: string, header: object): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const signed = [header, claims].map(part => encode(JSON.stringify(part))).join('.')
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(signed)))
  const text = btoa(String.fromCharCode(...mac))
  return `${signed}.${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}
