import { l10n, workspace } from 'vscode'
import type { CheckedRule, CheckedStep } from '../../../../server/src/lsp/token-protocol.ts'
import { type Html, html } from '../html.ts'
import { prose, visible } from '../prose.ts'
import { mark, placeName, type Ui } from './parts.ts'
import type { Handlers } from './report.ts'

/** The steps of the decision, in the order of the exchange; steps of one kind under one name. */
export function decision({ title, place, steps }: CheckedRule, ui: Ui, on: Handlers): Html {
  const rows = steps.map((step, i) => row(step, `step-${i}`, steps[i - 1]?.step === step.step, ui, on))
  return html`<section aria-labelledby="decision">
    <div class="heading">
      <h2 id="decision">${l10n.t('Decision')}</h2>
      ${ui.link('rule', `${visible(title)}, ${placeName(place)}`, () => on.open(place))}
    </div>
    <ol class="rows">${rows}</ol>
  </section>`
}

function row(step: CheckedStep, id: string, again: boolean, ui: Ui, on: Handlers): Html {
  const { result, message, parts, compare, place } = step
  const shown = parts.length > 1 ? parts : []
  const links = linksOf(step, id, ui, on)
  return html`<li class="${result}">
    ${mark(result)}
    <span class="name ${again && 'unseen'}">${stepName(step.step)}</span>
    <div class="says">
      <p>${prose(compare ? comparedMessage(step, compare.hint) : message)} ${place && ui.link(`${id}-place`, placeName(place), () => on.open(place))}</p>
      ${shown.length > 0 && html`<ul class="parts">${shown.map((part, i) => partRow(part, `${id}-part-${i}`, ui, on))}</ul>`}
      ${compare && comparison(step, compare)}
      ${isUnfetched(step) && html`<p>${l10n.t('Nothing is fetched, because this workspace is not trusted.')}</p>`}
      ${links.length > 0 && html`<p class="links">${links}</p>`}
    </div>
  </li>`
}

function linksOf(step: CheckedStep, id: string, ui: Ui, on: Handlers): Html[] {
  const { write, page } = step
  const links: Html[] = []
  if (write !== undefined) links.push(ui.link(`${id}-write`, writeLabel(step), () => on.write(step)))
  if (isUnchecked(step)) links.push(ui.link(`${id}-keys`, l10n.t('Check the signature…'), on.signature))
  if (page) links.push(ui.link(`${id}-page`, l10n.t('About {0}', page.rule), () => on.page(page)))
  return links
}

function writeLabel({ step }: CheckedStep): string {
  return step === 'issuer'
    ? l10n.t("Write the token's value into the issuer")
    : l10n.t("Write the token's value into the rule")
}

function isUnchecked({ step, result }: CheckedStep): boolean {
  return step === 'signature' && result === 'unknown'
}

function isUnfetched(step: CheckedStep): boolean {
  return isUnchecked(step) && !workspace.isTrusted
}

function partRow(part: CheckedStep['parts'][number], id: string, ui: Ui, on: Handlers): Html {
  const { text, result, message, place } = part
  return html`<li>
    ${mark(result)}
    <div>
      ${ui.link(id, html`<code>${visible(text)}</code>`, () => on.open(place))}
      ${message !== undefined && html`<p class="muted">${prose(message)}</p>`}
    </div>
  </li>`
}

/** The sentence without the two values, which stand below. */
function comparedMessage({ step, claim = '' }: CheckedStep, hint: string): string {
  return step === 'issuer'
    ? l10n.t('`{0}` is not what the issuer says: {1}', claim, hint)
    : l10n.t('`{0}` is not what the rule asks for: {1}', claim, hint)
}

/** The two values below each other, with the first character in which they differ marked in both. */
function comparison({ step }: CheckedStep, { token, wanted, at }: NonNullable<CheckedStep['compare']>): Html {
  return html`<dl class="compare">
    <div><dt>${l10n.t('token')}</dt><dd>${marked(token, at)}</dd></div>
    <div><dt>${step === 'issuer' ? l10n.t('issuer') : l10n.t('rule')}</dt><dd>${marked(wanted, at)}</dd></div>
  </dl>`
}

function marked(text: string, at: number): Html {
  const [there = ''] = text.slice(at)
  const before = visible(text.slice(0, at))
  const behind = visible(text.slice(at + there.length))
  // Where a value ends, a space stands for the character that is not there.
  return html`<code>${before}<mark>${there === '' ? ' ' : visible(there)}</mark>${behind}</code>`
}

function stepName(step: CheckedStep['step']): string {
  const names: Record<CheckedStep['step'], string> = {
    rule: l10n.t('Rule'),
    issuer: l10n.t('Issuer'),
    signature: l10n.t('Signature'),
    size: l10n.t('Size'),
    time: l10n.t('Time'),
    lifetime: l10n.t('Lifetime'),
    audience: l10n.t('Audience'),
    subject: l10n.t('Subject'),
    claims: l10n.t('Claims'),
    condition: l10n.t('Condition'),
    target: l10n.t('Target'),
    workspace: l10n.t('Workspace'),
    mint: l10n.t('Claude token'),
  }
  return names[step]
}
