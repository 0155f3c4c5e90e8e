/** What runs in the report of a token: it shows what the extension sends, and says which button was pressed. */
import type { FromPage, ToPage } from './messages.ts'

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void }

const editor = acquireVsCodeApi()
const page = document.createElement('div')
const status = document.createElement('div')
status.className = 'unseen'
status.setAttribute('role', 'status')
document.body.append(page, status)

const language = document.documentElement.lang || undefined
const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' })
const distances = new Intl.RelativeTimeFormat(language, { numeric: 'always' })

addEventListener('message', ({ data }: MessageEvent<ToPage>) => show(data))
addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('[data-act]')
  if (button instanceof HTMLElement) editor.postMessage({ act: Number(button.dataset.act) })
})
editor.postMessage({ ready: true })

/**
 * Shows other content; unless it is about something else, the focus and the place stay where they were. Everything in
 * `markup` was escaped where it was made, and the policy of the page runs no script in it.
 */
function show({ markup, anew }: ToPage): void {
  const focused = document.activeElement?.id
  const { scrollX, scrollY } = window
  page.innerHTML = markup
  for (const element of document.querySelectorAll('time')) tell(element)
  scrollTo(scrollX, anew ? 0 : scrollY)
  const again = focused && !anew ? document.getElementById(focused) : undefined
  const title = document.getElementById('title')
  if (focused || anew) (again ?? title)?.focus({ preventScroll: true })
  // A report that changes while somebody types elsewhere is read aloud, by its verdict.
  if (status.textContent !== title?.textContent) status.textContent = title?.textContent ?? ''
}

/** Writes a moment on the clock of who looks. */
function tell(element: HTMLTimeElement): void {
  const { form, away } = element.dataset
  const local = moments.format(new Date(element.dateTime))
  const relative = distance(Number(away))
  element.title = element.dateTime
  element.textContent = form === 'relative' ? relative : `${local}, ${relative}`
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** `in 10 minutes`, `3 hours ago`: in the largest unit of which there are two. */
function distance(seconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= 2 * size) ?? (['second', 1] as const)
  return distances.format(Math.trunc(seconds / size), unit)
}
