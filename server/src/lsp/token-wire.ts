/** The report of a token, as it travels to the client. */
import type { Location } from 'vscode-languageserver'
import { type Answer, inTermsOf, type TokenReport } from '../token/report.ts'
import type { Session } from './session.ts'
import type { Page } from './token-protocol.ts'

/**
 * A report with the places and pages that the client can open.
 * @param answers what it was made of: its places are in the texts that these have read
 */
export function onTheWire(
  { convert, runtime }: Session,
  report: TokenReport,
  answers: readonly Answer[],
): TokenReport<Location, Page> {
  const files = answers.flatMap(({ rule, issuer }) => [rule.file, ...(issuer ? [issuer.file] : [])])
  const byUri = new Map(files.map(file => [file.uri, file]))
  return inTermsOf(
    report,
    ({ uri, ...range }) => {
      const file = byUri.get(uri)
      if (!file) throw new Error('A place in a file that was not read')
      return { uri: convert.clientUri(file), range: convert.range(file, range) }
    },
    rule => {
      const uri = runtime.pageUri(rule)
      return uri === undefined ? undefined : { rule, uri }
    },
  )
}
