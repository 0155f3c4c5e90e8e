import { l10n, Uri } from 'vscode'
import type { Location } from 'vscode-languageclient'
import { type Html, html } from '../html.ts'
import { visible } from '../prose.ts'

/** What a button does. */
export type Action = () => unknown

/** Makes what can be pressed. The `id` of each is the same when the page is shown again, so that the focus finds it. */
export interface Ui {
  button(id: string, content: Html | string, action: Action, look?: string): Html
  link(id: string, content: Html | string, action: Action): Html
}

/** Buttons for one page, and what they do, by the numbers that the page names them by. */
export function createUi(): { ui: Ui; actions: readonly Action[] } {
  const actions: Action[] = []
  const button: Ui['button'] = (id, content, action, look = '') =>
    html`<button type="button" id="${id}" class="${look}" data-act="${actions.push(action) - 1}">${content}</button>`
  return { ui: { button, link: (id, content, action) => button(id, content, action, 'link') }, actions }
}

export type Mark = 'pass' | 'fail' | 'unknown' | 'skipped'

/** Strokes in a circle of 16 by 16; in the colour of the text around them unless the theme has one for the mark. */
const STROKES: Record<Mark, Html> = {
  pass: html`<path d="M4.5 8.3 7 10.8 11.5 5.6"/>`,
  fail: html`<path d="M5.3 5.3 10.7 10.7M10.7 5.3 5.3 10.7"/>`,
  unknown: html`<path d="M6 6.4a2 2 0 1 1 3 1.7c-.7.4-1 .7-1 1.4"/><path d="M8 11.7v.1"/>`,
  skipped: html`<path d="M5 8h6"/>`,
}

/** The sign for what came of something; read aloud as `name`. */
export function mark(kind: Mark, name = markName(kind)): Html {
  return html`<svg class="mark ${kind}" viewBox="0 0 16 16" role="img" aria-label="${name}"><circle cx="8" cy="8" r="7.5"/>${STROKES[kind]}</svg>`
}

function markName(kind: Mark): string {
  if (kind === 'pass') return l10n.t('Passed')
  if (kind === 'fail') return l10n.t('Failed')
  return kind === 'unknown' ? l10n.t('Not known') : l10n.t('Skipped')
}

/** A moment that the page writes on the clock and in the language of who looks at it. */
export function time(seconds: number, now: number, form: 'relative' | 'both'): Html | undefined {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return undefined
  return html`<time datetime="${date.toISOString()}" data-form="${form}" data-away="${Math.round(seconds - now)}">${date.toISOString()}</time>`
}

/** `eks-rule.json:5`, for people. */
export function placeName({ uri, range }: Location): string {
  const { path } = Uri.parse(uri)
  return `${visible(path.slice(path.lastIndexOf('/') + 1))}:${range.start.line + 1}`
}
