import {
  type Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  Uri,
  workspace,
} from 'vscode'
import type { State } from './client.ts'
import { selector } from './selector.ts'

/** What there is to show; what is left out stays as it was. */
export interface Shown {
  state?: State
  version?: string | undefined
  documents?: number
  scanning?: boolean
  /** The uri of the configuration that governs the document in front; undefined when none does. */
  configuration?: string | undefined
}

export interface StatusItem extends Disposable {
  show(shown: Shown): void
}

/** The entries in the menu behind `{}` in the status bar, for JSON and YAML documents. */
export function createStatusItem(): StatusItem {
  const server = languages.createLanguageStatusItem('wif.status', selector())
  const configuration = languages.createLanguageStatusItem('wif.configuration', selector())
  const shown: Required<Shown> = {
    state: 'idle',
    version: undefined,
    documents: 0,
    scanning: false,
    configuration: undefined,
  }
  server.name = 'WIF Policy Linter'
  configuration.name = l10n.t('Configuration of the WIF Policy Linter')
  return {
    show(next) {
      Object.assign(shown, next)
      showServer(server, shown)
      showConfiguration(configuration, shown.configuration)
    },
    dispose() {
      server.dispose()
      configuration.dispose()
    },
  }
}

function showServer(item: LanguageStatusItem, shown: Required<Shown>): void {
  const { state, version, scanning } = shown
  item.text = text(shown)
  item.detail = version === undefined ? 'WIF Policy Linter' : `WIF Policy Linter ${version}`
  item.busy = state === 'starting' || (state === 'running' && scanning)
  item.severity = state === 'stopped' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information
  item.command =
    state === 'stopped'
      ? { title: l10n.t('Restart'), command: 'wif.restart' }
      : { title: l10n.t('Show Output'), command: 'wif.showOutput' }
}

function text({ state, documents, scanning }: Required<Shown>): string {
  if (state === 'starting') return l10n.t('WIF: starting')
  if (state === 'stopped') return l10n.t('WIF: stopped')
  if (state === 'idle') return l10n.t('WIF: off')
  if (scanning) return l10n.t('WIF: {0} documents, reading the workspace', documents)
  return documents === 1 ? l10n.t('WIF: 1 document') : l10n.t('WIF: {0} documents', documents)
}

function showConfiguration(item: LanguageStatusItem, uri: string | undefined): void {
  if (uri === undefined) {
    item.text = l10n.t('WIF: no configuration')
    item.detail = l10n.t('The nearest {0} or {1} counts', 'wif-lint.json', 'wif-lint.yaml')
    item.command = undefined
    return
  }
  const file = Uri.parse(uri)
  item.text = workspace.asRelativePath(file)
  item.detail = l10n.t('WIF configuration')
  item.command = { title: l10n.t('Open'), command: 'vscode.open', arguments: [file] }
}
