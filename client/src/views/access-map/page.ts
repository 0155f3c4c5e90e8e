/** What runs in the page of the access map: it draws what the extension sends, and says what was asked for. */
import type { FromPage, PageState, ToPage } from './messages.ts'
import { createView } from './page/view.ts'

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void
  getState(): PageState | undefined
  setState(state: PageState): void
}

const editor = acquireVsCodeApi()
const remembered = editor.getState()
let view: ReturnType<typeof createView> | undefined

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  const { map, words } = data
  view ??= createView(
    words,
    { post: message => editor.postMessage(message), remember: state => editor.setState(state) },
    remembered,
  )
  view.show(map, map.at)
})
editor.postMessage({ ready: true })
