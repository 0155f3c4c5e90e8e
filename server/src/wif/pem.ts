const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g

/**
 * Why `text` is not one or more PEM certificates, as the rest of a sentence ("this is a path"), or undefined when it
 * is. Text between the blocks is allowed (RFC 7468, section 2). `repaired` is the text with its line breaks restored.
 */
export function certificateProblem(text: string): { reason: string; repaired?: string } | undefined {
  const blocks = [...text.matchAll(BLOCK)].map(([, label = '']) => label)
  const foreign = blocks.find(label => label !== 'CERTIFICATE')
  if (foreign?.includes('PRIVATE KEY')) return { reason: 'this holds a private key' }
  if (foreign !== undefined) return { reason: `this holds a ${foreign}` }
  if (blocks.length > 0) return undefined
  const repaired = text.replaceAll('\\r', '').replaceAll('\\n', '\n')
  if (repaired !== text && !certificateProblem(repaired))
    return { reason: 'its line breaks are written as `\\n`', repaired }
  if (/^[\w./~-]+\.(?:pem|crt|cer)$/.test(text)) return { reason: 'this is the path of a file' }
  return { reason: 'this is not PEM' }
}
