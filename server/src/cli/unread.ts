import { syntaxFindings } from '../lint/finding.ts'
import type { Finding } from '../lint/rule.ts'
import type { Problem } from '../syntax/node.ts'
import { damageIn } from '../wif/damage.ts'
import type { WifFile } from '../wif/entity.ts'
import { documentsIn, MAX_DOCUMENT_LENGTH, parseDocument } from '../wif/file.ts'
import { isConfigName } from '../wif/relevance.ts'

/**
 * What breaks the syntax of those documents of `file` that do not seem to matter, and so goes unsaid. Who names a file
 * wants to hear that it is empty or cut off, all the more when that is why nothing of federation is found in it. A
 * comma too many breaks nothing there: the file may well be one of those in which it is allowed.
 */
export function lintUnread(file: WifFile): Finding[] {
  // A configuration is read whole.
  if (isConfigName(file.uri)) return []
  return syntaxFindings(
    file.format,
    unsaid(file).filter(({ comma, mild }) => !comma && !mild),
  )
}

function unsaid(file: WifFile): Problem[] {
  const { text, format, documents } = file
  return documentsIn(text, format).flatMap(range => {
    const known = documents.find(({ start, trees }) => start === range.start && trees.length > 0)
    if (known && damageIn(file, known).length > 0) return []
    if (range.end - range.start > MAX_DOCUMENT_LENGTH) return []
    return (known?.trees ?? parseDocument(text, format, range)).flatMap(({ problems }) => problems)
  })
}
