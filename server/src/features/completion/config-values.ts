import { fields } from '../../schema/describe.ts'
import type { FederationIssuer } from '../../wif/issuer.ts'
import { realId } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'
import { RULE_ID } from '../../wif/variables.ts'
import { envVar } from '../../wif/workload.ts'
import { type Candidate, distinct, type NamedCandidate, STOP } from './candidate.ts'
import { type Context, pathText } from './context.ts'
import { knownAudiences } from './known.ts'
import { seen } from './rule-values.ts'

/** What may stand in a field of the linter's configuration. */
export function configValues(context: Context): Candidate[] {
  const { view, path } = context
  const end = pathText(path)
  if (end === 'ignores/*/rule') return ruleIds()
  if (end === 'audiences/*') return seen(knownAudiences(view, view))
  if (path.length === 2 && path[0] === 'links') return linkedFiles(context, String(path[1]))
  return []
}

/** The rules of the linter, with what each of them catches. */
export function ruleIds(): Candidate[] {
  return fields('config', ['severity'])
    .filter(({ name }) => name.includes('/'))
    .map(({ name, markdown }) => ({
      value: name,
      closed: true,
      detail: markdown?.replace(/\. Normally: .*/, ''),
    }))
}

/** The ids under `links` that files name and none has. */
export function configNames(context: Context): NamedCandidate[] {
  const { view, path } = context
  if (pathText(path) !== 'links') return []
  const ids = [
    ...view.rules().flatMap(({ issuerId }) => unknown(issuerId?.value, id => view.issuersById(id))),
    ...view
      .workloads()
      .flatMap(({ containers }) => containers)
      .flatMap(c => unknown(envVar(c, RULE_ID)?.value?.value, id => view.rulesById(id))),
  ]
  return [...new Set(ids)].map(name => {
    const [only, ...more] = linkedFiles(context, name)
    return {
      name,
      value: only && more.length === 0 ? only.value : STOP,
      detail: 'in no file',
      kind: 'reference',
    }
  })
}

function unknown(id: string | undefined, find: (id: string) => readonly unknown[]): string[] {
  return id !== undefined && realId(id) !== undefined && find(id).length === 0 ? [id] : []
}

/** The files with an issuer or rule that says no id of its own. */
function linkedFiles({ view, file }: Context, id: string): Candidate[] {
  const folder = file.uri.slice(0, file.uri.lastIndexOf('/') + 1)
  const all: (FederationIssuer | FederationRule)[] = [
    ...(id.startsWith('fdrl_') ? [] : view.issuers()),
    ...(id.startsWith('fdis_') ? [] : view.rules()),
  ]
  return distinct(
    all.flatMap((each): Candidate[] => {
      const isOpen = realId(each.id?.value) === undefined && each.file.uri.startsWith(folder)
      if (!isOpen) return []
      const path = decodeURIComponent(each.file.uri.slice(folder.length))
      return [{ value: path, detail: `${each.kind} ${each.name?.value ?? ''}`.trim(), kind: 'reference' }]
    }),
  )
}
