import { commentFindings, configurationFindings, deadLinks, passedOver } from '../lint/configuration.ts'
import { othersIn } from '../lint/recall.ts'
import type { Finding, LintRule } from '../lint/rule.ts'
import { createLinter } from '../lint/run.ts'
import { type Configured, configure } from '../lint/suppress.ts'
import { toValue } from '../syntax/node.ts'
import { oncePer } from '../text/once-per.ts'
import { type Config, type Ignore, NO_CONFIG, type Profile, readConfig } from '../wif/config.ts'
import { type Entity, entitiesIn, type WifFile } from '../wif/entity.ts'
import { readPlainFile, readWifFile } from '../wif/file.ts'
import { type Kustomization, kustomizeNamespace, readKustomization } from '../wif/kustomization.ts'
import { formatOf, isConfigName, isKustomizationName, isUseful } from '../wif/relevance.ts'
import { liveView, type WorkspaceView } from '../wif/view.ts'

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
  /** The files that matter, by uri, configuration files among them. */
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
  /** Of a configuration file. */
  config: Config | undefined
  linted:
    | {
        of: WifFile
        generation: number
        result: Configured
        /** The files whose nodes the findings point at: an edit that says nothing new there moves them all the same. */
        others: readonly WifFile[]
      }
    | undefined
}

/**
 * An empty workspace that lints by `rules`.
 * @param config for all files; without it the nearest `wif-lint.json` or `.yaml` in or above a file's folder
 * @param profile instead of the one that the configuration names
 */
export function createWorkspace(rules: readonly LintRule[], config?: Config, profile?: Profile): Workspace {
  const entries = new Map<string, Entry>()
  const configs = new Map<string, Config>()
  const kustomizations = new Map<string, Kustomization>()
  /** By file, as the kustomizations give them; found again when one of these changes. */
  const namespaces = new Map<string, string | undefined>()
  const { view, replace, configure: configureView } = liveView()
  if (config) configureView(() => config)
  let generation = 0
  let sorted: readonly WifFile[] | undefined

  const current = (entry: Entry | undefined): WifFile | undefined => entry?.editor ?? entry?.disk

  function update(
    uri: string,
    from: 'disk' | 'editor',
    text: string | undefined,
    format = formatOf(uri),
  ): boolean {
    const known = entries.get(uri)
    const relevant = text !== undefined && format !== undefined && (from === 'editor' || isUseful(uri, text))
    if (!known && !relevant) return false
    // As when a document is saved.
    if (relevant && known?.[from]?.text === text && known[from].format === format) return false
    const entry = known ?? { disk: undefined, editor: undefined, config: undefined, linted: undefined }
    const before = current(entry)
    entry[from] = relevant ? read(uri, text, format, entry[from]) : undefined
    const after = current(entry)
    if (after) entries.set(uri, entry)
    else entries.delete(uri)
    if (after === before) return false
    become(uri, entry, before, after)
    if (!saysOtherwise(before, after)) return false
    generation++
    if (isKustomizationName(uri)) kustomize()
    return true
  }

  /** What follows wherever a file has become another. */
  function become(uri: string, entry: Entry, before: WifFile | undefined, after: WifFile | undefined): void {
    sorted = undefined
    replace(before, after)
    if (isConfigName(uri)) {
      entry.config = after && readConfig(uri, after.trees[0])
      put(configs, uri, entry.config)
      if (!config) configureView(nearest([...configs.values()]))
    }
    if (isKustomizationName(uri)) put(kustomizations, uri, after && readKustomization(uri, after.trees[0]))
  }

  function namespaceOf(uri: string): string | undefined {
    if (!namespaces.has(uri)) namespaces.set(uri, kustomizeNamespace(uri, [...kustomizations.values()]))
    return namespaces.get(uri)
  }

  function read(uri: string, text: string, format: 'json' | 'yaml', before?: WifFile): WifFile {
    const plain = isConfigName(uri) || isKustomizationName(uri)
    return plain ? readPlainFile(uri, text, format) : readWifFile(uri, text, format, namespaceOf(uri), before)
  }

  /** Reads the files again whose objects a changed kustomization puts into another namespace. */
  function kustomize(): void {
    namespaces.clear()
    for (const [uri, entry] of entries) {
      if (isConfigName(uri) || isKustomizationName(uri)) continue
      const before = current(entry)
      for (const from of ['disk', 'editor'] as const) {
        const file = entry[from]
        if (file && file.namespace !== namespaceOf(uri)) entry[from] = read(uri, file.text, file.format)
      }
      const after = current(entry)
      if (after !== before) become(uri, entry, before, after)
    }
  }

  function files(): readonly WifFile[] {
    sorted ??= [...entries]
      .flatMap(([uri, entry]) => (!isKustomizationName(uri) && current(entry)) || [])
      .sort((a, b) => (a.uri < b.uri ? -1 : 1))
    return sorted
  }

  const isCurrent = (file: WifFile) => current(entries.get(file.uri)) === file
  const lint = createLinter(rules, isCurrent)

  function linted(entry: Entry, file: WifFile): Configured {
    const known = entry.linted
    if (known?.of === file && known.generation === generation && known.others.every(isCurrent))
      return known.result
    const result = entry.config ? configuration(file, entry.config) : ordinary(file)
    entry.linted = { of: file, generation, result, others: othersIn(result.findings) }
    return result
  }

  function ordinary(file: WifFile): Configured {
    const own = view.configOf(file)
    const asked = profile ? { ...own, profile } : own
    const result = configure(lint(file, view), file, asked, rules)
    const findings = [...result.findings, ...commentFindings(file, rules, result.idleComments)]
    return { ...result, findings: findings.sort((a, b) => a.start - b.start) }
  }

  /** A configuration is judged by what its ignores still do in the files it governs. */
  function configuration(file: WifFile, own: Config): Configured {
    const holds = view.configOf(file)
    if (holds !== own && !config)
      return { findings: passedOver(file, holds), usedIgnores: new Set(), idleComments: [] }
    const used = new Set<Ignore>()
    for (const entry of own.ignores.length > 0 ? entries.values() : []) {
      const other = current(entry)
      if (!other || entry.config || view.configOf(other) !== own) continue
      for (const ignore of linted(entry, other).usedIgnores) used.add(ignore)
    }
    return {
      findings: [
        ...configurationFindings(file, own, rules, used),
        ...deadLinks(file, own, uri => {
          const target = current(entries.get(uri))
          return target !== undefined && target.rules.length + target.issuers.length > 0
        }),
      ].sort((a, b) => a.start - b.start),
      usedIgnores: new Set(),
      idleComments: [],
    }
  }

  return {
    update,
    files,
    view: () => view,
    findings(uri) {
      const entry = entries.get(uri)
      const file = current(entry)
      return entry && file && !isKustomizationName(uri) ? linted(entry, file).findings : []
    },
    file: uri => current(entries.get(uri)),
    generation: () => generation,
  }
}

/** The configuration nearest to a file, upward. */
function nearest(configs: readonly Config[]): (file: WifFile) => Config {
  const sorted = configs.toSorted(
    (a, b) => b.uri.lastIndexOf('/') - a.uri.lastIndexOf('/') || (a.uri < b.uri ? -1 : 1),
  )
  return ({ uri }) =>
    sorted.find(c => uri.startsWith(c.uri.slice(0, c.uri.lastIndexOf('/') + 1))) ?? NO_CONFIG
}

function put<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key)
  else map.set(key, value)
}

/**
 * Whether other files may know of `after` what they did not of `before`. Places do not count: this stops the ripple of
 * an edit at its own file.
 */
function saysOtherwise(before: WifFile | undefined, after: WifFile | undefined): boolean {
  const { uri } = after ?? before ?? { uri: '' }
  if (isConfigName(uri) || isKustomizationName(uri)) return before?.text !== after?.text
  const [a, b] = [before ? entitiesIn(before) : [], after ? entitiesIn(after) : []]
  return a.length !== b.length || a.some((each, i) => isAnother(each, b[i]))
}

function isAnother(before: Entity, after: Entity | undefined): boolean {
  return before !== after && (!after || summaryOf(before) !== summaryOf(after))
}

/** What an entity says. */
const summaryOf = oncePer(({ node }: Entity) => JSON.stringify(toValue(node)))
