import { askedClaims } from '../../lint/asked.ts'
import { repositoryOf } from '../../lint/github.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { type Property, property } from '../../syntax/node.ts'
import { claimAt } from '../../wif/claims.ts'
import { providerOf } from '../../wif/pairing.ts'
import { pinsOf } from '../../wif/pins.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const githubCallerControlled = rule({
  id: 'match/github-caller-controlled',
  title: 'Claim is chosen by whoever starts the run',
  class: 'hygiene',
  since: '0.1.0',
  yieldsTo: ['match/github-pull-request', 'match/claims-wildcard', 'match/claims-not-string'],
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      if (provider?.id !== 'github-actions') continue
      const { workload } = pinsOf(federationRule, provider)
      for (const { path, values, at, entry } of askedClaims(federationRule)) {
        const [name = ''] = path
        const why = claimAt(provider, path)?.callerControlled
        // With an event alone it is the open ref that is to be told (match/github-any-ref); beside a pin, `push`
        // keeps other events out.
        const fine = name === 'event_name' && (!workload || values.join() === 'push')
        if (why === undefined || fine) continue
        const message = `\`${name}\` does not narrow who gets in: ${why}`
        report(at, message, {
          ...(!workload && { severity: 'warning' }),
          fixes: entry ? replacement(federationRule, provider, entry) : [],
        })
      }
    }
  },
})

/** The claim that says the same, and that the one who starts the run cannot choose. */
function replacement(rule: FederationRule, provider: Provider, entry: Property): Fix[] {
  const [name, to] = counterpart(rule, provider, entry)
  if (name === undefined || to === undefined || property(rule.claims, name)) return []
  const edits = [
    { rename: entry, to: name },
    { set: entry.value, to },
  ]
  return [{ title: `Match \`${name}\` "${to}"`, safe: false, edits }]
}

function counterpart(rule: FederationRule, provider: Provider, { key, value }: Property): [string?, string?] {
  if (value.type !== 'string') return []
  if (key.value === 'head_ref') return ['ref', `refs/heads/${value.value}`]
  if (key.value !== 'workflow') return []
  const repository = repositoryOf(rule, provider) ?? '<owner>/<repository>'
  return ['workflow_ref', `${repository}/.github/workflows/<file>@refs/heads/main`]
}
