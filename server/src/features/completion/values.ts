import { describe } from '../../schema/describe.ts'
import type { SchemaKind } from '../../schema/schemas.ts'
import type { Value } from '../../syntax/write/values.ts'
import { type Candidate, distinct } from './candidate.ts'
import { configValues } from './config-values.ts'
import { type Context, pathText } from './context.ts'
import { iamValues } from './iam-values.ts'
import { issuerValues } from './issuer-values.ts'
import { ruleValues } from './rule-values.ts'
import { workloadValues } from './workload-values.ts'

const OWN: Record<SchemaKind, (context: Context) => Candidate[]> = {
  issuer: issuerValues,
  rule: ruleValues,
  workload: workloadValues,
  'iam-policy': iamValues,
  config: configValues,
}

/** The scalars that may stand at a path: from the workspace first, then those that the schema names. */
export function valuesAt(kind: SchemaKind, context: Context): Candidate[] {
  const own = OWN[kind](context)
  return own.length > 0 ? distinct(own) : bySchema(kind, context)
}

/** Values that the schema allows and a rule of the linter minds. */
const UNWANTED: Partial<Record<SchemaKind, Record<string, Value>>> = {
  issuer: { check_jti: false },
  rule: { applies_to_all_workspaces: true },
}

function bySchema(kind: SchemaKind, { entity, path }: Context): Candidate[] {
  const found = describe(kind, path, entity)
  const words = found?.enum ?? (found?.type?.includes('boolean') ? [true, false] : [])
  const unwanted = UNWANTED[kind]?.[pathText(path)]
  return words
    .filter(word => word !== unwanted)
    .map(word => {
      const prose = found?.enum ? found.enumMarkdown?.[found.enum.indexOf(word)] : undefined
      return {
        value: word as Value,
        closed: true as const,
        detail: word === found?.default ? 'default' : '',
        documentation: prose ?? found?.markdown,
      }
    })
}
