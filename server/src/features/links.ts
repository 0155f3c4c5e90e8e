import { ignoreComments } from '../lint/suppress.ts'
import { get, items, properties, type Range, type StringNode } from '../syntax/node.ts'
import { contentRange } from '../syntax/scalar.ts'
import { readConfig } from '../wif/config.ts'
import type { WifFile } from '../wif/entity.ts'
import { isConfigName } from '../wif/relevance.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Characters that lead to the page of a rule, or to a file. */
export type Link = Range & ({ rule: string } | { uri: string })

/**
 * The links of a file: rules that a configuration or a comment names, and the files under `links`. Ids are none: an
 * editor goes from them by "go to definition", and underlines what is a link always.
 */
export function links(workspace: Workspace, uri: string): Link[] {
  const file = workspace.file(uri)
  if (!file) return []
  const comments = ignoreComments(file).map(({ start, rule }) => {
    const at = file.text.indexOf(rule, start)
    return { start: at, end: at + rule.length, rule }
  })
  return isConfigName(uri) ? [...comments, ...ofConfiguration(file)] : comments
}

function ofConfiguration(file: WifFile): Link[] {
  const [tree] = file.trees
  const root = tree?.root
  const uris = readConfig(file.uri, tree).links
  const ruleLink = (node: StringNode): Link[] =>
    node.value.includes('/') && !node.alias ? [{ ...contentRange(file.text, node), rule: node.value }] : []
  return [
    ...properties(get(root, 'severity')).flatMap(({ key }) => ruleLink(key)),
    ...items(get(root, 'ignores')).flatMap(ignore => {
      const rule = get(ignore, 'rule')
      return rule?.type === 'string' ? ruleLink(rule) : []
    }),
    ...properties(get(root, 'links')).flatMap(({ key, value }): Link[] => {
      const uri = uris.get(key.value)
      return value.type === 'string' && !value.alias && uri !== undefined
        ? [{ ...contentRange(file.text, value), uri }]
        : []
    }),
  ]
}
