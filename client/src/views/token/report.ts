import { l10n, Range, Uri, ViewColumn, window } from 'vscode'
import type { CheckedRule, CheckedStep, TokenReport } from '../../../../server/src/lsp/token-protocol.ts'
import { type Html, html } from '../html.ts'

export type Action = () => unknown

/** The report as a page, and what its buttons do. */
export function reportPage(report: TokenReport): { body: Html; actions: readonly Action[] } {
  const actions: Action[] = []
  /** A number for the page to name the action by. */
  const act = (action: Action) => actions.push(action) - 1
  const rule = report.meant === undefined ? undefined : report.rules[report.meant]
  const body = html`<main>
    <h1>${rule ? verdict(rule) : l10n.t('No rule in the workspace')}</h1>
    <p>${report.kind ?? l10n.t('Of an issuer that is not known here')}</p>
    ${rule && steps(rule, act)}
  </main>`
  return { body, actions }
}

function verdict({ verdict, title }: CheckedRule): string {
  if (verdict === 'admitted') return l10n.t('{0} admits this token', title)
  if (verdict === 'denied') return l10n.t('{0} denies this token', title)
  return l10n.t('{0} may admit this token', title)
}

function steps(rule: CheckedRule, act: (action: Action) => number): Html {
  return html`<section aria-labelledby="steps"><h2 id="steps">${l10n.t('Decision')}</h2>
    <ol class="steps">${rule.steps.map(
      each =>
        html`<li>${mark(each)} <span>${each.step}</span> <span>${each.message} ${
          each.place &&
          html`<button class="link" data-act="${act(opener(each.place))}">${l10n.t('Show')}</button>`
        }</span></li>`,
    )}</ol></section>`
}

const MARKS = { pass: '✓', fail: '✗', unknown: '?', skipped: '–' }

function mark({ result }: CheckedStep): Html {
  return html`<span aria-hidden="true">${MARKS[result]}</span>`
}

function opener({ uri, range: { start, end } }: NonNullable<CheckedStep['place']>): Action {
  const selection = new Range(start.line, start.character, end.line, end.character)
  return () => window.showTextDocument(Uri.parse(uri), { selection, viewColumn: ViewColumn.One })
}
