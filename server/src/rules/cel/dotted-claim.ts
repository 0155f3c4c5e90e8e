import { claim, limits } from '../../cel/index.ts'
import { conditionFix } from '../../lint/condition-edit.ts'
import { type Condition, conditions } from '../../lint/conditions.ts'
import { partOf } from '../../lint/part.ts'
import { type Report, rule } from '../../lint/rule.ts'
import type { Range, StringNode } from '../../syntax/node.ts'
import { claimAt } from '../../wif/claims.ts'
import { belowObject, nestedPath } from '../../wif/nested.ts'
import { providers } from '../../wif/providers/index.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const dottedClaim = rule({
  id: 'cel/dotted-claim',
  title: 'Claim is read by a path that leads elsewhere',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { condition } = federationRule
      for (const written of condition ? spelledOut(condition.value) : []) {
        if (condition) reportWritten(federationRule, condition, written, report)
      }
    }
    for (const condition of conditions(file, view)) reportNested(condition, report)
  },
})

// --- `claims.kubernetes.io.namespace` ----------------------------------------------------------------------

/** Names of claims that a dot cannot reach, longest first. */
const names = [...new Set(providers.flatMap(({ claims }) => Object.keys(claims)))]
  .filter(name => !/^\w+$/.test(name))
  .sort((a, b) => b.length - a.length)

interface Written extends Range {
  name: string
  text: string
}

/** Names written behind a dot that need brackets. Looked for in the text, for some of it is not even CEL. */
function* spelledOut(source: string): Generator<Written> {
  if (source.length > limits.length) return
  const blanked = source.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, text => ' '.repeat(text.length))
  for (const { index } of blanked.matchAll(/(?<![\w.])claims\./g)) {
    const at = index + 'claims.'.length
    const url = /^https?:\/\/[\w./-]*\w\/?/.exec(blanked.slice(at))?.[0]
    const name =
      names.find(
        each =>
          blanked.startsWith(each, at) &&
          !/\w/.test(each.at(-1) === '/' ? '' : (blanked[at + each.length] ?? '')),
      ) ?? url
    if (name === undefined) continue
    const end = at + name.length
    // `…amazonaws.com/aws_account` goes on without a dot.
    const goesOn = /\w/.test(blanked[end] ?? '')
    yield { name, start: index, end, text: `${claim([name])}${goesOn ? '.' : ''}` }
  }
}

function reportWritten(rule: FederationRule, node: StringNode, written: Written, report: Report): void {
  const { name, text, start, end } = written
  const first = /^\w+/.exec(name)?.[0] ?? name
  const brackets = claim([name])
  const message = `\`claims.${name}\` reads a claim named \`${first}\`; the name needs brackets: \`${brackets}\``
  const title = `Write \`${brackets}\``
  report(partOf(rule, node, { start, end }), message, {
    fixes: [conditionFix(rule, node, { title, start, end, text })],
  })
}

// --- `claims["kubernetes.io/namespace"]`, `claims.aws_account` ---------------------------------------------

function reportNested({ rule, node, reads, provider }: Condition, report: Report): void {
  for (const { path, start, end } of reads) {
    const [name = '', ...rest] = path
    if (name === '' || (provider && claimAt(provider, [name]))) continue
    const above = provider ? nestedPath(provider, name) : outside(name)
    if (!above) continue
    const [top = ''] = above
    const text = claim([...above, ...rest])
    const message = `\`${name}\` is no claim of its own, it lies inside \`${top}\`: \`${text}\``
    const fix = conditionFix(rule, node, { title: `Write \`${text}\``, start, end, text })
    report(partOf(rule, node, { start, end }), message, { fixes: [fix] })
  }
}

/** Without the issuer: only where the name begins with that of the object, which no plain name does. */
function outside(name: string): string[] | undefined {
  if (/^\w+$/.test(name) || names.includes(name)) return undefined
  for (const provider of providers) {
    const path = belowObject(provider, name)
    if (path && !/^\w+$/.test(path[0] ?? '')) return path
  }
  return undefined
}
