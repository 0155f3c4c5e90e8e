import type { Connection } from 'vscode-languageserver'
import { isInside } from './uri.ts'

/** What a person may not want to see beside the text; each has a setting `wif.<name>.enabled`. */
export type Extra = 'codeLens' | 'inlayHints'

/** The person's settings under `wif`, per workspace folder. */
export interface Settings {
  /** Whether the linter is on for this file. */
  enabled(key: string): boolean
  /** Whether it is on and the person wants to see this in the file. */
  shows(extra: Extra, key: string): boolean
  /** Asks the client; resolves with whether anything is different now. */
  ask(folders: readonly string[]): Promise<boolean>
  /** Takes what a client that cannot be asked sends by itself; answers whether anything is different now. */
  told(settings: unknown): boolean
}

/** What is on in one folder. */
type Section = Record<'enable' | Extra, boolean>

/** Settings as they are when nobody has said anything: on. */
export function createSettings(connection: Connection): Settings {
  let general = read(undefined)
  let byFolder = new Map<string, Section>()
  let asked = 0

  function put(next: Section, folders: Map<string, Section>): boolean {
    const before = JSON.stringify([general, ...byFolder])
    general = next
    byFolder = folders
    return JSON.stringify([general, ...byFolder]) !== before
  }

  function sectionOf(key: string): Section {
    const folders = [...byFolder.keys()].filter(folder => isInside(folder, key))
    const nearest = folders.reduce((a, b) => (b.length > a.length ? b : a), '')
    return byFolder.get(nearest) ?? general
  }

  return {
    enabled: key => sectionOf(key).enable,
    shows(extra, key) {
      const section = sectionOf(key)
      return section.enable && section[extra]
    },
    async ask(folders) {
      const turn = ++asked
      const items = [{ section: 'wif' }, ...folders.map(scopeUri => ({ scopeUri, section: 'wif' }))]
      const [first, ...others]: unknown[] = await connection.workspace.getConfiguration(items)
      // An answer that was overtaken by a later question is out of date.
      if (turn !== asked) return false
      return put(read(first), new Map(folders.map((folder, i) => [folder, read(others[i])])))
    },
    told: settings => put(read(member(settings, 'wif')), new Map()),
  }
}

function read(section: unknown): Section {
  const isOn = (extra: Extra) => member(member(section, extra), 'enabled') !== false
  return {
    enable: member(section, 'enable') !== false,
    codeLens: isOn('codeLens'),
    inlayHints: isOn('inlayHints'),
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
