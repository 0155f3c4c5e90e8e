import type { Fit } from '../draw.ts'

export type MeasureText = (text: string, size: 'title' | 'detail') => number

/** Measures as the browser will draw, in the fonts of the page. */
export function measuring(svg: SVGSVGElement): MeasureText {
  const context = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(svg).fontFamily
  const known = new Map<string, number>()
  return (text, size) => {
    const font = size === 'title' ? `600 13px ${family}` : `11.5px ${family}`
    const key = `${size} ${text}`
    const width = known.get(key) ?? (context ? widthIn(context, font, text) : text.length * 7)
    known.set(key, width)
    return width
  }
}

function widthIn(context: CanvasRenderingContext2D, font: string, text: string): number {
  context.font = font
  return context.measureText(text).width
}

/** Cuts words in their middle: of names, subjects and URLs both ends tell more. */
export function fitting(measure: MeasureText): Fit {
  return (text, width, size) => {
    if (measure(text, size) <= width) return text
    const cut = (kept: number) => `${text.slice(0, kept >> 1)}…${text.slice(text.length - ((kept + 1) >> 1))}`
    let [low, high] = [0, text.length]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (measure(cut(middle), size) <= width) low = middle
      else high = middle - 1
    }
    return cut(low)
  }
}
