import { type InputBoxOptions, l10n, ProgressLocation, window } from 'vscode'
import {
  type ExchangeParams,
  type ExchangeResult,
  TOKEN_REQUESTS,
} from '../../../server/src/lsp/token-protocol.ts'
import type { ExchangeWith } from '../../../server/src/token/exchange.ts'
import type { Client } from '../client.ts'
import { exchangeSettings } from '../settings.ts'
import { attempt } from './attempt.ts'
import type { TokenCheck } from './check.ts'

/**
 * Exchanges a token after a person has seen what is sent where, and that it can be done once.
 * @returns undefined when the person has thought better of it, or the request failed, which the person was told
 */
export async function exchangeToken(
  client: Client,
  token: string,
  check: TokenCheck,
): Promise<ExchangeResult | undefined> {
  const to = await askForIds(check)
  if (!to || !(await agrees(to, check))) return undefined
  const params: ExchangeParams = { token, rule: check.report.rule?.ref, with: to }
  return window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Exchanging the token') },
    () => attempt(() => client.request<ExchangeResult>(TOKEN_REQUESTS.exchange, params)),
  )
}

/** What goes along with the token: from the files where they say it, else from the person. */
async function askForIds({ report: { rule } }: TokenCheck): Promise<ExchangeWith | undefined> {
  const settings = exchangeSettings()
  const { ids } = rule ?? {}
  const ruleId = ids?.rule ?? (await ask(l10n.t('Federation Rule'), 'fdrl_…', /^fdrl_\w+$/))
  if (ruleId === undefined) return undefined
  const organizationId =
    settings.organizationId ?? ids?.organization ?? (await ask(l10n.t('Organization'), UUID_LIKE, UUID))
  if (organizationId === undefined) return undefined
  const serviceAccountId =
    ids?.serviceAccount ?? (await ask(l10n.t('Service Account'), 'svac_…', /^svac_\w+$/))
  if (serviceAccountId === undefined) return undefined
  const workspaceId =
    ids?.workspace ??
    (await ask(l10n.t('Workspace'), l10n.t('wrkspc_…, default, or nothing'), /^(wrkspc_\w+|default)?$/))
  if (workspaceId === undefined) return undefined
  return {
    ruleId,
    organizationId,
    serviceAccountId,
    workspaceId: workspaceId || undefined,
    baseUrl: settings.baseUrl,
  }
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const UUID_LIKE = '00000000-0000-0000-0000-000000000000'

async function ask(what: string, placeHolder: string, form: RegExp): Promise<string | undefined> {
  const options: InputBoxOptions = {
    // Beside a complaint about what is typed, the prompt is not to be seen.
    title: l10n.t('Exchange Token: {0}', what),
    placeHolder,
    ignoreFocusOut: true,
    validateInput: text =>
      form.test(text.trim()) ? undefined : l10n.t('An id looks like this: {0}', placeHolder),
  }
  return (await window.showInputBox(options))?.trim()
}

async function agrees(to: ExchangeWith, { report: { rule } }: TokenCheck): Promise<boolean> {
  const exchange = l10n.t('Exchange')
  const lines = [
    l10n.t(
      'The token is sent to {0}. Most tokens can be exchanged once: the workload it was made for may then be refused.',
      to.baseUrl,
    ),
    '',
    l10n.t('Rule: {0}', to.ruleId),
    l10n.t('Organization: {0}', to.organizationId),
    l10n.t('Service account: {0}', to.serviceAccountId ?? ''),
    ...(to.workspaceId === undefined ? [] : [l10n.t('Workspace: {0}', to.workspaceId)]),
    ...(rule?.verdict === 'denied'
      ? ['', l10n.t('It will be refused: {0}.', (rule.message ?? '').replaceAll('`', ''))]
      : []),
  ]
  const question = l10n.t('Exchange this token for a Claude token?')
  const answer = await window.showWarningMessage(
    question,
    { modal: true, detail: lines.join('\n') },
    exchange,
  )
  return answer === exchange
}
