import { l10n } from 'vscode'
import type { Location } from 'vscode-languageclient'
import type {
  CheckedStep,
  ExchangeResult,
  Note,
  Page,
  RuleLine,
  RuleRef,
  TokenReport,
} from '../../../../server/src/lsp/token-protocol.ts'
import { type Html, html } from '../html.ts'
import { prose, visible } from '../prose.ts'
import { content } from './claims.ts'
import { exchangeSection } from './exchange.ts'
import { type Action, createUi, type Mark, mark, placeName, time, type Ui } from './parts.ts'
import { decision } from './steps.ts'

/** What the report lets a person do. */
export interface Handlers {
  open(place: Location): unknown
  page(page: Page): unknown
  choose(rule: RuleRef): unknown
  write(step: CheckedStep): unknown
  signature(): unknown
  draft(): unknown
  copy(): unknown
  again(): unknown
}

const MARKS: Record<RuleLine['verdict'], Mark> = { admitted: 'pass', denied: 'fail', unknown: 'unknown' }

/**
 * The report as a page, and what its buttons do, by their numbers.
 * @param exchanged what came of exchanging the token, if that was asked for
 */
export function reportPage(
  report: TokenReport,
  on: Handlers,
  exchanged?: ExchangeResult,
): { body: Html; actions: readonly Action[] } {
  const { ui, actions } = createUi()
  const { rule, rules, notes } = report
  const body = html`<main>
    ${head(report)}
    <div class="toolbar" role="group" aria-label="${l10n.t('Actions')}">
      ${ui.button('draft', l10n.t('Draft a Rule'), on.draft, 'primary')}
      ${ui.button('copy', l10n.t('Copy Redacted Report'), on.copy)}
      ${ui.button('again', l10n.t('Check Again'), on.again)}
    </div>
    ${exchanged && exchangeSection(exchanged)}
    ${rule && decision(rule, ui, on)}
    ${notes.length > 0 && noteSection(notes, ui, on)}
    ${rules.length > 0 && ruleSection(report, ui, on)}
    ${content(report)}
  </main>`
  return { body, actions }
}

function head({ rule, kind, size, claims, now }: TokenReport): Html {
  const { exp } = claims
  const facts = [
    kind ?? l10n.t('Of an issuer that is not known here'),
    l10n.t('{0} bytes', size.toLocaleString()),
  ]
  return html`<header class="verdict">
    ${rule && mark(MARKS[rule.verdict], verdictName(rule))}
    <div>
      <h1 id="title" tabindex="-1">${rule ? verdict(rule) : l10n.t('There is no rule in this workspace')}</h1>
      ${rule?.message !== undefined && html`<p class="lead">${prose(rule.message)}</p>`}
      <p class="muted facts">${facts.map(fact => html`<span>${fact}</span>`)}${
        typeof exp === 'number' &&
        html`<span>${exp < now ? l10n.t('expired') : l10n.t('expires')} ${time(exp, now, 'relative')}</span>`
      }</p>
    </div>
  </header>`
}

function verdict({ verdict, title }: RuleLine): string {
  if (verdict === 'admitted') return l10n.t('{0} admits this token', visible(title))
  if (verdict === 'denied') return l10n.t('{0} denies this token', visible(title))
  return l10n.t('{0} may admit this token', visible(title))
}

function verdictName({ verdict }: RuleLine): string {
  if (verdict === 'admitted') return l10n.t('Admitted')
  return verdict === 'denied' ? l10n.t('Denied') : l10n.t('Not known')
}

function noteSection(notes: readonly Note[], ui: Ui, on: Handlers): Html {
  const items = notes.map(
    ({ message, page }, i) =>
      html`<li>${prose(message)} ${page && ui.link(`note-${i}`, page.rule, () => on.page(page))}</li>`,
  )
  return html`<section aria-labelledby="notes">
    <h2 id="notes">${l10n.t('Worth knowing')}</h2>
    <ul class="notes">${items}</ul>
  </section>`
}

const ORDER = { admitted: 0, unknown: 1, denied: 2 }

/** A line for each rule; the one whose decision is shown is marked, and each other one can be chosen. */
function ruleSection({ rules, rule }: TokenReport, ui: Ui, on: Handlers): Html {
  const sorted = rules.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
  return html`<section aria-labelledby="rules">
    <h2 id="rules">${l10n.t('All rules of the workspace')}</h2>
    <ul class="rows rules">${sorted.map((line, i) => {
      const current = rule !== undefined && sameRule(line.ref, rule.ref)
      return html`<li class="${line.verdict}" ${current && html`aria-current="true"`}>
        ${mark(MARKS[line.verdict], verdictName(line))}
        <div class="heading">
          <span class="name">${ui.link(`rule-${i}`, visible(line.title), () => on.choose(line.ref))}</span>
          ${ui.link(`place-${i}`, placeName(line.place), () => on.open(line.place))}
        </div>
        ${line.message !== undefined && html`<p class="says">${prose(line.message)}</p>`}
      </li>`
    })}</ul>
  </section>`
}

function sameRule(a: RuleRef, b: RuleRef): boolean {
  return a.uri === b.uri && 'index' in a && 'index' in b && a.index === b.index
}
