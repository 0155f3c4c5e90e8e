import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Editor, launch } from './harness.ts'
import { manyFolder } from './many.ts'

/** The access map, on a small folder and on one of 500 nodes. */

const DARK = { 'workbench.colorTheme': 'Default Dark Modern' }
const LIGHT = { 'workbench.colorTheme': 'Default Light Modern' }

const THEMES = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
}

/** What is on the page of the map. */
const pageOf = (editor: Editor) => editor.page.frameLocator('iframe.webview').frameLocator('#active-frame')

async function openMap(editor: Editor, file: string) {
  await editor.openFile(file)
  // The problems would take half of the window.
  await editor.page.keyboard.press('Control+j')
  await editor.page.locator('.markers-panel').waitFor({ state: 'hidden' })
  await editor.runCommand('WIF: Show Access Map')
  const page = pageOf(editor)
  await page.locator('.canvas .box').first().waitFor()
  return page
}

/** Chooses the theme, and waits until the map has taken it over. */
async function wear(editor: Editor, kind: keyof typeof THEMES) {
  const title = THEMES[kind]
  await editor.runCommand('Preferences: Color Theme')
  const { page } = editor
  await page.locator('.quick-input-widget .quick-input-filter input').fill(title)
  await page.keyboard.press('Enter')
  await pageOf(editor).locator(`body.vscode-${kind}`).waitFor()
}

/** The least contrast with the background that any words of the picture have (WCAG 2, 1.4.3). */
async function leastContrast(page: ReturnType<typeof pageOf>): Promise<number> {
  const [ground = '', ...inks] = await page
    .locator('body, .canvas .title, .canvas .detail, .canvas .column')
    .evaluateAll(all => {
      const styleOf = (globalThis as unknown as { getComputedStyle: StyleOf }).getComputedStyle
      return all.map((each, i) => styleOf(each)[i === 0 ? 'backgroundColor' : 'fill'])
    })
  return Math.min(...inks.map(ink => contrast(luminance(ink), luminance(ground))))
}

type StyleOf = (element: unknown) => { backgroundColor: string; fill: string }

/** Of a computed colour: `rgb()` of up to 255, or `color(srgb)` of up to 1. */
function luminance(color: string): number {
  const most = color.startsWith('color(') ? 1 : 255
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(part => {
    const share = Number(part) / most
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** How large the titles of boxes are to be seen, in pixels. */
async function titleSize(page: ReturnType<typeof pageOf>): Promise<number> {
  const transform = await page.locator('.canvas > g').getAttribute('transform')
  const [, scale] = /scale\(([\d.]+)\)/.exec(transform ?? '') ?? []
  return 13 * Number(scale)
}

describe('a small workspace', () => {
  let editor: Editor
  beforeAll(async () => {
    editor = await launch({ fixture: join(import.meta.dirname, 'fixtures/access-map'), settings: DARK })
  })
  afterAll(() => editor?.close())

  test('is drawn, searched, walked through with the keyboard, opened, changed and exported', async () => {
    const page = await openMap(editor, 'rules.yaml')
    const box = (title: string) => page.locator('.canvas .box', { hasText: title }).first()
    const panel = page.locator('.details')
    expect(await page.locator('.canvas .box').count()).toBe(13)
    // It begins with the rule that the cursor is in.
    await page.locator('.canvas .box.rule.selected:focus', { hasText: 'search' }).waitFor()
    await page.locator('.canvas .box.selected').press('Escape')
    await panel.getByText('Rules that nobody uses').waitFor()
    expect(await titleSize(page)).toBeGreaterThan(11.5)
    await editor.screenshot('access-map-dark')

    // Searched, chosen, and along the lines.
    await editor.page.keyboard.press('Tab')
    await page.locator('.search input').press('/')
    await page.locator('.search input').fill('inference-everything')
    await page.locator('.search output', { hasText: '1' }).waitFor()
    await page.locator('.search input').press('ArrowDown')
    await page.locator('.canvas .box.selected:focus', { hasText: 'inference-everything' }).waitFor()
    await panel.getByText('match/k8s-namespace-wildcard').waitFor()
    expect(await leastContrast(page)).toBeGreaterThan(3)
    await editor.screenshot('access-map-selected-dark')
    await box('inference-everything').press('ArrowRight')
    await page.locator('.canvas .box.selected:focus', { hasText: 'svac_02Batch' }).waitFor()
    await box('svac_02Batch').press('ArrowLeft')
    await page.locator('.canvas .box.rule.selected:focus').waitFor()
    await page.locator('.canvas .box.selected').press('ArrowLeft')
    await page.locator('.canvas .box.source.selected:focus').waitFor()

    // Escape clears the search, then the selection.
    await page.locator('.canvas .box.selected').press('Escape')
    await page.locator('.canvas .box.found').first().waitFor({ state: 'detached' })
    await page.locator('.canvas .box.selected').press('Escape')
    await page.locator('.canvas .box.selected').waitFor({ state: 'detached' })

    // The same as a list.
    await page.getByRole('button', { name: 'As a list' }).click()
    await page.getByRole('treeitem').first().press('ArrowDown')
    await page.locator('[role="treeitem"]:focus', { hasText: 'Rule search' }).waitFor()
    await editor.screenshot('access-map-list-dark')
    expect(await page.getByRole('button', { name: 'Zoom in' }).count(), 'nothing is to be zoomed').toBe(0)
    await page.getByRole('button', { name: 'Collapse all' }).click()
    expect(await page.getByRole('treeitem', { name: /^Rule/ }).count()).toBe(0)
    await page.locator('.search input').fill('inference-everything')
    await page
      .locator('[role="treeitem"][aria-selected="true"]', { hasText: 'inference-everything' })
      .waitFor()
    expect(await panel.locator('h2').innerText()).toBe('inference-everything')
    await page.locator('.search input').fill('')
    await page.getByRole('button', { name: 'Expand all' }).click()
    await page.getByRole('treeitem', { name: /^Rule search/ }).waitFor()
    await page.getByRole('button', { name: 'As a list' }).click()

    // Enter opens what is selected, beside the map.
    await box('nightly-report').click()
    await box('nightly-report').press('Enter')
    await editor.page
      .locator('.editor-group-container.active .tab.active[data-resource-name="rules.yaml"]')
      .waitFor()
    await editor.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor()

    // The map follows what is typed, and keeps its selection.
    await editor.page.keyboard.press('ArrowDown')
    await editor.page.keyboard.press('End')
    await editor.page.keyboard.type('-again')
    await page.locator('.canvas .box.selected', { hasText: 'nightly-report-again' }).waitFor()

    // In half of the window now.
    expect(await titleSize(page)).toBeGreaterThanOrEqual(9.9)
    for (const kind of ['light', 'high-contrast-light', 'high-contrast'] as const) {
      await wear(editor, kind)
      expect(await leastContrast(page)).toBeGreaterThan(3)
      await editor.screenshot(`access-map-${kind}`)
    }

    // Asked for again from another place, the map that is open goes there.
    await editor.page.keyboard.press('Control+2')
    await editor.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor()
    await editor.page.keyboard.press('Control+End')
    await editor.page.keyboard.press('ArrowUp')
    await editor.runCommand('WIF: Show Access Map')
    await page.locator('.canvas .box.rule.selected', { hasText: 'lambda-summaries' }).waitFor()

    await page.getByRole('button', { name: 'Export as SVG' }).click()
    const dialog = editor.page.locator('.quick-input-widget')
    await dialog.locator('input[type="text"]').first().waitFor()
    await editor.page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    const path = join(editor.workspace, 'access-map.svg')
    await expect.poll(() => readFile(path, 'utf8').catch(() => ''), { timeout: 10_000 }).toContain('</svg>')
    const svg = await readFile(path, 'utf8')
    expect(svg).toContain('nightly-report-again')
    expect(svg).not.toMatch(/var\(|color\(|class=|file:\/\//)

    // Turned off, nothing that was found stays to be seen.
    await mkdir(join(editor.workspace, '.vscode'))
    await writeFile(join(editor.workspace, '.vscode/settings.json'), '{ "wif.enable": false }')
    await editor.page.locator('.tab', { hasText: 'Access Map' }).waitFor({ state: 'detached' })
    await expect.poll(editor.squiggles).toEqual([])
  })
})

describe('500 nodes', () => {
  let editor: Editor
  let folder: string
  beforeAll(async () => {
    folder = await manyFolder()
    editor = await launch({ fixture: folder, settings: LIGHT })
  })
  afterAll(async () => {
    await editor?.close()
    if (folder) await rm(dirname(folder), { recursive: true, force: true })
  })

  test('are drawn in groups, opened, searched', async () => {
    const page = await openMap(editor, 'rules.yaml')
    // The rule at the cursor is to be seen, and so its issuer is expanded.
    await page.locator('.canvas .box.rule.selected:focus', { hasText: 'search-0' }).waitFor()
    await editor.screenshot('access-map-many-start-light')
    await page.locator('.canvas .box.selected').press('Escape')
    await page.getByRole('button', { name: 'Collapse all' }).click()
    await page.locator('.canvas .box.group', { hasText: 'billing' }).waitFor()
    expect(await page.locator('.canvas .box').count()).toBeLessThanOrEqual(60)
    await editor.screenshot('access-map-many-light')

    await page.locator('.canvas .box.group', { hasText: 'billing' }).press('Space')
    await page.locator('.canvas .box.source', { hasText: 'Pod billing/worker-12' }).first().waitFor()
    await editor.screenshot('access-map-many-open-light')

    await page.locator('.search input').fill('billing-32')
    await page.locator('.search input').press('Enter')
    await page.locator('.canvas .box.selected', { hasText: 'billing-32' }).waitFor()
    await wear(editor, 'dark')
    await editor.screenshot('access-map-many-search-dark')

    await page.getByRole('button', { name: 'Expand all' }).click()
    await expect.poll(() => page.locator('.canvas .box').count()).toBeGreaterThanOrEqual(500)
  })
})
