import { syntaxFindings } from '../lint/finding.ts'
import type { Finding } from '../lint/rule.ts'
import type { Tree } from '../syntax/node.ts'
import { emptyFile, type WifFile } from '../wif/entity.ts'
import { documentsIn, MAX_DOCUMENT_LENGTH, parseDocument } from '../wif/file.ts'
import { isConfigName, mayMatter } from '../wif/relevance.ts'

/**
 * What breaks the syntax of those documents of `file` that were left unparsed because they cannot matter. Who names a
 * file wants to hear that it is empty or cut off, all the more when that is why nothing of federation is found in it.
 */
export function lintUnread({ uri, text, format }: WifFile): Finding[] {
  // A configuration is read whole.
  if (isConfigName(uri)) return []
  return syntaxFindings(emptyFile(uri, text, format, unreadTrees(text, format)))
}

function unreadTrees(text: string, format: WifFile['format']): Tree[] {
  return documentsIn(text, format).flatMap(range => {
    if (range.end - range.start > MAX_DOCUMENT_LENGTH) return []
    if (mayMatter(text.slice(range.start, range.end))) return []
    return parseDocument(text, format, range)
  })
}
