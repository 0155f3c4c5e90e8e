import { isNote } from '../../lint/open.ts'
import { rule } from '../../lint/rule.ts'
import { fields } from '../../schema/describe.ts'
import { property } from '../../syntax/node.ts'
import { nearest } from '../../text/nearest.ts'

export const issuerUnknownField = rule({
  id: 'issuer/unknown-field',
  title: 'The name of a field of the issuer is misspelt',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    const known = fields('issuer', []).map(field => field.name)
    for (const { node } of file.issuers) {
      for (const field of node.properties) {
        const name = field.key.value
        if (known.includes(name) || isNote(name)) continue
        const meant = nearest(name, known)
        // Other words may be notes of a program that keeps issuers in its own files.
        if (meant === undefined || property(node, meant)) continue
        const message = `\`${name}\` is not a field of an issuer; did you mean \`${meant}\`? If the service ignores it, its default holds`
        report(field, message, {
          severity: 'warning',
          fixes: [{ title: `Rename to \`${meant}\``, safe: false, edits: [{ rename: field, to: meant }] }],
        })
      }
    }
  },
})
