import { l10n } from 'vscode'
import type { ExchangeResult } from '../../../../server/src/lsp/token-protocol.ts'
import { type Html, html } from '../html.ts'
import { prose, visible } from '../prose.ts'
import { type Mark, mark } from './parts.ts'

const MARKS: Record<ExchangeResult['outcome']['is'], Mark> = {
  granted: 'pass',
  refused: 'fail',
  failed: 'unknown',
}

/** What came of exchanging the token. Of the Claude token it shows the kind alone. */
export function exchangeSection({ outcome, reasons }: ExchangeResult): Html {
  const facts = factsOf(outcome)
  return html`<section aria-labelledby="exchange" class="exchange">
    <h2 id="exchange">${l10n.t('Exchange')}</h2>
    <div class="outcome">
      ${mark(MARKS[outcome.is])}
      <div>
        <p>${prose(sentence(outcome))}</p>
        ${facts.length > 0 && html`<p class="muted facts">${facts.map(fact => html`<span>${visible(fact)}</span>`)}</p>`}
        ${reasons.length > 0 && likely(reasons)}
      </div>
    </div>
  </section>`
}

function sentence(outcome: ExchangeResult['outcome']): string {
  if (outcome.is === 'granted') return l10n.t('A Claude token was granted: `{0}…`', outcome.prefix)
  if (outcome.is === 'failed')
    return outcome.sent
      ? l10n.t('{0}. The token was sent and may be used up.', outcome.problem)
      : l10n.t('{0}. The token was not sent.', outcome.problem)
  const { status, type, message } = outcome
  return l10n.t('The service refused the token: {0}', [status, type, message].filter(Boolean).join(', '))
}

function factsOf(outcome: ExchangeResult['outcome']): string[] {
  if (outcome.is === 'failed') return []
  const { requestId } = outcome
  return [
    ...(outcome.is === 'granted' ? [l10n.t('lives {0} s', outcome.expiresIn), outcome.scope ?? ''] : []),
    requestId === undefined ? '' : l10n.t('request {0}', requestId),
  ].filter(fact => fact !== '')
}

function likely(reasons: readonly string[]): Html {
  return html`<h3>${l10n.t('Most likely because')}</h3>
    <ul class="notes">${reasons.map(reason => html`<li>${prose(reason)}</li>`)}</ul>`
}
