/** What runs in the report of a token: it shows what the extension sends, and says which button was pressed. */
import type { FromPage, ToPage } from './messages.ts'

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void }

const editor = acquireVsCodeApi()

addEventListener('message', ({ data }: MessageEvent<ToPage>) => show(data.markup))
addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('[data-act]')
  if (button instanceof HTMLElement) editor.postMessage({ act: Number(button.dataset.act) })
})
editor.postMessage({ ready: true })

/** Everything in `markup` was escaped where it was made, and the policy of the page runs no script in it. */
function show(markup: string): void {
  document.body.innerHTML = markup
}
