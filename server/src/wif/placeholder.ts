const PLACEHOLDER =
  /\.\.\.|…|<[^<>]*>|\$\{|\{\{|\$\(|\$[A-Z_]{2,}|your[-_]|YOUR[-_]|REPLACE|CHANGE_?ME|\bTODO\b|\bTBD\b|x{6,}|X{6,}|^0{8}-0{4}-0{4}-0{4}-0{12}$|_TBD$|-TBD$/

/**
 * Whether `text` stands for a value that is filled in later (`fdis_...`, `<uuid>`, `${VAR}`, `{{ .Values.x }}`).
 * A placeholder never gives a finding about its format: guides and templates are full of them.
 */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text)
}
