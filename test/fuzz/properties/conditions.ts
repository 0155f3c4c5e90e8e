import fc from 'fast-check'
import { analyse, check, evaluate, parse, type Span, walk } from '../../../server/src/cel/index.ts'
import { claims, condition } from '../../cel/conditions.ts'
import { mutatedText } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

const STARTS = [
  'claims.sub == "repo:acme/web:ref:refs/heads/main" && claims.repository in ["acme/web", "acme/app"]',
  'has(claims.exp) && claims.exp - claims.iat <= 3600 || claims["kubernetes.io"].namespace == "inference"',
  'claims.aud.exists(a, a.startsWith("https://")) && !claims.repository.matches("^(a+)+$")',
  'claims["https://sts.amazonaws.com/"].aws_account == "123456789012" ? true : size(claims.groups) > 0',
]

/** CEL, which anybody may write into a rule. */
export function conditionProperties(): Property[] {
  const inputs = fc.oneof(mutatedText(...STARTS), condition)
  return [property<string>({ name: 'condition', inputs, check: conditionIsRead })]
}

function conditionIsRead(source: string): void {
  const inside = ({ start, end }: Span, what: string) => {
    if (!(0 <= start && start <= end && end <= source.length))
      fail(`${what} at ${start}-${end} of ${source.length}`)
  }
  const parsed = parse(source)
  if (!parsed.ok) {
    inside(parsed.problem, parsed.problem.message)
    if (parsed.problem.message === '') fail('a problem without words')
  } else {
    for (const expr of walk(parsed.expr)) inside(expr, expr.kind)
    for (const problem of check(parsed)) inside(problem, problem.message)
    for (const fact of analyse(parsed).facts) inside(fact, fact.kind)
  }
  const [one, two] = [evaluate(source, claims), evaluate(source, claims)]
  if (JSON.stringify(one) !== JSON.stringify(two)) fail('a second evaluation gives something else')
  for (const part of one.trace) inside(part, 'a part')
  // What is not known may turn out to be anything, but not contradict what was said without it.
  const { sub, ...rest } = claims
  const guess = evaluate(source, rest, { complete: false })
  if ('result' in guess && guess.result !== 'unknown' && !('result' in one && one.result === guess.result))
    fail(`without "sub" it is ${guess.result}, with it ${JSON.stringify(one)}`)
}
