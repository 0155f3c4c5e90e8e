/** How a file's bytes became text, so that a fix can write it back the same way. */
export interface Encoding {
  name: 'utf-8' | 'utf-16le' | 'utf-16be'
  bom: boolean
}

export type Decoded = { ok: true; text: string; encoding: Encoding } | { ok: false; reason: string }

/**
 * Text of a file's bytes: UTF-8, or UTF-16 by its byte order mark or by its zero bytes (YAML 1.2.2, section 5.2).
 * The mark is not part of the text. Never throws; bytes that are no text give a reason.
 */
export function decode(bytes: Uint8Array): Decoded {
  const encoding = detect(bytes)
  try {
    const text = new TextDecoder(encoding.name, { fatal: true }).decode(bytes)
    if (text.includes('\0')) return { ok: false, reason: 'it is a binary file' }
    return { ok: true, text, encoding }
  } catch {
    return { ok: false, reason: `it is not valid ${encoding.name.toUpperCase()} text` }
  }
}

/** The bytes of `text`, written as the file was. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  const marked = encoding.bom ? `\uFEFF${text}` : text
  if (encoding.name === 'utf-8') return new TextEncoder().encode(marked)
  const view = new DataView(new ArrayBuffer(marked.length * 2))
  for (let i = 0; i < marked.length; i++)
    view.setUint16(i * 2, marked.charCodeAt(i), encoding.name === 'utf-16le')
  return new Uint8Array(view.buffer)
}

/** Whether the characters of `bytes`, if they are text, take two bytes each. */
export function isWide(bytes: Uint8Array): boolean {
  return detect(bytes).name !== 'utf-8'
}

function detect(bytes: Uint8Array): Encoding {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return { name: 'utf-16le', bom: true }
  if (a === 0xfe && b === 0xff) return { name: 'utf-16be', bom: true }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { name: 'utf-8', bom: true }
  // Without a mark, JSON and YAML start with an ASCII character: its zero byte tells the order.
  if (bytes.length >= 2 && a === 0 && b !== 0) return { name: 'utf-16be', bom: false }
  if (bytes.length >= 2 && a !== 0 && b === 0) return { name: 'utf-16le', bom: false }
  return { name: 'utf-8', bom: false }
}
