// What is evaluated in a page knows the page; server/ and client/ are held to less by configurations of their own.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwt } from '../../server/src/token/jwt.testdata.ts'
import { type Editor, launch } from './harness.ts'

/** What can be told by a program of whether the views can be used without a mouse and without seeing them. */

let editor: Editor
beforeAll(async () => {
  editor = await launch({ fixture: join(import.meta.dirname, 'fixtures/access-map') })
  await editor.openFile('rules.yaml')
  await editor.page.keyboard.press('Control+j')
})
afterAll(() => editor?.close())

const view = () => editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')

/** Roles of the accessibility tree that say nothing without a name. */
const NAMELESS =
  /^\s*- '?(button|link|textbox|searchbox|combobox|checkbox|tab|tree|treeitem|img|application|heading)( \[[^\]]*\])*'?:?$/

/** What is wrong with the page of the view, in words; what it should be otherwise is in the checks themselves. */
async function faults(): Promise<string[]> {
  const tree = await view().locator('body').ariaSnapshot()
  const nameless = tree.split('\n').filter(line => NAMELESS.test(line))
  return [
    ...nameless.map(line => `has no name: ${line.trim()}`),
    ...(await view().locator('html').evaluate(found)),
  ]
}

/** Runs in the page. */
function found(page: HTMLElement | SVGElement): string[] {
  const all = [...page.querySelectorAll<HTMLElement>('body *')].filter(element => element.checkVisibility())
  const tag = (element: Element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}">`
  const ids = (element: Element) =>
    ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-activedescendant'].flatMap(
      name => element.getAttribute(name)?.split(/\s+/) ?? [],
    )
  const levels = all.flatMap(element =>
    /^h[1-6]$/.test(element.localName) ? Number(element.localName[1]) : [],
  )
  return [
    ...(page.getAttribute('lang') ? [] : ['the page says not in which language it is']),
    ...all.filter(element => element.tabIndex > 0).map(element => `breaks the order of Tab: ${tag(element)}`),
    ...all.flatMap(element =>
      ids(element)
        .filter(id => !page.ownerDocument.getElementById(id))
        .map(id => `${tag(element)} speaks of "${id}", which is not there`),
    ),
    ...all
      .filter(element => element.localName === 'svg' && !element.hasAttribute('role') && !element.ariaHidden)
      .map(element => `a picture that is neither described nor hidden: ${tag(element)}`),
    ...levels.flatMap((level, i) =>
      level > (levels[i - 1] ?? 0) + 1 ? [`h${level} follows h${levels[i - 1] ?? 0}`] : [],
    ),
  ]
}

/** Presses Tab until the focus leaves the page; what has had it, and whether it could be seen. */
async function tabbed(limit = 40): Promise<{ name: string; seen: boolean }[]> {
  const stops: { name: string; seen: boolean }[] = []
  while (stops.length < limit) {
    await editor.page.keyboard.press('Tab')
    const stop = await view()
      .locator('body')
      .evaluate(({ ownerDocument }) => {
        const element = ownerDocument.activeElement
        if (!ownerDocument.hasFocus() || !element || element === ownerDocument.body) return undefined
        const shapes = [element, ...element.querySelectorAll('*')].map(each => getComputedStyle(each))
        const seen = shapes.some(
          ({ outlineStyle, boxShadow, strokeWidth }, i) =>
            outlineStyle !== 'none' || boxShadow !== 'none' || (i > 0 && Number.parseFloat(strokeWidth) >= 2),
        )
        return { name: element.ariaLabel ?? element.textContent?.trim() ?? '', seen }
      })
    if (!stop) break
    stops.push(stop)
  }
  return stops
}

test('the access map, drawn and as a list', async () => {
  await editor.runCommand('WIF: Show Access Map')
  await view().locator('.canvas .box').first().waitFor()
  expect(await faults()).toEqual([])
  await view().locator('.search input').focus()
  const stops = await tabbed()
  expect(stops.filter(({ seen }) => !seen).map(({ name }) => name)).toEqual([])
  expect(stops.length, 'the picture is one stop, not one for each box').toBeLessThan(20)
  await view().getByRole('button', { name: 'As a list' }).press('Enter')
  await view().getByRole('treeitem').first().waitFor()
  expect(await faults()).toEqual([])
})

test('a page that is not as it should be is told from one that is', async () => {
  await view()
    .locator('main')
    .evaluate(main => {
      main.innerHTML = `<h2></h2><h4>Skips</h4><button></button><input>
        <a href="#x" tabindex="3" aria-describedby="nowhere">Link</a><svg viewBox="0 0 1 1"></svg>`
    })
  expect(await faults()).toEqual([
    'has no name: - heading [level=2]',
    'has no name: - button',
    'has no name: - textbox',
    'has no name: - img',
    'breaks the order of Tab: <a class="">',
    '<a class=""> speaks of "nowhere", which is not there',
    'a picture that is neither described nor hidden: <svg class="">',
    'h4 follows h2',
  ])
})

test('the report of a token', async () => {
  await editor.page.keyboard.press('Control+F4')
  await editor.openFile('rules.yaml')
  await editor.runCommand('WIF: Check Token')
  const now = Math.floor(Date.now() / 1000)
  const box = editor.page.locator('.quick-input-widget input[type=password]')
  await box.fill(
    jwt({
      iss: 'https://issuer.example',
      sub: 'x',
      aud: 'https://api.anthropic.com',
      iat: now,
      exp: now + 300,
    }),
  )
  await box.press('Enter')
  await view().getByRole('heading', { level: 1 }).waitFor()
  expect(await faults()).toEqual([])
  await view().getByRole('heading', { level: 1 }).focus()
  const stops = await tabbed()
  expect(stops.length).toBeGreaterThan(3)
  expect(stops.filter(({ seen }) => !seen).map(({ name }) => name)).toEqual([])
})
