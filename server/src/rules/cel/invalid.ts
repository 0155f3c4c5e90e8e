import { claimPath, type Expr, type Problem } from '../../cel/index.ts'
import { claimType, whatItIs } from '../../lint/claim-type.ts'
import { conditionFix } from '../../lint/condition-edit.ts'
import { conditions, isCertain, isUnfinished, problemsOf } from '../../lint/conditions.ts'
import { partOf } from '../../lint/part.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { property, type Range, type StringNode } from '../../syntax/node.ts'
import type { FederationRule } from '../../wif/rule.ts'

export const invalid = rule({
  id: 'cel/invalid',
  title: 'Condition is not CEL that is true or false',
  class: 'service-rejects',
  since: '0.1.0',
  yieldsTo: ['cel/dotted-claim'],
  check(file, report, view) {
    for (const federationRule of file.rules) {
      const { condition, match, subject, claims } = federationRule
      const tag = condition && tagged(federationRule, condition)
      if (tag) {
        const message =
          'In YAML a `!` at the beginning is a tag and no part of the condition: put it in quotes'
        const by = `'${tag.text.replaceAll("'", "''")}'`
        const fix = { title: 'Put the condition in quotes', safe: true, edits: [{ replace: tag, by }] }
        report({ type: 'part', node: condition, start: tag.start, end: tag.end }, message, { fixes: [fix] })
      }
      if (!condition || tag || isUnfinished(condition.value)) continue
      for (const problem of problemsOf(condition)) {
        // With no other matcher it is match/no-constraint that says so.
        if (problem.code === 'empty' && !subject && !claims) continue
        const isWhole = problem.code === 'empty' || problem.code === 'too-large'
        const severity = severityOf(problem)
        report(isWhole ? condition : partOf(federationRule, condition, problem), problem.message, {
          ...(severity && { severity }),
          fixes: problem.code === 'empty' ? removal(match) : fixes(federationRule, problem),
        })
      }
    }

    for (const { rule: federationRule, node, conjuncts, provider } of conditions(file, view)) {
      for (const part of conjuncts.flatMap(({ expr }) => truths(expr))) {
        const path = claimPath(part)
        const type = path && path.length > 0 ? claimType(provider, path) : undefined
        if (!path || type === undefined || type === 'boolean') continue
        const message = `${whatItIs(provider, path, type)}, neither true nor false: compare it with something`
        report(partOf(federationRule, node, part), message)
      }
    }
  },
})

function severityOf(problem: Problem): 'info' | 'warning' | undefined {
  if (isCertain(problem)) return undefined
  return problem.code === 'extension-function' ? 'warning' : 'info'
}

/** A condition that begins with `!` and has no quotes, of which YAML makes something else. */
function tagged({ tree, match }: FederationRule, node: StringNode): (Range & { text: string }) | undefined {
  const key = property(match, 'condition')?.key
  if (tree.format !== 'yaml' || !key || key.alias || node.alias) return undefined
  const { 0: all = '', 1: text = '' } =
    /^\s*:[ \t]+(![^\r\n]*?)[ \t]*(?: #.*)?$/m.exec(tree.text.slice(key.end)) ?? []
  if (!tree.text.startsWith(all, key.end) || text === '' || /^!!?\w*(?: |$)/.test(text)) return undefined
  const start = key.end + all.indexOf(text)
  return { start, end: start + text.length, text }
}

/** What another language writes for the same is put right without asking; anything else may be meant otherwise. */
function fixes(rule: FederationRule, { code, fix }: Problem): Fix[] {
  const { condition } = rule
  return condition && fix ? [conditionFix(rule, condition, fix, code === 'foreign-syntax')] : []
}

function removal(match: FederationRule['match']): Fix[] {
  const entry = property(match, 'condition')
  return entry ? [{ title: 'Remove `condition`', safe: true, edits: [{ remove: entry }] }] : []
}

/** The parts of `expr` that must be true or false by themselves. */
function truths(expr: Expr): Expr[] {
  if (expr.kind === 'unary' && expr.op === '!') return truths(expr.operand)
  if (expr.kind === 'ternary') return [expr.test, expr.yes, expr.no].flatMap(truths)
  const joins = expr.kind === 'binary' && (expr.op === '&&' || expr.op === '||')
  return joins ? [expr.left, expr.right].flatMap(truths) : [expr]
}
