import { l10n } from 'vscode'
import type { CheckedStep, TokenReport } from '../../../../server/src/lsp/token-protocol.ts'
import { type Html, html } from '../html.ts'
import { visible } from '../prose.ts'
import { mark, time } from './parts.ts'

/** Claims that are moments, in seconds since 1970. */
const TIMES = ['exp', 'iat', 'nbf', 'auth_time']

/** What the token says: its header and its claims, with the outcome at each claim that was asked for. */
export function content({ header, claims, rule, now }: TokenReport): Html {
  return html`<section aria-labelledby="claims">
      <h2 id="claims">${l10n.t('Claims')}</h2>
      ${table(claims, l10n.t('Claims'), now, rule?.steps ?? [])}
    </section>
    <section aria-labelledby="header">
      <h2 id="header">${l10n.t('Header')}</h2>
      ${table(header, l10n.t('Header'), now, [])}
    </section>`
}

function table(
  object: Record<string, unknown>,
  name: string,
  now: number,
  steps: readonly CheckedStep[],
): Html {
  return html`<table class="values" aria-label="${name}"><tbody>${Object.entries(object).map(
    ([key, value]) => {
      const moment = TIMES.includes(key) && typeof value === 'number' && time(value, now, 'both')
      return html`<tr>
      <th scope="row"><code>${visible(key)}</code></th>
      <td>${json(value)} ${moment}</td>
      <td>${outcome(steps.filter(({ claim }) => claim === key))}</td>
    </tr>`
    },
  )}</tbody></table>`
}

function outcome(steps: readonly CheckedStep[]): Html | undefined {
  const worst = (['fail', 'unknown', 'pass'] as const).find(result =>
    steps.some(step => step.result === result),
  )
  return worst && mark(worst)
}

/** A value as JSON; of a text, what is in the quotes can be told from them. */
function json(value: unknown): Html {
  const text = visible(JSON.stringify(value, null, 2))
  return html`<code class="${typeof value === 'string' ? 'text' : 'other'}">${text}</code>`
}
