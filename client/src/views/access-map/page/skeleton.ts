import { html } from '../../html.ts'
import type { Words } from '../words.ts'

/** The parts of the page that change. */
export interface Parts {
  stage: HTMLElement
  svg: SVGSVGElement
  list: HTMLElement
  below: HTMLElement
  legend: HTMLElement
  omitted: HTMLElement
  panel: HTMLElement
  input: HTMLInputElement
  output: HTMLOutputElement
  listButton: HTMLElement
  keys: HTMLElement
}

/** Makes the page, still without a map. */
export function makePage(words: Words): Parts {
  document.body.innerHTML = skeleton(words)
  const one = <E extends Element>(selector: string) => {
    const found = document.querySelector<E>(selector)
    if (!found) throw new Error(`The page has no ${selector}`)
    return found
  }
  return {
    stage: one('.stage'),
    svg: one('.canvas'),
    list: one('.list'),
    below: one('.below'),
    legend: one('.legend-home'),
    omitted: one('.omitted'),
    panel: one('.details'),
    input: one('.search input'),
    output: one('.search output'),
    listButton: one('[data-act="list"]'),
    keys: one('#keys'),
  }
}

function skeleton(words: Words): string {
  const button = (act: string, text: string, label = text) =>
    html`<button data-act="${act}" aria-label="${label}" title="${label}">${text}</button>`
  return html`<header class="bar">
    <h1 class="unseen">${words.title}</h1>
    <div class="search" role="search"><input type="search" placeholder="${words.search}" aria-label="${words.search}"><output></output></div>
    <div class="buttons"><span class="buttons for-picture">${button('out', '−', words.zoomOut)}${button('in', '+', words.zoomIn)}${button('fit', words.fit)}</span>${button('expand', words.expandAll)}${button('collapse', words.collapseAll)}<button data-act="list" aria-pressed="false">${words.asList}</button>${button('export', words.export)}</div>
  </header>
  <main class="stage">
    <svg class="canvas" role="application" aria-label="${words.title}" aria-describedby="keys"></svg>
    <div class="list"></div>
    <div class="nothing"><h1>${words.empty}</h1><p>${words.emptyHint}</p></div>
  </main>
  <div class="below"><div class="legend-home"></div><p class="omitted muted"></p></div>
  <aside class="details" aria-label="${words.details}" tabindex="-1"></aside>
  <footer class="muted" id="keys">${words.keys}</footer>`.markup
}
