import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const settings = Object.entries(manifest.contributes.configuration.properties)

test('the README lists the settings that there are, with their defaults', () => {
  const [, table = ''] = /^## Settings\n([\s\S]*?)^## /m.exec(readme) ?? []
  const rows = [...table.matchAll(/^\| `(wif\.[\w.]+)` \|(.*?)\|/gm)].map(([, name, value]) => [
    name,
    value?.trim(),
  ])
  const shown = (value: unknown) => (value === '' ? '' : `\`${value}\``)
  expect(rows).toEqual(settings.map(([name, { default: value }]) => [name, shown(value)]))
})

test.each(settings)('%s has a scope, and a text in package.nls.json', (_, setting) => {
  expect(setting.scope).toMatch(/^(resource|window|machine)$/)
  expect(setting.markdownDescription).toMatch(/^%.+%$/)
})
