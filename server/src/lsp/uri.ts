import { URI } from 'vscode-uri'

/**
 * The one spelling of a uri that the server works with. Editors and Node escape the same path differently
 * (`c:` and `c%3A`, `(` and `%28`); without this a file on the disk and the same file in the editor would be two.
 */
export function uriKey(uri: string): string {
  try {
    return URI.parse(uri).toString()
  } catch {
    return uri
  }
}

/** Whether `uri` is below `folder`; both are keys. */
export function isInside(folder: string, uri: string): boolean {
  return uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
