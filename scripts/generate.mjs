/**
 * Writes what follows from the rules: the list of rules (`server/src/rules/index.ts`), the head of each rule's page,
 * the table in the README. `npm run generate` writes; `--check` only says what would change, for the test suite.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const rulesFolder = join(root, 'server/src/rules')

/**
 * What the generated files should hold, by path from the repository's root.
 * @returns {Promise<Map<string, string>>}
 */
export async function generated() {
  const modules = ruleModules()
  const index = indexText(modules)
  const rules = await loadRules(modules)
  const files = new Map([['server/src/rules/index.ts', index]])
  for (const rule of rules) {
    const page = `server/src/rules/${rule.id}.md`
    if (existsSync(join(root, page))) files.set(page, withHead(rule, read(page)))
  }
  files.set('README.md', withTable(rules, read('README.md')))
  return files
}

/** @returns {{ id: string, name: string }[]} each rule's id and the name it is exported by, sorted by id */
function ruleModules() {
  return readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' })
    .filter(file => /^[a-z]+\/[a-z0-9-]+\.ts$/.test(file) && !file.endsWith('.test.ts'))
    .flatMap(file => {
      const [, name] =
        /^export const (\w+) = rule\(/m.exec(readFileSync(join(rulesFolder, file), 'utf8')) ?? []
      return name ? { id: file.slice(0, -3), name } : []
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** @param {{ id: string, name: string }[]} modules */
function indexText(modules) {
  const imports = modules.map(({ id, name }) => `import { ${name} } from './${id}.ts'\n`).join('')
  const list = modules.map(({ name }) => `  ${name},\n`).join('')
  return `// Written by \`npm run generate\`: one line for each file of this folder.
import type { LintRule } from '../lint/rule.ts'
${imports}
/** Every lint rule, by id. */
export const rules: readonly LintRule[] = [
${list}]
`
}

/**
 * The rules as values: bundled from their sources, for Node cannot read TypeScript by itself.
 * @param {{ id: string, name: string }[]} modules
 * @returns {Promise<{ id: string, title: string, class: string, since: string }[]>}
 */
async function loadRules(modules) {
  const { compileSchemas } = await import(pathToFileURL(join(root, 'scripts/compile-schemas.mjs')).href)
  await compileSchemas()
  const exports = modules.map(({ id, name }) => `export { ${name} } from './${id}.ts'`).join('\n')
  const { outputFiles } = await build({
    stdin: { contents: exports, resolveDir: rulesFolder, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  })
  const code = outputFiles[0]?.text ?? ''
  const loaded = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
  return modules.map(({ name }) => loaded[name])
}

/** @type {Record<string, [severity: string, meaning: string]>} */
const CLASSES = {
  'service-rejects': ['error', 'the service rejects it'],
  'exchange-fails': ['error', 'every exchange fails'],
  unreliable: ['warning', 'works at first, fails later'],
  'over-broad': ['warning', 'admits more than it seems to'],
  hygiene: ['info', 'good practice'],
}

/**
 * @param {{ id: string, title: string, class: string, since: string }} rule
 * @param {string} page
 */
function withHead(rule, page) {
  const [severity, meaning] = CLASSES[rule.class] ?? ['', '']
  const fix = /^```\w+ fixed/m.test(page) ? ' It has a fix.' : ''
  const body = page.replace(/^# .*\n\n(?:_.*_\n\n)?/, '')
  return `# ${rule.id}\n\n_${rule.title}. Severity: ${severity} (${meaning}).${fix} Since ${rule.since}._\n\n${body}`
}

/**
 * @param {{ id: string, title: string, class: string }[]} rules
 * @param {string} readme
 */
function withTable(rules, readme) {
  const rows = rules.map(rule => {
    const [severity] = CLASSES[rule.class] ?? ['']
    return `| [\`${rule.id}\`](server/src/rules/${rule.id}.md) | ${severity} | ${rule.title} |`
  })
  const table = ['| rule | severity | what it catches |', '| --- | --- | --- |', ...rows].join('\n')
  return readme.replace(
    /(<!-- rules -->\n)[\s\S]*?(\n<!-- \/rules -->)/,
    (_, open, close) => open + table + close,
  )
}

/** @param {string} path */
function read(path) {
  const full = join(root, path)
  return existsSync(full) ? readFileSync(full, 'utf8') : ''
}

if (process.argv[1] === import.meta.filename) {
  const stale = [...(await generated())].filter(([path, text]) => read(path) !== text)
  if (!process.argv.includes('--check'))
    for (const [path, text] of stale) writeFileSync(join(root, path), text)
  for (const [path] of stale)
    console.log(process.argv.includes('--check') ? `out of date: ${path}` : `wrote ${path}`)
  if (process.argv.includes('--check') && stale.length > 0) process.exitCode = 1
}
