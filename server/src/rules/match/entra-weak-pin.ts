import { rule } from '../../lint/rule.ts'
import { subjects } from '../../lint/subjects.ts'
import { properties } from '../../syntax/node.ts'
import { providerOf } from '../../wif/pairing.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { isEntra } from '../../wif/providers/index.ts'
import { isUuid } from '../../wif/providers/value-checks.ts'

/** Claims of Entra tokens that are GUIDs. */
const GUIDS = ['oid', 'tid', 'azp', 'appid']

export const entraWeakPin = rule({
  id: 'match/entra-weak-pin',
  title: 'Part of an Entra id',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const { at, literal, prefix, provider, reading, exactly } of subjects(file, view)) {
      if (!isEntra(provider) || literal === '' || /[*?]/.test(literal) || isPlaceholder(literal)) continue
      const fixes = [{ title: `Match exactly "${literal}"`, safe: false, edits: [exactly(literal)] }]
      if (prefix && isUuid(literal.toLowerCase())) {
        const message = 'An object id has 36 characters and nothing follows them: the "*" adds nothing'
        report(at, message, { severity: 'info', fixes: fixes.map(fix => ({ ...fix, safe: true })) })
      } else if (prefix) {
        const message = `Entra ids have no hierarchy: what begins with "${literal}" is any service principal with such an id`
        report(at, message, { fixes: reading.complete ? fixes : [] })
      } else if (!reading.complete && !reading.problem) {
        report(at, `An object id is a GUID of 36 characters; this has ${literal.length}, so no token matches`)
      }
    }

    for (const federationRule of file.rules) {
      const provider = providerOf(view, federationRule)
      if (!provider || !isEntra(provider)) continue
      for (const { key, value } of properties(federationRule.claims)) {
        if (!GUIDS.includes(key.value) || value.type !== 'string' || isPlaceholder(value.value)) continue
        if (isUuid(value.value.toLowerCase()) || /[*^$]/.test(value.value)) continue
        report(
          value,
          `\`${key.value}\` is a GUID of 36 characters in Entra tokens; "${value.value}" is none, so no token matches`,
        )
      }
    }
  },
})
