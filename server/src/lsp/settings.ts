import type { Connection } from 'vscode-languageserver'
import { isInside } from './uri.ts'

/** The person's settings under `wif`, per workspace folder. */
export interface Settings {
  /** Whether the linter is on for this file. */
  enabled(key: string): boolean
  /** Asks the client; resolves with whether anything is different now. */
  ask(folders: readonly string[]): Promise<boolean>
  /** Takes what a client that cannot be asked sends by itself; answers whether anything is different now. */
  told(settings: unknown): boolean
}

/** Settings as they are when nobody has said anything: on. */
export function createSettings(connection: Connection): Settings {
  let general = true
  let byFolder = new Map<string, boolean>()
  let asked = 0

  function put(next: boolean, folders: Map<string, boolean>): boolean {
    const before = JSON.stringify([general, ...byFolder])
    general = next
    byFolder = folders
    return JSON.stringify([general, ...byFolder]) !== before
  }

  return {
    enabled(key) {
      const folders = [...byFolder.keys()].filter(folder => isInside(folder, key))
      const nearest = folders.reduce((a, b) => (b.length > a.length ? b : a), '')
      return byFolder.get(nearest) ?? general
    },
    async ask(folders) {
      const turn = ++asked
      const items = [{ section: 'wif' }, ...folders.map(scopeUri => ({ scopeUri, section: 'wif' }))]
      const [first, ...others]: unknown[] = await connection.workspace.getConfiguration(items)
      // An answer that was overtaken by a later question is out of date.
      if (turn !== asked) return false
      return put(isOn(first), new Map(folders.map((folder, i) => [folder, isOn(others[i])])))
    },
    told: settings => put(isOn(member(settings, 'wif')), new Map()),
  }
}

function isOn(section: unknown): boolean {
  return member(section, 'enable') !== false
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
