import type { Node, Property, Range, Tree } from '../syntax/node.ts'
import type { NodeEdit, Value } from '../syntax/write.ts'
import type { WifFile } from '../wif/entity.ts'
import type { WorkspaceView } from '../wif/view.ts'

/** The worst first. */
export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What a finding means for the person who reads it; the severity follows from it. */
export type RuleClass = 'service-rejects' | 'exchange-fails' | 'unreliable' | 'over-broad' | 'hygiene'

export const CLASS_SEVERITY: Record<RuleClass, Severity> = {
  'service-rejects': 'error',
  'exchange-fails': 'error',
  unreliable: 'warning',
  'over-broad': 'warning',
  hygiene: 'info',
}

/** Where a finding is: a value, a property (its name is underlined), or part of a node. */
export type Place = Node | Property | (Range & { type: 'part'; node: Node })

export interface Related {
  at: Node | Property
  message: string
  /** The file of `at`, when it is not the one that is linted. */
  file?: WifFile
}

/**
 * An edit of a fix; in terms of nodes, or of characters for what is no node (a comment, part of a condition), or new
 * documents behind another in a YAML stream.
 */
export type FixEdit = (
  | NodeEdit
  | { replace: Range; by: string }
  | { documents: readonly Value[]; behind: Tree }
) & {
  file?: WifFile
}

/** A way to mend a finding. */
export interface Fix {
  title: string
  /** The file means the same afterwards, or what it said could not be meant: goes into fix-all and `--fix`. */
  safe: boolean
  edits: FixEdit[]
  /** Only a person can choose it: it shuts out a workload, or lets in more than the file said. */
  choice?: true
  /** Files that come into being with it: only an editor makes them, and only where none is of that name. */
  creates?: readonly NewFile[]
}

/** A file that holds `value`, written as `like` is. */
export interface NewFile {
  uri: string
  value: Value
  like: Tree
}

export interface Finding extends Range {
  rule: string
  class: RuleClass
  severity: Severity
  message: string
  /** What the finding is about; findings on the same node are weighed against each other. */
  node: Node | undefined
  fixes: Fix[]
  related: Related[]
}

export interface ReportOptions {
  /** When it is less, or more, than the rule's class says. */
  severity?: Severity
  fixes?: Fix[]
  related?: Related[]
}

export type Report = (at: Place, message: string, options?: ReportOptions) => void

/** A lint rule: a plain value, named for what it catches. */
export interface LintRule {
  /** `<group>/<name>`; also the name of its file and its page. */
  id: string
  /** One line for tables: what is wrong. */
  title: string
  class: RuleClass
  /** The version that brought it. */
  since: string
  /** Only in the strict profile: right, but a matter of taste in most places. */
  profile?: 'strict'
  /** Rules that say the same more exactly: where one of them reports on a node, this one is silent. */
  yieldsTo?: readonly string[]
  /**
   * It looks at trees, and so at all of a file each time. Any other rule is shown a file that holds one thing of the
   * field: what it finds about the rest holds when a person types in that one.
   */
  whole?: true
  /** Looks at one file, with the others in view, and reports what it finds there. Never throws, keeps no state. */
  check(file: WifFile, report: Report, view: WorkspaceView): void
}

/** Checks the form of a rule where it is written. */
export function rule(value: LintRule): LintRule {
  return value
}
