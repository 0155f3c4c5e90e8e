import { l10n, ProgressLocation, type QuickPickItem, window, workspace } from 'vscode'
import {
  type KeySources,
  type KeysParams,
  type KeysResult,
  TOKEN_REQUESTS,
  type TokenParams,
} from '../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../client.ts'
import { attempt } from './attempt.ts'

type From = KeysParams['from']

/** The keys to check a signature with, from where a person wants them; undefined when there are none. */
export async function findKeys(client: Client, params: TokenParams): Promise<unknown[] | undefined> {
  const sources = await attempt(() => client.request<KeySources>(TOKEN_REQUESTS.keySources, params))
  const from = sources && (await choose(sources))
  if (!from) return undefined
  const asked: KeysParams = { ...params, from }
  // What is fetched takes a while.
  const location = 'fetch' in from ? ProgressLocation.Notification : ProgressLocation.Window
  const result = await window.withProgress({ location, title: l10n.t('Getting the keys') }, () =>
    attempt(() => client.request<KeysResult>(TOKEN_REQUESTS.keys, asked)),
  )
  if (result && 'keys' in result) return result.keys
  if (result) void window.showErrorMessage(result.problem)
  return undefined
}

/** What is in the workspace and fits is taken at once; for everything else a person is asked. */
async function choose({ files, fetch }: KeySources): Promise<From | undefined> {
  const [first, second] = files
  if (first?.fits && !second) return { file: first.uri }
  const items: (QuickPickItem & { from: From })[] = files.map(({ uri }) => ({
    label: workspace.asRelativePath(uri),
    from: { file: uri },
  }))
  // What is in a workspace that is not trusted must not decide whom this machine talks to.
  if (fetch && workspace.isTrusted)
    items.push({
      label: l10n.t('Fetch from {0}…', fetch.host),
      detail: fetch.url,
      from: { fetch: fetch.url },
    })
  const picked =
    items.length > 1 ? await window.showQuickPick(items, { title: l10n.t('Keys of the Issuer') }) : items[0]
  if (items.length === 0) void window.showInformationMessage(noKeys(fetch))
  if (!picked || 'file' in picked.from || !fetch) return picked?.from
  return (await agrees(fetch)) ? picked.from : undefined
}

function noKeys(fetch: KeySources['fetch']): string {
  return fetch
    ? l10n.t('No JWKS file is in this workspace, and nothing is fetched in one that is not trusted.')
    : l10n.t('No JWKS file is in this workspace, and the issuer names no place to fetch its keys from.')
}

async function agrees({ host, url }: NonNullable<KeySources['fetch']>): Promise<boolean> {
  const fetch = l10n.t('Fetch')
  const detail = l10n.t('{0} is asked for its public keys ({1}). Nothing of the token is sent.', host, url)
  return (
    (await window.showWarningMessage(
      l10n.t('Fetch keys from {0}?', host),
      { modal: true, detail },
      fetch,
    )) === fetch
  )
}
