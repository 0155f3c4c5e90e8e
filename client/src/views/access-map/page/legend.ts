import { legend } from '../legend.ts'
import type { Words } from '../words.ts'
import type { MeasureText } from './measure.ts'

/** Keeps the legend in `home` in rows that are as wide as there is room. */
export function keepLegend(home: HTMLElement, words: Words, measure: MeasureText): void {
  const show = () => {
    home.innerHTML = legend(words, text => measure(text, 'detail'), home.clientWidth).markup
  }
  let width = 0
  new ResizeObserver(() => {
    if (home.clientWidth === width) return
    width = home.clientWidth
    show()
  }).observe(home)
  show()
}
