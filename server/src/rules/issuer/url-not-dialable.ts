import { type Fix, rule } from '../../lint/rule.ts'
import { property } from '../../syntax/node.ts'
import { dialProblem } from '../../wif/dialable.ts'
import { dialedUrls, type FederationIssuer } from '../../wif/issuer.ts'
import { issuerSlip } from '../../wif/issuer-url.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'

export const urlNotDialable = rule({
  id: 'issuer/url-not-dialable',
  title: 'The service cannot fetch this URL',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report) {
    for (const issuer of file.issuers) {
      // Keys beside another mode: which of the two was meant is what issuer/jwks-shape asks.
      if (issuer.keySource !== 'inline' && property(issuer.jwks, 'keys')) continue
      for (const url of dialedUrls(issuer)) {
        const problem = isPlaceholder(url.value) ? undefined : dialProblem(url.value)
        if (!problem) continue
        // What a known provider has in its tokens can be fetched: issuer/url-not-canonical says so, and more.
        const canonical = url === issuer.url ? issuerSlip(url.value)?.canonical : undefined
        if (canonical && !dialProblem(canonical)) continue

        const field = url.parent?.type === 'property' ? url.parent.key.value : 'issuer_url'
        const message = `\`${field}\` is fetched in ${issuer.keySource} mode, so it must be public https on port 443; ${problem.reason}`
        const fixes: Fix[] = []
        if (problem.public !== undefined)
          fixes.push({
            title: `Set to "${problem.public}"`,
            safe: false,
            edits: [{ set: url, to: problem.public }],
          })
        if (problem.internal) fixes.push(pasteKeys(issuer))
        report(url, message, { fixes })
      }
    }
  },
})

/** Keys that are part of the issuer need no fetching: the way out for a cluster nobody can reach. */
function pasteKeys({ node }: FederationIssuer): Fix {
  const to = { type: 'inline', keys: ['<keys that `kubectl get --raw /openid/v1/jwks` prints>'] }
  const title = 'Switch to inline keys'
  const jwks = property(node, 'jwks')
  if (jwks) return { title, safe: false, edits: [{ set: jwks.value, to }] }
  const legacy = property(node, 'jwks_source')
  if (legacy)
    return {
      title,
      safe: false,
      edits: [
        { rename: legacy, to: 'jwks' },
        { set: legacy.value, to },
      ],
    }
  return { title, safe: false, edits: [{ insert: 'jwks', into: node, to }] }
}
