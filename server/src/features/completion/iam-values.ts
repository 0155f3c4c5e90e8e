import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'
import type { Candidate, NamedCandidate } from './candidate.ts'
import { distinct } from './candidate.ts'
import { type Context, pathText } from './context.ts'
import { knownAudiences } from './known.ts'
import { seen } from './rule-values.ts'

const ACTION: Candidate = {
  value: 'sts:GetWebIdentityToken',
  documentation: 'Lets the role have an identity token minted, which it then exchanges at the Claude API.',
}

/** What may stand in a field of an IAM policy. */
export function iamValues(context: Context): Candidate[] {
  const { view } = context
  const end = pathText(context.path)
    .split('/')
    .filter(step => step !== '*')
    .join('/')
  switch (end) {
    case 'Version':
      return [{ value: '2012-10-17' }]
    case 'Statement/Action':
      return [ACTION]
    case 'Statement/Resource':
      return [{ value: '*', detail: 'these actions know no resources' }]
    default:
  }
  if (end.endsWith('/sts:IdentityTokenAudience'))
    return distinct([
      { value: DEFAULT_AUDIENCE, detail: 'the Claude API' },
      ...seen(knownAudiences(view, view)),
    ])
  if (end.endsWith('/sts:DurationSeconds'))
    return [900, 300, 3600].map(value => ({
      value,
      detail: value === 300 ? 'what STS gives by default' : '',
    }))
  if (end.endsWith('/sts:SigningAlgorithm')) return [{ value: 'ES384' }, { value: 'RS256' }]
  return []
}

/** The keys that minting an identity token knows, by the operators that are right for them. */
const KEYS: Record<string, [operator: string, value: string | number]> = {
  'sts:IdentityTokenAudience': ['ForAllValues:StringEquals', DEFAULT_AUDIENCE],
  'sts:DurationSeconds': ['NumericLessThanEquals', 900],
  'sts:SigningAlgorithm': ['StringEquals', 'ES384'],
}

/** Operators with the key they are right for, and keys of an operator. */
export function iamNames({ path }: Context): NamedCandidate[] {
  const steps = path.filter(step => typeof step === 'string')
  if (steps.join('/') === 'Statement/Condition')
    return Object.entries(KEYS).map(([key, [operator, value]]) => ({
      name: operator,
      value: { [key]: value },
      detail: key,
    }))
  const [, , operator] = steps
  if (steps.length !== 3 || steps[1] !== 'Condition') return []
  return Object.entries(KEYS)
    .filter(([, [right]]) => right === operator)
    .map(([name, [, value]]) => ({ name, value }))
}
