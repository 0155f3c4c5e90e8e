import type { Field } from './field.ts'
import type { Prose } from './prose.ts'

/** What the actions are that let a role have tokens minted (Service Authorization Reference and API reference of AWS STS). */
const ACTIONS: Record<string, string> = {
  'sts:getwebidentitytoken':
    'Lets the role have AWS STS mint an identity token: for 1 to 10 audiences, signed with RS256 or ES384, for 60 to 3600 seconds (300 by default). It knows no resources, only `*`.',
  'sts:taggetwebidentitytoken':
    'Lets the role put tags of its choice into such a token, as `request_tags`: nothing to match on.',
}

/** What is to be said of a value in an IAM policy, beyond what its schema says. */
export function aboutPolicy({ value, isKey }: Field): Prose[] {
  const action = !isKey && value.type === 'string' ? value.value.toLowerCase() : ''
  const about = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined
  return about === undefined ? [] : [[about]]
}
