import { l10n, ProgressLocation, type QuickPickItem, Uri, window, workspace } from 'vscode'
import {
  type Dialed,
  type KeySources,
  type KeysParams,
  type KeysResult,
  TOKEN_REQUESTS,
  type TokenParams,
} from '../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../client.ts'
import { attempt } from './attempt.ts'

type From = { file: string } | { fetch: Dialed }

/** The keys to check a signature with, from where a person wants them; undefined when there are none. */
export async function findKeys(client: Client, params: TokenParams): Promise<unknown[] | undefined> {
  const sources = await attempt(() => client.request<KeySources>(TOKEN_REQUESTS.keySources, params))
  const from = sources && (await choose(sources))
  if (!from) return undefined
  const result =
    'file' in from ? await get(client, params, from) : await fetchKeys(client, params, from.fetch)
  if (result && 'problem' in result) void window.showErrorMessage(result.problem)
  return result && 'keys' in result ? result.keys : undefined
}

/** What is in the workspace and fits is taken at once; for everything else a person is asked. */
async function choose({ files, fetch }: KeySources): Promise<From | undefined> {
  const [first, second] = files
  if (first?.fits && !second) return { file: first.uri }
  const items: (QuickPickItem & { from: From })[] = files.map(({ uri }) => ({
    label: workspace.asRelativePath(Uri.parse(uri)),
    from: { file: uri },
  }))
  // What is in a workspace that is not trusted must not decide whom this machine talks to.
  if (fetch && 'url' in fetch && workspace.isTrusted)
    items.push({ label: l10n.t('Fetch from {0}…', fetch.host), detail: fetch.url, from: { fetch } })
  if (items.length === 0) void window.showInformationMessage(noKeys(fetch))
  if (items.length < 2) return items[0]?.from
  return (await window.showQuickPick(items, { title: l10n.t('Keys of the Issuer') }))?.from
}

function noKeys(fetch: KeySources['fetch']): string {
  if (!fetch) return l10n.t('No JWKS file is in this workspace, and the issuer has no address for its keys.')
  return 'problem' in fetch
    ? l10n.t('No JWKS file is in this workspace, and {0}.', fetch.problem)
    : l10n.t('No JWKS file is in this workspace, and nothing is fetched in one that is not trusted.')
}

/** Asks for consent to each host, of which a discovery document may name a second one. */
async function fetchKeys(
  client: Client,
  params: TokenParams,
  first: Dialed,
): Promise<KeysResult | undefined> {
  const hosts: string[] = []
  let next = first
  for (;;) {
    if (hosts.includes(next.host) || !(await agrees(next))) return undefined
    hosts.push(next.host)
    const result = await get(client, params, { hosts })
    if (!result || !('asks' in result)) return result
    next = result.asks
  }
}

async function agrees({ host, url }: Dialed): Promise<boolean> {
  const fetch = l10n.t('Fetch')
  const detail = l10n.t('Its public keys are asked for at\n{0}\n\nNothing of the token is sent.', url)
  const question = l10n.t('Fetch keys from {0}?', host)
  return (await window.showWarningMessage(question, { modal: true, detail }, fetch)) === fetch
}

function get(client: Client, token: TokenParams, from: KeysParams['from']): Promise<KeysResult | undefined> {
  const params: KeysParams = { ...token, from }
  // What is fetched takes a while.
  const location = 'hosts' in from ? ProgressLocation.Notification : ProgressLocation.Window
  return Promise.resolve(
    window.withProgress({ location, title: l10n.t('Getting the keys') }, () =>
      attempt(() => client.request<KeysResult>(TOKEN_REQUESTS.keys, params)),
    ),
  )
}
