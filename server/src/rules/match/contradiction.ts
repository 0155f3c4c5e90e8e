import { claim } from '../../cel/index.ts'
import { removeClaim } from '../../lint/condition-fix.ts'
import { compatible, type Demand, demandsOf } from '../../lint/demands.ts'
import { type Fix, type Report, rule } from '../../lint/rule.ts'
import type { Node } from '../../syntax/node.ts'
import { providerOf } from '../../wif/pairing.ts'
import type { FederationRule } from '../../wif/rule.ts'
import type { WorkspaceView } from '../../wif/view.ts'

export const contradiction = rule({
  id: 'match/contradiction',
  title: 'Two matchers that no token satisfies together',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/claims-not-top-level-string', 'match/claims-wildcard', 'match/malformed-string'],
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const demands = demandsOf(federationRule, view)
      const said = new Set<Node>()
      for (const [i, later] of demands.entries()) {
        if (said.has(later.node) || isList(later, federationRule, view)) continue
        const earlier = demands
          .slice(0, i)
          .find(d => d.node !== later.node && samePath(d, later) && !compatible(d, later))
        if (!earlier) continue
        said.add(later.node)
        const message = `${capital(earlier.by)} asks for ${shown(earlier)}, ${later.by} for ${asked(later)}; both must hold, so no token matches`
        const place = { at: earlier.node, message: `asks for ${shown(earlier)}` }
        report(later.at, message, {
          ...(earlier.doubtful && { severity: 'warning' }),
          fixes: alignment(earlier, later),
          related: [{ ...place, ...(earlier.file && { file: earlier.file }) }],
        })
      }
      reportEnvironment(federationRule, demands, report, view)
    }
  },
})

/** A job with an environment has it in its subject, in place of the ref (GitHub, "OpenID Connect reference"). */
function reportEnvironment(
  rule: FederationRule,
  demands: Demand[],
  report: Report,
  view: WorkspaceView,
): void {
  const provider = providerOf(view, rule)
  const { subject } = rule
  if (provider?.id !== 'github-actions' || !subject) return
  const [, repository] = /^(repo:[^:]*):(?:ref:|pull_request)[^:]*$/.exec(subject.value) ?? []
  const environment = demands.find(d => d.path.join() === 'environment' && d.by !== '`subject_prefix`')
  const [name] = environment?.values ?? []
  if (!repository || !environment || name === undefined) return
  const to = `${repository}:environment:${name.replaceAll(':', '%3A')}`
  const message = `A job with an environment has the subject "${to}", so no token matches this and \`subject_prefix\``
  const fixes: Fix[] = environment.begins
    ? []
    : [{ title: `Match the subject "${to}"`, safe: false, edits: [{ set: subject, to }] }]
  if (environment.entry)
    fixes.push({ title: 'Remove `environment`', safe: false, edits: [removeClaim(environment.entry)] })
  report(environment.at, message, {
    fixes,
    related: [{ at: subject, message: 'asks for a job without one' }],
  })
}

/** Where the claim is a list, equality is a slip of its own, and a second value no contradiction. */
function isList({ path }: Demand, rule: FederationRule, view: WorkspaceView): boolean {
  return path.join() === 'aud' && providerOf(view, rule)?.claims.aud?.type === 'array'
}

function samePath(a: Demand, b: Demand): boolean {
  return a.path.length === b.path.length && a.path.every((name, i) => name === b.path[i])
}

function alignment(earlier: Demand, later: Demand): Fix[] {
  const [to] = earlier.values
  const [name, ...below] = later.path
  if (!later.entry || earlier.begins || to === undefined || below.length > 0) return []
  if (later.entry.key.value !== name) return []
  return [{ title: `Set \`${name}\` to "${to}"`, safe: false, edits: [{ set: later.node, to }] }]
}

function shown({ path, values, begins }: Demand): string {
  return `\`${path.length > 1 ? claim(path) : path[0]}\` ${begins ? 'that begins with ' : ''}${values.map(v => `"${v}"`).join(' or ')}`
}

function asked({ values, begins }: Demand): string {
  return `${begins ? 'one that begins with ' : ''}${values.map(v => `"${v}"`).join(' or ')}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
