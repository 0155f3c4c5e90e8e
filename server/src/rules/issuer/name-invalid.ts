import { mayHoldMore } from '../../lint/open.ts'
import { rule } from '../../lint/rule.ts'
import { checkSlug, slug } from '../../lint/slug.ts'
import { get, property } from '../../syntax/node.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { issuerUrl } from '../../wif/providers/issuer-form.ts'

export const issuerNameInvalid = rule({
  id: 'issuer/name-invalid',
  title: 'The name of the issuer is missing, or not a slug',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const issuer of file.issuers) {
      const { node } = issuer
      const name = get(node, 'name')
      checkSlug(name, "An issuer's `name`", report)
      // Without the marks of a response or an update this creates an issuer, and that takes a name.
      const creates =
        issuer.shape === 'request' && !property(node, 'id') && !property(node, 'jwks_polling_disabled')
      if (name || !creates || mayHoldMore(issuer, node)) continue
      const to = suggestion(issuer)
      report(node, 'An issuer cannot be created without a `name`', {
        ...(to !== '' && {
          fixes: [
            { title: `Add the name "${to}"`, safe: false, edits: [{ insert: 'name', into: node, to }] },
          ],
        }),
      })
    }
  },
})

/** The provider, or the host of an issuer that is not known. */
function suggestion({ provider, url }: FederationIssuer): string {
  return slug(provider?.name ?? (url && issuerUrl(url.value)?.hostname) ?? '')
}
