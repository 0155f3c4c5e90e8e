import type { StringNode } from '../syntax/node.ts'
import { globMatches } from './glob.ts'
import { coversGetToken, type IamCondition, type IamPolicy, type IamStatement } from './iam-policy.ts'

/** A condition operator taken apart: `ForAllValues:StringNotEqualsIfExists`. */
export interface IamOperator {
  /** `ForAllValues:` and `ForAnyValue:` compare every value of a request, or one. */
  set: 'all' | 'any' | undefined
  /** In lower case, without prefix and suffix: "stringnotequals". */
  name: string
  /** `...IfExists`: holds as well when the request has no such key. */
  ifExists: boolean
  /** `StringNotEquals` and its kind, which name what is refused. */
  negative: boolean
}

export function readOperator({ operator }: IamCondition): IamOperator {
  const [, prefix, name = '', suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(operator.key.value) ?? []
  return {
    set: prefix === undefined ? undefined : prefix.toLowerCase() === 'forallvalues' ? 'all' : 'any',
    name: name.toLowerCase(),
    ifExists: suffix !== undefined,
    negative: /not/i.test(name),
  }
}

/** Whether the operator compares text. */
export function isText({ name }: IamOperator): boolean {
  return name.startsWith('string')
}

/** Whether `condition` is on the key `name`; IAM ignores the case of keys. */
export function isOn(condition: IamCondition, name: string): boolean {
  return condition.key.key.value.toLowerCase() === name.toLowerCase()
}

/** Whether the text `wanted` of a condition lets `value` through. */
export function fits(wanted: string, { name }: IamOperator, value: string): boolean {
  if (name === 'stringlike') return globMatches(wanted, value)
  return name === 'stringequalsignorecase' ? wanted.toLowerCase() === value.toLowerCase() : wanted === value
}

/** Whether a value of a condition lets through what nobody had in mind when writing it: `*`, `https://*`. */
export function acceptsAnything(value: StringNode, { name }: IamOperator): boolean {
  return name === 'stringlike' && globMatches(value.value, 'https://an-audience-nobody-thought-of.example/')
}

/** The statements that allow a role to have a token minted, each with the action that does. */
export function* grants(policy: IamPolicy): Generator<{ statement: IamStatement; action: StringNode }> {
  for (const statement of policy.statements) {
    const action = statement.actions.find(coversGetToken)
    if (action && statement.effect?.value === 'Allow') yield { statement, action }
  }
}

/** The conditions under which another statement of the policy refuses to have a token minted. */
export function refusals(policy: IamPolicy): IamCondition[] {
  return policy.statements
    .filter(s => s.effect?.value === 'Deny' && s.actions.some(coversGetToken))
    .flatMap(s => s.conditions)
}
