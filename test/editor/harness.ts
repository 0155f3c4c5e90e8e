/**
 * Drives the packaged extension in VS Code as a person would: code-server in headless Chromium.
 *
 * Every wait is for something that can be seen, never for time to pass. When one fails, a screenshot named
 * failure-*.png is left beside the others in test/editor/screenshots.
 */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Locator, type Page } from 'playwright-core'
import { ensureCodeServer, findChromium, startCodeServer } from '../../scripts/vscode.mjs'

const REPO = fileURLToPath(new URL('../../', import.meta.url))
const SCREENSHOTS = join(REPO, 'test/editor/screenshots')
const START_TIMEOUT_MS = 60_000
const WAIT_TIMEOUT_MS = 20_000
const QUICK_FIX_TIMEOUT_MS = 1_500
const QUICK_FIX_ATTEMPTS = 10

/** Root cannot have the sandbox, a test needs no GPU, and nothing here may look beyond this machine. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

const TEST_SETTINGS = {
  // The mark of an unsaved file is how an edit is seen to arrive; VS Code in a browser would save by itself.
  'files.autoSave': 'off',
  // In the table every row names its file; in the tree some row further up does.
  'problems.defaultViewMode': 'table',
  // Opening a second file must not close the first.
  'workbench.editor.enablePreview': false,
}

const GROUP = '.editor-group-container.active'
const QUICK_INPUT = '.quick-input-widget'
const PROBLEM_ROW = '.markers-panel .monaco-list-row'
const QUICK_FIX = '.action-widget .monaco-list-row.action'

export interface LaunchOptions {
  /** The folder to open; the editor gets a copy of it. */
  fixture: string
  /** The packaged extension, dist/wif-policy-linter.vsix unless given. */
  vsix?: string
  settings?: Record<string, unknown>
  logLevel?: string
  viewport?: { width: number; height: number }
}

/** One row of the Problems view. */
export interface Problem {
  /** Relative to the workspace. */
  file: string
  severity: string
  source: string
  code: string
  message: string
  line: number
  column: number
}

export type Editor = Awaited<ReturnType<typeof launch>>

/**
 * Vitest's global set-up: installs what the tests run in, outside any hook's time limit.
 *
 * @throws {Error} when something is missing; the message says what to do.
 */
export async function setup(): Promise<void> {
  findChromium()
  await ensureCodeServer({ log: console.log })
}

/**
 * Opens a copy of a folder in a fresh VS Code that has the extension, and returns that editor. Each of its
 * functions throws when what it does or waits for does not come to pass, and leaves a screenshot.
 *
 * @throws {Error} when the editor does not start; then nothing is left running.
 */
export async function launch(options: LaunchOptions) {
  const { fixture, vsix = join(REPO, 'dist/wif-policy-linter.vsix'), settings, logLevel = 'info' } = options
  const { viewport = { width: 1440, height: 1000 } } = options
  const cleanUps: (() => Promise<void>)[] = []

  /** Stops the browser and the server and removes their files. */
  const close = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  }

  try {
    const home = await mkdtemp(join(tmpdir(), 'wif-editor-'))
    cleanUps.push(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))
    const workspace = join(home, basename(fixture))
    await cp(fixture, workspace, { recursive: true })

    const server = await startCodeServer({
      vsix,
      workspace,
      userDataDir: join(home, 'user-data'),
      extensionsDir: join(home, 'extensions'),
      settings: { ...TEST_SETTINGS, ...settings },
      logLevel,
    })
    cleanUps.push(server.stop)

    const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS })
    cleanUps.push(() => browser.close())
    const page = await browser.newPage({ viewport })
    page.setDefaultTimeout(WAIT_TIMEOUT_MS)

    const { open, ...hands } = handsOn(page, workspace)
    await open(server.url)
    return { ...hands, page, home, workspace, logDir: server.logDir, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What a test can do in the window and see in it. */
function handsOn(page: Page, workspace: string) {
  /** Saves a picture of the whole window as test/editor/screenshots/NAME.png and returns its path. */
  const screenshot = async (name: string) => {
    const path = join(SCREENSHOTS, `${name}.png`)
    await page.screenshot({ path })
    return path
  }

  /** Makes a function leave a picture of what was there when it failed. */
  const pictured =
    <Args extends unknown[], Result>(name: string, action: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      try {
        return await action(...args)
      } catch (cause) {
        const call = `${name}(${args.map(arg => JSON.stringify(arg)).join(', ')})`
        const picture = await screenshot(`failure-${name}`).catch(() => 'no picture, the page is gone')
        throw new Error(`${call} failed (${picture})`, { cause })
      }
    }

  /** Clicks and moves the mouse away: left there, it would soon call up a hover over the editor. */
  const click = async (target: Locator, clickCount = 1) => {
    await target.click({ clickCount })
    await page.mouse.move(0, 0)
  }

  /** Fills the one box in which VS Code finds files and, after a `>`, commands; returns its list's rows. */
  const quickInput = async (text: string) => {
    await page.keyboard.press('F1')
    await page.locator(`${QUICK_INPUT} .quick-input-filter input`).fill(text)
    return page.locator(`${QUICK_INPUT} .monaco-list-row`)
  }

  /** Opens the page and the Problems view. */
  const open = pictured('open', async (url: string) => {
    await page.goto(url)
    // Keys pressed before the workbench is this far are lost.
    await page
      .locator('.explorer-folders-view .monaco-list-row')
      .first()
      .waitFor({ timeout: START_TIMEOUT_MS })
    await runCommand('Problems: Focus on Problems View')
    await page.locator('.markers-panel').waitFor()
  })

  /** Runs a command by its title in the palette, such as `Format Document`. */
  const runCommand = pictured('runCommand', async (title: string) => {
    const rows = await quickInput(`>${title}`)
    await click(rows.filter({ hasText: title }).first())
  })

  /** Opens a file by its path in the workspace, or brings it to the front, and puts the cursor in it. */
  const openFile = pictured('openFile', async (file: string) => {
    const rows = await quickInput(file)
    const folder = dirname(file) === '.' ? '' : dirname(file)
    await click(
      rows
        .filter({ hasText: basename(file) })
        .filter({ hasText: folder })
        .first(),
    )
    await page.locator(`${GROUP} .tab.active[data-resource-name="${basename(file)}"]`).waitFor()
    await page.locator(`${GROUP} .monaco-editor.focused .view-line`).first().waitFor()
  })

  /** Looks for text from the top of the file; returns the find widget once it has found some. */
  const find = async (shortcut: 'Control+f' | 'Control+h', text: string) => {
    await page.keyboard.press('Control+1')
    await page.locator(`${GROUP} .monaco-editor.focused`).waitFor()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press(shortcut)

    const widget = page.locator(`${GROUP} .find-widget.visible`)
    const count = widget.locator('.matchesCount')
    const input = widget.locator('.find-part textarea')
    // Emptied first, so that the count which follows is of this text and not of what was looked for before.
    await input.fill('')
    await count.filter({ hasText: 'No results' }).waitFor()
    await input.fill(text)
    await count.filter({ hasText: / of / }).waitFor()
    return widget
  }

  /** Selects the first place where the active file has this text (in whatever case). */
  const goToText = pictured('goToText', async (text: string) => {
    const widget = await find('Control+f', text)
    await page.keyboard.press('Escape')
    await widget.waitFor({ state: 'hidden' })
  })

  /** Replaces text everywhere in the active file and leaves the file unsaved. */
  const replaceInEditor = pictured('replaceInEditor', async (text: string, replacement: string) => {
    const widget = await find('Control+h', text)
    await widget.locator('.replace-part textarea').fill(replacement)
    await page.keyboard.press('Control+Alt+Enter')
    await page.locator(`${GROUP} .tab.active.dirty`).waitFor()
    await page.keyboard.press('Escape')
    await widget.waitFor({ state: 'hidden' })
  })

  /** Saves every file that has changes. */
  const save = pictured('save', async () => {
    const unsaved = page.locator('.tab.dirty').first()
    if ((await unsaved.count()) === 0) return
    await runCommand('File: Save All')
    await unsaved.waitFor({ state: 'detached' })
  })

  /** Saves everything and returns what the file then holds on disk. */
  const editorText = pictured('editorText', async (file: string) => {
    await save()
    return readFile(join(workspace, file), 'utf8')
  })

  /** Returns the severities of the marks in the active editor's visible part, such as `['warning']`. */
  const squiggles = pictured('squiggles', async () => {
    const marks = page.locator(`${GROUP} .cdr[class*="squiggly-"]`)
    const classes = await marks.evaluateAll(elements => elements.map(element => element.className))
    return classes.flatMap(name => /squiggly-(error|warning|info|hint)/.exec(name)?.[1] ?? [])
  })

  /** Waits until the active editor marks something with this severity. */
  const waitForSquiggle = pictured('waitForSquiggle', async (severity: 'error' | 'warning' | 'info') => {
    await page.locator(`${GROUP} .squiggly-${severity}`).first().waitFor()
  })

  /**
   * Returns what the Problems view lists, in its order. Throws when the view is too low to show all of it:
   * a row that is out of sight does not exist on the page.
   */
  const problems = pictured('problems', async (): Promise<Problem[]> => {
    const rows = await page.locator(PROBLEM_ROW).evaluateAll(elements =>
      elements.map(element => ({
        total: Number(element.getAttribute('aria-setsize')),
        index: Number(element.getAttribute('data-index')),
        titles: ['.marker-icon', '.source', '.code', '.message', '.file'].map(
          cell => element.querySelector(cell)?.getAttribute('title') ?? '',
        ),
      })),
    )
    const total = rows[0]?.total ?? 0
    if (rows.length < total) throw new Error(`only ${rows.length} of ${total} problems fit into the view`)
    return rows.sort((one, other) => one.index - other.index).map(row => toProblem(row.titles))
  })

  const toProblem = ([
    severity = '',
    source = '',
    code = '',
    message = '',
    place = '',
  ]: string[]): Problem => {
    const [, path = '', line, column] = /^(.*) \[Ln (\d+), Col (\d+)\]$/.exec(place) ?? []
    return {
      file: relative(workspace, path),
      severity: severity.toLowerCase(),
      source,
      code: /\((.*)\)$/.exec(code)?.[1] ?? code,
      message,
      line: Number(line),
      column: Number(column),
    }
  }

  /** The first row of the Problems view with this text, in any file or in one. */
  const problemRow = (text: string, file = '') =>
    page
      .locator(PROBLEM_ROW, { has: page.locator(`.file[title*="${file} [Ln "]`) })
      .filter({ hasText: text })
      .first()

  /** Waits until the Problems view lists a problem whose message has this text. */
  const waitForProblem = pictured('waitForProblem', (text: string, file?: string) =>
    problemRow(text, file).waitFor(),
  )

  /** Waits until the Problems view lists no such problem any more. */
  const waitForNoProblem = pictured('waitForNoProblem', async (text: string, file?: string) => {
    await problemRow(text, file).waitFor({ state: 'detached' })
    // Throws when some rows are out of sight, as this one may then be.
    await problems()
  })

  /** Selects what a problem is about, in its file; that must be within a line. */
  const goToProblem = pictured('goToProblem', async (text: string, file?: string) => {
    const row = problemRow(text, file)
    const [line = ''] = /Ln \d+,/.exec((await row.locator('.file').getAttribute('title')) ?? '') ?? []
    await click(row, 2)
    await page.locator(`${GROUP} .monaco-editor.focused`).waitFor()
    // The editor has the focus a moment before the selection.
    await page.locator('[id="status.editor.selection"]', { hasText: line }).waitFor()
  })

  /** What Ctrl+. brings up: the menu's entries, or a message that there are none. */
  const fixesOrMessage = page.locator(`${QUICK_FIX}, .monaco-editor-overlaymessage`).first()

  /** Opens the quick-fix menu at the cursor and returns its titles. */
  const openQuickFixes = async () => {
    for (let attempt = 1; ; attempt++) {
      await page.keyboard.press('Control+.')
      try {
        await fixesOrMessage.waitFor({ timeout: QUICK_FIX_TIMEOUT_MS })
        return await page.locator(`${QUICK_FIX} .title`).allTextContents()
      } catch (error) {
        // VS Code asks for fixes by itself just after the cursor has moved, and then may forget that it was asked.
        if (attempt === QUICK_FIX_ATTEMPTS) throw error
      }
    }
  }

  /** Returns the titles of the quick fixes at the cursor. */
  const quickFixes = pictured('quickFixes', async (picture?: string) => {
    const titles = await openQuickFixes()
    if (picture !== undefined) await screenshot(picture)
    await page.keyboard.press('Escape')
    await fixesOrMessage.waitFor({ state: 'detached' })
    return titles
  })

  /** Chooses the quick fix with this title at the cursor. */
  const chooseQuickFix = pictured('chooseQuickFix', async (title: string) => {
    const titles = await openQuickFixes()
    if (!titles.includes(title)) throw new Error(`only these are offered: ${titles.join('; ')}`)
    await click(page.locator(QUICK_FIX).nth(titles.indexOf(title)))
  })

  /** Saves, then applies the quick fix with this title at the cursor; the change it makes is left unsaved. */
  const applyQuickFix = pictured('applyQuickFix', async (title: string) => {
    await save()
    await chooseQuickFix(title)
    await page.locator('.tab.dirty').first().waitFor()
  })

  /** Shows the hover at the cursor and returns its text once it contains what is expected. */
  const hoverText = pictured('hoverText', async (expected?: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Control+i')
    const hover = page
      .locator('.monaco-hover .monaco-hover-content')
      .filter({ hasText: expected ?? '', visible: true })
    await hover.waitFor()
    const [text = ''] = await hover.allInnerTexts()
    await page.keyboard.press('Escape')
    await hover.waitFor({ state: 'hidden' })
    return text
  })

  return {
    open,
    screenshot,
    runCommand,
    openFile,
    goToText,
    replaceInEditor,
    save,
    editorText,
    squiggles,
    waitForSquiggle,
    problems,
    waitForProblem,
    waitForNoProblem,
    goToProblem,
    quickFixes,
    chooseQuickFix,
    applyQuickFix,
    hoverText,
  }
}
