import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import texts from '../package.nls.json' with { type: 'json' }

/** What package.json promises to people, also to those who use the keyboard and a screen reader alone. */

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { commands, menus, walkthroughs } = manifest.contributes
const text = (key: string) => texts[key.slice(1, -1) as keyof typeof texts]
const sources = globSync('client/src/**/*.ts', { cwd: root, ignore: '**/*.test.ts' }).map(read).join('\n')
const contributed = commands.map(({ command }) => command)

/** Only a code lens calls these, with what only the lens knows. */
const INTERNAL = ['wif.showAdmitted']

test('each command can be found in the palette and does something, and no other is registered', () => {
  const registered = [...sources.matchAll(/registerCommand\(\s*'([\w.]+)'/g)].map(([, command]) => command)
  expect(registered.sort()).toEqual([...contributed, ...INTERNAL].sort())
  for (const { title, category } of commands) {
    expect(text(category)).toBe('WIF')
    // As VS Code writes its own: titles are what a screen reader says, without decoration.
    expect(text(title)).toMatch(/^([A-Z]\w*|in|of|a|the)( ([A-Z]\w*|in|of|a|the))*$/)
  }
  expect(new Set(commands.map(({ title }) => text(title))).size).toBe(commands.length)
})

test('whatever is in a menu is a command of the palette, so that nothing needs a mouse', () => {
  for (const item of Object.values(menus).flat()) expect(contributed).toContain(item.command)
})

test('what needs the server cannot be called where the linter is off', () => {
  const free = ['wif.restart', 'wif.showOutput', 'wif.openWalkthrough', 'wif.openSample', 'wif.openWorkflow']
  for (const { command, ...more } of commands)
    expect([command, 'enablement' in more && more.enablement.includes('config.wif.enable')]).toEqual([
      command,
      !free.includes(command),
    ])
})

const steps = walkthroughs.flatMap(walkthrough => walkthrough.steps)

test.each(steps.map(step => [step.id, step] as const))('step "%s" of the walkthrough', (_, step) => {
  const description = text(step.description)
  // They are shown as they are there.
  expect(description).not.toContain('`')
  const buttons = [...description.matchAll(/^\[[^\]]+\]\(command:([\w.]+)\)$/gm)].map(
    ([, command]) => command,
  )
  expect(buttons).toHaveLength(1)
  for (const command of buttons) if (command?.startsWith('wif.')) expect(contributed).toContain(command)
  // Pressing the button is what completes the step.
  expect(step.completionEvents).toContain(`onCommand:${buttons[0]}`)
  // The picture beside it: what is longer is cut off, and it takes the colours of the theme.
  const page = read(step.media.markdown)
  const code = [...page.matchAll(/^```\w+\n([\s\S]*?)^```/gm)].flatMap(([, lines = '']) => lines.split('\n'))
  for (const line of code) expect(line.length, line).toBeLessThanOrEqual(49)
  expect(page).not.toMatch(/<|style=/)
})
