/**
 * Writes what follows from the rules: the list of rules (`server/src/rules/index.ts`), the head of each rule's page,
 * the table in the README, the texts for translators. `npm run generate` writes; `--check` only says what would change, for the test suite.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { compileSchemas } from './compile-schemas.mjs'

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
  files.set('schemas/config.schema.json', `${JSON.stringify(configSchema(rules), null, 2)}\n`)
  files.set('l10n/bundle.l10n.json', `${JSON.stringify(messages(), null, 2)}\n`)
  return files
}

/** A text for translators: the first argument of `l10n.t`, which VS Code looks up by the text itself. */
const MESSAGE = /\bl10n\.t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g

/** What the extension says to people, for `vscode.l10n`: each text by itself. */
function messages() {
  const folder = join(root, 'client/src')
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap(file => [...readFileSync(join(folder, file), 'utf8').matchAll(MESSAGE)])
    .map(([, single, double]) => unescaped(single ?? double ?? ''))
  return Object.fromEntries([...new Set(texts)].sort().map(text => [text, text]))
}

/** @param {string} literal what stands between the quotes */
function unescaped(literal) {
  return literal.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character))
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
  compileSchemas()
  const exports = modules.map(({ id, name }) => `export { ${name} } from './${id}.ts'`).join('\n')
  const { outputFiles } = await build({
    stdin: { contents: exports, resolveDir: rulesFolder, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'neutral',
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
  const place = /(?<=<!-- rules -->\n)[\s\S]*?(?=<!-- \/rules -->)/
  if (!place.test(readme)) throw new Error('README.md has no place for the table of rules')
  return readme.replace(place, () => `${table}\n`)
}

const LEVELS = ['off', 'hint', 'info', 'warning', 'error']

/**
 * The schema of wif-lint.json.
 * @param {{ id: string, title: string, class: string }[]} rules
 */
function configSchema(rules) {
  const level = { type: 'string', enum: LEVELS }
  const groups = [...new Set(rules.map(rule => rule.id.slice(0, rule.id.indexOf('/')))), 'schema'].sort()
  const levels = [
    ['default', 'Every rule that is named neither by itself nor by its group.'],
    ...groups.map(group => [group, `Every rule of the group \`${group}/\`.`]),
    ...rules.map(rule => [rule.id, `${rule.title}. Normally: ${CLASSES[rule.class]?.[0]}.`]),
  ]
  const text = (/** @type {string} */ title, /** @type {string} */ markdownDescription, more = {}) => ({
    title,
    markdownDescription,
    type: 'string',
    ...more,
  })
  const ignore = {
    title: 'Ignored finding',
    markdownDescription: 'A finding that was looked at and is accepted.',
    type: 'object',
    required: ['rule', 'reason'],
    properties: {
      files: text('Files', 'A glob, relative to the folder of this file. All files without it.', {
        examples: ['legacy/**', 'prod/rule.json'],
      }),
      rule: text('Rule', 'The id of the rule whose findings are ignored.', {
        examples: rules.slice(0, 3).map(r => r.id),
      }),
      at: text(
        'Place',
        'A JSON Pointer: findings at this value or below it are ignored. The whole file without it.',
        {
          pattern: '^(/.*)?$',
          'x-expect': 'must be a JSON Pointer such as `/match/subject_prefix`',
          examples: ['/match/subject_prefix'],
        },
      ),
      reason: text('Reason', 'Why it is accepted, for whoever reads this next year.', {
        pattern: '\\S',
        'x-expect': 'must say why the finding is accepted',
      }),
    },
  }
  const list = (/** @type {string} */ title, /** @type {string} */ markdownDescription) => ({
    title,
    markdownDescription,
    type: 'array',
    items: { title, markdownDescription, type: 'string' },
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'config.schema.json',
    $comment: 'Written by `npm run generate` from the rules.',
    title: 'WIF Policy Linter configuration',
    markdownDescription: 'How strict the linter is with the files in and below this folder.',
    type: 'object',
    properties: {
      $schema: text('Schema', 'The schema of this file, for editors.'),
      profile: text('Profile', 'How much is said.', {
        enum: ['quiet', 'default', 'strict'],
        markdownEnumDescriptions: [
          'Only what breaks, or lets in more than it seems to.',
          'Good practice as well.',
          'Everything, also what is a matter of taste in most places.',
        ],
        default: 'default',
      }),
      severity: {
        title: 'Severities',
        markdownDescription:
          'How severe findings are, by rule id, group or `default`; the nearest name wins.',
        type: 'object',
        additionalProperties: {
          title: 'Severity',
          markdownDescription: 'How severe the finding is; `off` for none.',
          ...level,
        },
        properties: Object.fromEntries(
          levels.map(([key, markdownDescription]) => [key, { title: key, markdownDescription, ...level }]),
        ),
      },
      ignores: {
        title: 'Ignored findings',
        markdownDescription:
          'Findings that are accepted, each with a reason. One that no longer matches is reported.',
        type: 'array',
        items: ignore,
      },
      scopes: list('Known scopes', 'OAuth scopes that are right although the linter does not know them yet.'),
      audiences: list(
        'Known audiences',
        'Audiences that are meant although they are not the one of the Claude API.',
      ),
      links: {
        title: 'Links',
        markdownDescription:
          'For ids that are written in no file: the id, and the file (relative to this one) with the issuer or rule that has it.',
        type: 'object',
        additionalProperties: {
          title: 'File',
          markdownDescription: 'The file that holds the issuer or rule with this id.',
          type: 'string',
        },
      },
    },
  }
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
