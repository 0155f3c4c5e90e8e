import picomatch from 'picomatch/posix'
import {
  asString,
  get,
  items,
  type Node,
  type ObjectNode,
  properties,
  property,
  type Tree,
  textAt,
} from '../syntax/node.ts'

/** How severe findings of a rule are to be taken. */
export type Level = 'off' | 'hint' | 'info' | 'warning' | 'error'

/** What a team says about the rules, from the `wif-lint.json` or `.yaml` nearest to a file. */
export interface Config {
  /** Of the configuration file. */
  uri: string
  profile: Profile
  /** By rule id, group (`match`) or `default`. */
  severity: ReadonlyMap<string, Level>
  ignores: readonly Ignore[]
  /** OAuth scopes the product does not know yet. */
  scopes: readonly string[]
  /** Audiences that are right although they are not the Claude API's. */
  audiences: readonly string[]
  /** Ids that are written in no file, with the file that holds what they name. */
  links: ReadonlyMap<string, string>
}

/** How much is said: what breaks or widens only; good practice too; everything. */
export type Profile = 'quiet' | 'default' | 'strict'

export const PROFILES: readonly Profile[] = ['quiet', 'default', 'strict']
export const LEVELS: readonly Level[] = ['off', 'hint', 'info', 'warning', 'error']

/** A finding that a team has looked at and accepts. */
export interface Ignore {
  node: ObjectNode
  rule: string
  /** Whether it speaks of the file with this uri. */
  appliesTo(uri: string): boolean
  /** A JSON Pointer (RFC 6901); findings at it or below it are meant. Undefined for the whole file. */
  pointer: string | undefined
}

export const NO_CONFIG: Config = {
  uri: '',
  profile: 'default',
  severity: new Map(),
  ignores: [],
  scopes: [],
  audiences: [],
  links: new Map(),
}

/** Reads a configuration; total: what is wrong in it is left out, and the schema says so. */
export function readConfig(uri: string, tree: Tree | undefined): Config {
  const root = tree?.root
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1)
  const profile = PROFILES.find(p => p === textAt(root, 'profile'))
  return {
    uri,
    profile: profile ?? 'default',
    severity: new Map(
      properties(get(root, 'severity')).flatMap(({ key, value }) => levelOf(key.value, value)),
    ),
    ignores: items(get(root, 'ignores')).flatMap(item => readIgnore(item, folder) ?? []),
    scopes: strings(get(root, 'scopes')),
    audiences: strings(get(root, 'audiences')),
    links: new Map(
      properties(get(root, 'links')).flatMap(({ key, value }): [string, string][] =>
        value.type === 'string' ? [[key.value, resolve(folder, value.value)]] : [],
      ),
    ),
  }
}

function levelOf(key: string, value: Node): [string, Level][] {
  const level = LEVELS.find(l => l === asString(value)?.value)
  return level ? [[key, level]] : []
}

function readIgnore(node: Node, folder: string): Ignore | undefined {
  const rule = textAt(node, 'rule')
  if (node.type !== 'object' || rule === undefined) return undefined
  const glob = textAt(node, 'files') ?? '**'
  const matches = picomatch(glob, { dot: true })
  return {
    node,
    rule,
    appliesTo: uri => uri.startsWith(folder) && matches(decodeURIComponent(uri.slice(folder.length))),
    pointer: property(node, 'at') ? textAt(node, 'at') : undefined,
  }
}

function resolve(folder: string, path: string): string {
  return URL.canParse(path, folder) ? new URL(path, folder).href : path
}

function strings(node: Node | undefined): string[] {
  return items(node).flatMap(item => asString(item)?.value ?? [])
}
