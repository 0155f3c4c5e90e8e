import type { Finding, LintRule } from '../lint/rule.ts'
import { lint } from '../lint/run.ts'
import { toValue } from '../syntax/node.ts'
import type { Entity, WifFile } from '../wif/entity.ts'
import { formatOf, mayMatter, readWifFile } from '../wif/file.ts'
import { viewOf, type WorkspaceView } from '../wif/view.ts'

/** The files that matter, what they say of each other, and the findings in each. */
export interface Workspace {
  /**
   * Takes in the text of a file, from the disk or from the editor; undefined when it is gone there. An open
   * document shadows the file on the disk.
   * @param format for a document whose language the editor knows; by the name of the file otherwise
   * @returns whether findings in other files may be different now
   */
  update(uri: string, from: 'disk' | 'editor', text: string | undefined, format?: 'json' | 'yaml'): boolean
  /** The file as last taken in; undefined for one that does not matter or is not there. */
  file(uri: string): WifFile | undefined
  /** The files that matter, by uri. */
  files(): readonly WifFile[]
  view(): WorkspaceView
  /** What is found in the file, in text order; nothing for one that does not matter. */
  findings(uri: string): readonly Finding[]
  /** Changes whenever findings of files other than the one just edited may have changed. */
  generation(): number
}

interface Entry {
  disk: WifFile | undefined
  editor: WifFile | undefined
  /** What other files may know of this one. */
  summary: string
  findings: { of: WifFile; generation: number; found: readonly Finding[] } | undefined
}

/** An empty workspace that lints by `rules`. */
export function createWorkspace(rules: readonly LintRule[]): Workspace {
  const entries = new Map<string, Entry>()
  let generation = 0
  let sorted: WifFile[] | undefined
  let view: WorkspaceView | undefined

  const current = (entry: Entry | undefined): WifFile | undefined => entry?.editor ?? entry?.disk

  function update(
    uri: string,
    from: 'disk' | 'editor',
    text: string | undefined,
    format = formatOf(uri),
  ): boolean {
    const known = entries.get(uri)
    const relevant = text !== undefined && format !== undefined && (from === 'editor' || mayMatter(text))
    if (!known && !relevant) return false
    const entry = known ?? { disk: undefined, editor: undefined, summary: '', findings: undefined }
    const before = current(entry)
    entry[from] = relevant ? readWifFile(uri, text, format) : undefined
    if (entry.disk || entry.editor) entries.set(uri, entry)
    else entries.delete(uri)
    if (current(entry) === before) return false
    sorted = view = undefined
    const summary = summarise(current(entry))
    if (summary === entry.summary) return false
    entry.summary = summary
    generation++
    return true
  }

  function files(): readonly WifFile[] {
    sorted ??= [...entries.values()].flatMap(e => current(e) ?? []).sort((a, b) => (a.uri < b.uri ? -1 : 1))
    return sorted
  }

  function currentView(): WorkspaceView {
    view ??= viewOf(files())
    return view
  }

  function findings(uri: string): readonly Finding[] {
    const entry = entries.get(uri)
    const file = current(entry)
    if (!entry || !file) return []
    if (entry.findings?.of !== file || entry.findings.generation !== generation) {
      entry.findings = { of: file, generation, found: lint(file, rules, currentView()) }
    }
    return entry.findings.found
  }

  return {
    update,
    files,
    findings,
    view: currentView,
    file: uri => current(entries.get(uri)),
    generation: () => generation,
  }
}

/**
 * What other files may know of `file`, without places: equal summaries stop the ripple of an edit at its own file.
 */
function summarise(file: WifFile | undefined): string {
  if (!file) return ''
  const entities: Entity[] = [
    ...file.issuers,
    ...file.rules,
    ...file.workloads,
    ...file.serviceAccounts,
    ...file.policies,
  ]
  return entities.length === 0 ? '' : JSON.stringify(entities.map(e => toValue(e.node)))
}
