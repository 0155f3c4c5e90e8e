import { generate } from 'selfsigned'

/** For tests: a certificate that signs itself, so that who trusts it trusts whoever shows it. */
export interface SelfSigned {
  cert: string
  key: string
}

const DAY = 86_400_000

/** @param days from now, in which it is valid */
export async function selfSigned(
  names: readonly string[],
  [from, to]: [from: number, to: number] = [-1, 1],
): Promise<SelfSigned> {
  const made = await generate([{ name: 'commonName', value: 'test' }], {
    keyType: 'ec',
    notBeforeDate: new Date(Date.now() + from * DAY),
    notAfterDate: new Date(Date.now() + to * DAY),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names.map(value => ({ type: 2, value })) },
    ],
  })
  return { cert: made.cert, key: made.private }
}
