import type { FactName, NodeKind } from '../../../../server/src/features/access-map.ts'
import type { Column, How, Severity } from './shown.ts'

/** What the page says, in the language of the editor. `{0}` stands for a value. */
export interface Words {
  title: string
  kinds: Record<NodeKind, string>
  columns: Record<Column, string>
  plurals: Record<NodeKind, string>
  group: string
  members: Record<Column, string>
  facts: Record<FactName, string>
  everyWorkspace: string
  severities: Record<Severity, string>
  /** What a line means. */
  how: Record<How, string>
  idle: Record<Column, string>
  unused: string
  archived: string
  expanded: string
  collapsed: string
  findingCount: string
  findings: string
  omitted: string
  empty: string
  emptyHint: string
  search: string
  matches: string
  noMatch: string
  zoomIn: string
  zoomOut: string
  fit: string
  expandAll: string
  collapseAll: string
  asList: string
  export: string
  legend: string
  keys: string
  listKeys: string
  open: string
  show: string
  expand: string
  collapse: string
  details: string
  overview: string
  noFindings: string
  unusedRules: string
  admits: string
  admittedBy: string
  deniedBy: string
  denies: string
  gives: string
  givenBy: string
  reachedBy: string
  issuer: string
  contains: string
  more: string
  noAccess: string
}

/** `text` with `values` for `{0}`, `{1}`. */
export function fill(text: string, ...values: (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (whole, i) => String(values[Number(i)] ?? whole))
}
