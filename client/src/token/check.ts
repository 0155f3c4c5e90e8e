import { env, l10n, type ViewColumn, window, workspace } from 'vscode'
import {
  type CheckedStep,
  type CheckParams,
  type CheckResult,
  type DraftResult,
  type RuleRef,
  TOKEN_REQUESTS,
  type TokenParams,
  type TokenReport,
  type WriteParams,
} from '../../../server/src/lsp/token-protocol.ts'
import type { Client } from '../client.ts'
import { attempt } from './attempt.ts'
import { findKeys } from './keys.ts'

/** Milliseconds for which the status bar says that something was done. */
const SHOWN = 3000

/** A token that was checked, and what can be done with it. It is kept here, in memory, and nowhere else. */
export interface TokenCheck {
  /** What is known of it by now. */
  readonly report: TokenReport
  /** Checks it once more, at another rule or at the same. Resolves with whether the report is another now. */
  again(rule?: RuleRef): Promise<boolean>
  /** Gets the keys from where the person wants them, and checks again with them. */
  signature(): Promise<boolean>
  /** Has the value of the token written into the matcher that it nearly matched, and checks again. */
  write(step: CheckedStep): Promise<boolean>
  /** Puts the report without the values of the token into the clipboard. */
  copy(): Promise<void>
  /** Opens a new document with a rule that admits tokens like this one. */
  draft(column: ViewColumn): Promise<void>
}

/** Has the server check a token; undefined when it is none or the check failed, which the person was told. */
export async function checkToken(
  client: Client,
  token: string,
  at?: RuleRef,
): Promise<TokenCheck | undefined> {
  /** Public, and asked for once: another rule of the same issuer needs no other. */
  let keys: unknown[] | undefined
  const ask = (rule: RuleRef | undefined) => {
    const params: CheckParams = { token, rule, keys }
    return attempt(() => client.request<CheckResult>(TOKEN_REQUESTS.check, params))
  }
  const first = await ask(at)
  if (!first) return undefined
  if ('refusal' in first) {
    void window.showErrorMessage(first.refusal)
    return undefined
  }
  let { report } = first
  /** An answer that was overtaken by a later question is out of date. */
  let turn = 0

  async function again(rule: RuleRef | undefined = report.rule?.ref): Promise<boolean> {
    const mine = ++turn
    const result = await ask(rule)
    if (!result || 'refusal' in result || mine !== turn) return false
    report = result.report
    return true
  }

  return {
    get report() {
      return report
    },
    again,
    async signature() {
      keys = (await findKeys(client, { token, rule: report.rule?.ref })) ?? keys
      return keys !== undefined && again()
    },
    async write({ step, claim }) {
      const params: WriteParams = { token, rule: report.rule?.ref, step, claim }
      const written = await attempt(() => client.request<boolean>(TOKEN_REQUESTS.write, params))
      if (written === false)
        void window.showWarningMessage(l10n.t('The file is another now. Check again first.'))
      return written === true && again()
    },
    async copy() {
      await env.clipboard.writeText(report.redacted)
      window.setStatusBarMessage(l10n.t('Copied, without the values of the token'), SHOWN)
    },
    async draft(viewColumn) {
      const params: TokenParams = { token, rule: report.rule?.ref }
      const result = await attempt(() => client.request<DraftResult>(TOKEN_REQUESTS.draft, params))
      if (result && 'problem' in result) void window.showErrorMessage(result.problem)
      if (!result || 'problem' in result) return
      const { language, text } = result
      const document = await workspace.openTextDocument({ language, content: text })
      await window.showTextDocument(document, { viewColumn })
    },
  }
}
