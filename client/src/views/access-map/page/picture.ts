import type { Layout } from '../layout.ts'

/** What of the page's style sheet a file of its own must carry along. */
const CARRIED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'letter-spacing',
  'text-anchor',
]
const MARGIN = 24
const LEGEND_HEIGHT = 34
const TITLES = 24

/**
 * The whole picture as the text of an SVG file: as it looks now, whatever part of it is in view, with its legend, and
 * without anything that only the page knows.
 */
export function pictureOf(svg: SVGSVGElement, legend: SVGSVGElement | null, layout: Layout): string {
  const scene = svg.querySelector('g')
  const file = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const width = Math.ceil(Math.max(layout.width, legend?.viewBox.baseVal.width ?? 0)) + 2 * MARGIN
  const top = -MARGIN - TITLES
  const height = Math.ceil(layout.height) + MARGIN - top + LEGEND_HEIGHT
  file.setAttribute('viewBox', `${-MARGIN} ${top} ${width} ${height}`)
  file.setAttribute('width', String(width))
  file.setAttribute('height', String(height))
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ x: -MARGIN, y: top, width, height }))
    ground.setAttribute(name, String(value))
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor)
  file.append(ground)
  if (scene) file.append(styled(scene))
  const key = legend?.querySelector('g')
  if (key) {
    const copy = styled(key)
    copy.setAttribute('transform', `translate(0 ${Math.ceil(layout.height) + MARGIN})`)
    file.append(copy)
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`
}

/** A copy that looks the same without the style sheet. */
function styled(original: Element): Element {
  const copy = original.cloneNode(true) as Element
  copy.removeAttribute('transform')
  const pairs = [[original, copy] as const]
  const [all, copies] = [original.querySelectorAll('*'), copy.querySelectorAll('*')]
  for (const [i, each] of all.entries()) {
    const own = copies[i]
    if (own) pairs.push([each, own])
  }
  for (const [from, to] of pairs) {
    const style = getComputedStyle(from)
    if (from.childElementCount === 0)
      for (const property of CARRIED) {
        const value = style.getPropertyValue(property)
        if (value !== '' && value !== 'normal') to.setAttribute(property, value)
      }
    else if (style.opacity !== '1') to.setAttribute('opacity', style.opacity)
    for (const { name } of [...to.attributes])
      if (/^(data-|aria-|tabindex|class|role)/.test(name)) to.removeAttribute(name)
  }
  return copy
}
