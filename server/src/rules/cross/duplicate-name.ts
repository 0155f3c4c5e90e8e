import { type Fix, type Report, rule } from '../../lint/rule.ts'
import { toValue } from '../../syntax/node.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { realId } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { oncePerView, type WorkspaceView } from '../../wif/view.ts'

type Named = FederationIssuer | FederationRule

export const duplicateName = rule({
  id: 'cross/duplicate-name',
  title: 'Two issuers or two rules have the same name',
  class: 'service-rejects',
  since: '0.1.0',
  check(file, report, view) {
    for (const issuer of file.issuers) check(issuer, 'issuer', issuerNames(view, view), report)
    for (const federationRule of file.rules) check(federationRule, 'rule', ruleNames(view, view), report)
  },
})

function check(each: Named, what: string, { first, taken }: Names, report: Report): void {
  const key = keyOf(each)
  const other = key === undefined ? undefined : first.get(key)
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
  /** The first of each name in a folder. */
  first: ReadonlyMap<string, Named>
  taken: ReadonlySet<string>
}

const issuerNames = oncePerView((view: WorkspaceView) => namesOf(view.issuers()))
const ruleNames = oncePerView((view: WorkspaceView) => namesOf(view.rules()))

function namesOf(all: readonly Named[]): Names {
  const first = new Map<string, Named>()
  for (const each of all) {
    const key = keyOf(each)
    if (key !== undefined && !first.has(key)) first.set(key, each)
  }
  return { first, taken: new Set(all.flatMap(each => each.name?.value ?? [])) }
}

/** Folder and name. Only what is yet to be created can be refused; other folders may be for other organizations. */
function keyOf({ name, shape, file: { uri } }: Named): string | undefined {
  const known = realId(name?.value)
  if (known === undefined || shape === 'response') return undefined
  return `${uri.slice(0, uri.lastIndexOf('/'))}\n${known}`
}

/** The same object, kept in two files. */
function isCopy(a: Named, b: Named): boolean {
  return a.file !== b.file && JSON.stringify(toValue(a.node)) === JSON.stringify(toValue(b.node))
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n++) if (!taken.has(`${name}-${n}`)) return `${name}-${n}`
}
