import type { Node } from '../syntax/node.ts'

const PLACEHOLDER =
  /\.\.\.|…|<[^<>]*>|\$\{|\{\{|\$\(|\$[A-Z_]{2,}|your[-_]|YOUR[-_]|REPLACE|CHANGE_?ME|\bTODO\b|\bTBD\b|x{6,}|X{6,}|^0{8}-0{4}-0{4}-0{4}-0{12}$|_TBD$|-TBD$|__[A-Z][A-Z\d_]*__|^@[\w.-]+@$|^%\w+%$|^\[[A-Z][A-Z\d_ -]*\]$/

/**
 * Whether `text` stands for a value that is filled in later (`fdis_...`, `<uuid>`, `${VAR}`, `{{ .Values.x }}`, `@ID@`).
 * A placeholder never gives a finding about its format: guides and templates are full of them.
 */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text)
}

/** Whether the value is text that stands for one that is filled in later. */
export function isStandIn(node: Node): boolean {
  return node.type === 'string' && isPlaceholder(node.value)
}

/** `node` if it is filled in, so that one may have an opinion about it: it is neither null nor a placeholder. */
export function filledIn(node: Node | undefined): Node | undefined {
  return node && node.type !== 'null' && !isStandIn(node) ? node : undefined
}
