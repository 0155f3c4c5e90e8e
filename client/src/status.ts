import { type Disposable, LanguageStatusSeverity, languages } from 'vscode'
import type { State } from './client.ts'
import { selector } from './selector.ts'

/** What there is to show; what is left out stays as it was. */
export interface Shown {
  state?: State
  version?: string | undefined
  documents?: number
  scanning?: boolean
}

export interface StatusItem extends Disposable {
  show(shown: Shown): void
}

/** The entry in the menu behind `{}` in the status bar, for JSON and YAML documents. */
export function createStatusItem(): StatusItem {
  const item = languages.createLanguageStatusItem('wif.status', selector())
  const shown: Required<Shown> = { state: 'idle', version: undefined, documents: 0, scanning: false }
  item.name = 'WIF Policy Linter'
  return {
    show(next) {
      Object.assign(shown, next)
      const { state, version, scanning } = shown
      item.text = text(shown)
      item.detail = version === undefined ? 'WIF Policy Linter' : `WIF Policy Linter ${version}`
      item.busy = state === 'starting' || (state === 'running' && scanning)
      item.severity = state === 'stopped' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information
      item.command =
        state === 'stopped'
          ? { title: 'Restart', command: 'wif.restart' }
          : { title: 'Show Output', command: 'wif.showOutput' }
    },
    dispose: () => item.dispose(),
  }
}

function text({ state, documents }: Required<Shown>): string {
  if (state === 'starting') return 'WIF: starting'
  if (state === 'stopped') return 'WIF: stopped'
  if (state === 'idle') return 'WIF: off'
  return documents === 1 ? 'WIF: 1 document' : `WIF: ${documents} documents`
}
