import { type Fix, rule } from '../../lint/rule.ts'
import { toValue } from '../../syntax/node.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { realId } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'

type Named = FederationIssuer | FederationRule

export const duplicateName = rule({
  id: 'cross/duplicate-name',
  title: 'Two issuers or two rules have the same name',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    if (file.issuers.length + file.rules.length === 0) return
    for (const [what, all] of [
      ['issuer', view.issuers()],
      ['rule', view.rules()],
    ] as const) {
      const first = new Map<string, Named>()
      const taken = new Set(all.flatMap(each => each.name?.value ?? []))
      for (const each of all) {
        const name = realId(each.name?.value)
        // Only what is yet to be created can be refused; other folders may be for other organizations.
        if (name === undefined || each.shape === 'response' || folderOf(each) !== folderOf(file)) continue
        const other = first.get(name)
        if (!other) first.set(name, each)
        if (!other || each.file !== file || !each.name || !other.name || isCopy(each, other)) continue
        const to = freeName(name, taken)
        const fix: Fix = { title: `Rename to "${to}"`, safe: false, edits: [{ set: each.name, to }] }
        report(
          each.name,
          `Another ${what} is called "${name}" too, and names are unique: creating the second answers 409`,
          {
            ...(other.file !== file && { severity: 'warning' }),
            related: [{ at: other.name, message: `the other ${what}`, file: other.file }],
            fixes: [fix],
          },
        )
      }
    }
  },
})

function folderOf(of: Named | { uri: string }): string {
  const uri = 'uri' in of ? of.uri : of.file.uri
  return uri.slice(0, uri.lastIndexOf('/'))
}

/** The same object, kept in two files. */
function isCopy(a: Named, b: Named): boolean {
  return a.file !== b.file && JSON.stringify(toValue(a.node)) === JSON.stringify(toValue(b.node))
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n++) if (!taken.has(`${name}-${n}`)) return `${name}-${n}`
}
