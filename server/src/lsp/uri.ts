import { URI } from 'vscode-uri'

/** What a URL would take for something else than a part of the path. */
const ESCAPES: Record<string, string> = {
  '%': '%25',
  '\\': '%5C',
  '\n': '%0A',
  '\r': '%0D',
  '\t': '%09',
  '?': '%3F',
  '#': '%23',
}

/**
 * The one spelling of a uri that the server works with: that of `new URL`, in which the core resolves paths, too.
 * Editors and Node escape the same path differently (`c:` and `c%3A`, `(` and `%28`); without this a file on the disk
 * and the same file in the editor would be two.
 */
export function uriKey(uri: string): string {
  try {
    const parsed = URI.parse(uri)
    if (parsed.scheme !== 'file') return parsed.toString()
    const path = parsed.path
      .replace(/^\/[A-Z]:/, drive => drive.toLowerCase())
      .replace(/[%\\\n\r\t?#]/g, character => ESCAPES[character] ?? character)
    return new URL(`file://${parsed.authority}${path}`).href
  } catch {
    return uri
  }
}

/** Whether `uri` is below `folder`; both are keys. */
export function isInside(folder: string, uri: string): boolean {
  return uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
