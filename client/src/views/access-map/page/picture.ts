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
const TITLES = 28

/**
 * The whole picture as the text of an SVG file: as it looks now, whatever part of it is in view, with its legend, and
 * without anything that only the page knows.
 */
export function pictureOf(svg: SVGSVGElement, legend: SVGSVGElement | null, layout: Layout): string {
  const scene = svg.querySelector('g')
  const file = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const below = legend?.viewBox.baseVal ?? { width: 0, height: 0 }
  const width = Math.ceil(Math.max(layout.width, below.width)) + 2 * MARGIN
  const top = -MARGIN - TITLES
  const height = Math.ceil(layout.height) + MARGIN - top + below.height + MARGIN
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
        if (value !== '' && value !== 'normal') to.setAttribute(property, plainColor(value))
      }
    else if (style.opacity !== '1') to.setAttribute('opacity', style.opacity)
    for (const { name } of [...to.attributes])
      if (/^(data-|aria-|tabindex|class|role)/.test(name)) to.removeAttribute(name)
  }
  return copy
}

/** A mixed colour as `rgb()`: what draws files outside of browsers knows no other. */
function plainColor(value: string): string {
  const [, mixed] = /^color\(srgb ([^)]+)\)$/.exec(value) ?? []
  if (mixed === undefined) return value
  const [r = 0, g = 0, b = 0, alpha] = mixed.split(/[\s/]+/).map(Number)
  const parts = [r, g, b].map(part => Math.round(part * 255)).join(', ')
  return alpha === undefined ? `rgb(${parts})` : `rgba(${parts}, ${alpha})`
}
