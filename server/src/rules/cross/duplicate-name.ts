import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { toValue } from '../../syntax/node.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { realId } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'

type Named = FederationIssuer | FederationRule

export const duplicateName = rule({
  id: 'cross/duplicate-name',
  title: 'Two issuers or two rules have the same name',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const issuer of file.issuers) check(issuer, 'issuer', namesOf(view, 'issuers'), report)
    for (const federationRule of file.rules) check(federationRule, 'rule', namesOf(view, 'rules'), report)
  },
})

function check(each: Named, what: string, { inFolder, taken }: Names, report: Report): void {
  const [key] = keysOf(each)
  const [other] = (key !== undefined && inFolder.get(key)) || []
  if (!other || other === each || !each.name || !other.name || isCopy(each, other)) return
  const to = freeName(each.name.value, taken)
  const fix: Fix = { title: `Rename to "${to}"`, safe: false, edits: [{ set: each.name, to }] }
  report(
    each.name,
    `Another ${what} is called "${each.name.value}" too, and names are unique: creating the second answers 409`,
    {
      ...(other.file !== each.file && { severity: 'warning' }),
      related: [{ at: other.name, message: `the other ${what}`, file: other.file }],
      fixes: [fix],
    },
  )
}

interface Names {
  /** Those of each name in a folder. */
  inFolder: ReadonlyMap<string, readonly Named[]>
  taken: ReadonlyMap<string, unknown>
}

function namesOf(view: WorkspaceView, kind: 'issuers' | 'rules'): Names {
  return { inFolder: view.by(kind, keysOf), taken: view.by(kind, nameOf) }
}

const nameOf = ({ name }: Named) => (name ? [name.value] : [])

/** Folder and name. Only what is yet to be created can be refused; other folders may be for other organizations. */
function keysOf({ name, shape, file: { uri } }: Named): string[] {
  const known = realId(name?.value)
  if (known === undefined || shape === 'response') return []
  return [`${uri.slice(0, uri.lastIndexOf('/'))}\n${known}`]
}

/** The same object, kept in two files. */
function isCopy(a: Named, b: Named): boolean {
  return a.file !== b.file && JSON.stringify(toValue(a.node)) === JSON.stringify(toValue(b.node))
}

function freeName(name: string, taken: Names['taken']): string {
  for (let n = 2; ; n++) if (!taken.has(`${name}-${n}`)) return `${name}-${n}`
}
