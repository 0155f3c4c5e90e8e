import type { Problem, Tree } from '../syntax/node.ts'
import { type Document, entitiesIn, type WifFile } from './entity.ts'

/** Fields of what the linter reads: text that has one was to say something of federation, even if it cannot be read. */
const FIELD = /issuer_url|issuer_id|oauth_scope|subject_prefix|WebIdentityToken|IdentityTokenAudience/i
/** What a pod sets, and the settings of any program that uses Claude. */
const VARIABLE = /ANTHROPIC_|federation_rule/i

/**
 * What of `document` could not be read, as far as that may concern federation. Many files only mention Claude, and not
 * all are what their name says: a JSON file of settings may have commas that JSON does not allow.
 */
export function damageIn(file: WifFile, document: Document): Problem[] {
  const { trees, start, end } = document
  // The name of a `.jsonc` file says that it is not JSON to the letter.
  const isLoose = /\.jsonc$/i.test(file.uri)
  const problems = trees.flatMap(tree => tree.problems).filter(({ comma }) => !(comma && isLoose))
  if (problems.length === 0 || holdsEntity(file, trees)) return problems
  const text = file.text.slice(start, end)
  if (FIELD.test(text)) return problems
  return VARIABLE.test(text) ? problems.filter(losesText) : []
}

/** Whether something of the text is not in the tree, or not where it was meant to be. */
export function losesText({ duplicate, mild, comma }: Problem): boolean {
  return !duplicate && !mild && !comma
}

function holdsEntity(file: WifFile, trees: readonly Tree[]): boolean {
  return entitiesIn(file).some(({ tree }) => trees.includes(tree))
}
