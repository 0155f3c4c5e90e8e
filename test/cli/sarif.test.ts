import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log, Region, Run } from 'sarif'
import { expect, test } from 'vitest'
import { rules } from '../../server/src/rules/index.ts'
import { applyEdits } from '../../server/src/text/edit.ts'
import { lineIndex } from '../../server/src/text/lines.ts'
import {
  FLAWLESS,
  folderWith,
  type Outcome,
  SESSION_ARN,
  TENANT_WIDE,
  wifLint,
  wifLintJson,
} from './harness.ts'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

/** The schema of SARIF 2.1.0 as its authors publish it. */
const require = createRequire(import.meta.url)
const Ajv = require('ajv-draft-04')
const isSarif = new Ajv({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: isUri, 'uri-reference': true, 'date-time': true },
}).compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))

function isUri(text: string): boolean {
  return URL.canParse(text)
}

/** Runs `wif-lint --format sarif`; what it prints is valid, whatever was found. */
async function sarif(cwd: string, ...argv: string[]): Promise<{ run: Run; outcome: Outcome }> {
  const outcome = await wifLint(cwd, ['--format', 'sarif', ...argv])
  const log: Log = JSON.parse(outcome.stdout)
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true)
  const [run, ...more] = log.runs
  expect(more).toEqual([])
  if (!run) throw new Error('a log without a run')
  return { run, outcome }
}

test('says what the JSON document says', async () => {
  const { run, outcome } = await sarif(examples)
  const { findings } = await wifLintJson(examples, [])
  expect(outcome.code).toBe(1)
  expect(
    run.results?.map(({ ruleId, level, message, locations }) => [
      ruleId,
      level,
      message.text,
      locations?.[0]?.physicalLocation,
    ]),
  ).toEqual(
    findings.map(({ rule, severity, message, file, line, column, endLine, endColumn }) => [
      rule,
      severity === 'info' || severity === 'hint' ? 'note' : severity,
      message,
      {
        artifactLocation: { uri: `examples/${file}`, uriBaseId: '%SRCROOT%' },
        region: { startLine: line, startColumn: column, endLine, endColumn },
      },
    ]),
  )
  expect(
    run.results?.map(({ relatedLocations = [] }) => relatedLocations.map(({ message }) => message?.text)),
  ).toEqual(findings.map(({ related }) => related.map(({ message }) => message)))
  expect(run.invocations).toMatchObject([
    { executionSuccessful: true, exitCode: 1, toolExecutionNotifications: [] },
  ])
  expect(run.columnKind).toBe('utf16CodeUnits')
})

test('describes every rule, by its page', async () => {
  const { run } = await sarif(examples)
  const described = run.tool.driver.rules ?? []
  expect(described.map(({ id }) => id)).toEqual(expect.arrayContaining(rules.map(({ id }) => id)))
  for (const { id, name, shortDescription, fullDescription, help, helpUri, properties } of described) {
    expect(name).toMatch(/^([A-Z][A-Za-z0-9]*)+$/)
    expect(shortDescription?.text.length, id).toBeGreaterThan(10)
    expect(shortDescription?.text.length, id).toBeLessThan(1024)
    expect(fullDescription?.text.length, id).toBeLessThan(1024)
    expect(help?.text.length, id).toBeGreaterThan(40)
    expect(help?.markdown).not.toMatch(/```|\n{3}/)
    expect(help?.text).not.toMatch(/`|\*\*|^#/m)
    expect(properties?.tags).toHaveLength(1)
    if (rules.some(rule => rule.id === id)) {
      expect(readFileSync(fileURLToPath(helpUri ?? ''), 'utf8')).toContain(`# ${id}\n`)
      expect(help?.markdown).toContain('## Why it matters')
    }
  }
  for (const { ruleId, ruleIndex = -1 } of run.results ?? []) expect(described[ruleIndex]?.id).toBe(ruleId)
})

test('has results also when there are none', async () => {
  const { run, outcome } = await sarif(folderWith({ 'rule.json': FLAWLESS }))
  expect(run.results).toEqual([])
  expect(outcome.code).toBe(0)
})

test('tells of what could not be read', async () => {
  const cwd = folderWith({
    'rule.json': FLAWLESS,
    'odd name.json': Buffer.from([0xff, 0xfe, 0x00]),
    'main.tf': '',
  })
  const { run, outcome } = await sarif(cwd, 'rule.json', 'odd name.json', 'gone.json', 'main.tf')
  expect(outcome.code).toBe(2)
  const at = (uri: string) => [{ physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' } } }]
  expect(run.invocations).toEqual([
    expect.objectContaining({
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [
        { level: 'error', message: { text: expect.any(String) }, locations: at('odd%20name.json') },
        { level: 'error', message: { text: 'no such file or folder' }, locations: at('gone.json') },
        {
          level: 'note',
          message: { text: expect.stringContaining('not checked') },
          locations: at('main.tf'),
        },
      ],
    }),
  ])
})

test('its fixes are what --fix does, in UTF-16 columns and with every kind of line end', async () => {
  const issuer = [
    '{ "name": "👩‍🚀", "issuer_url": "https://d6598c73-18f3-453d-b1e1-3df151740940.tokens.sts.global.api.aws/",',
    '  "jwks_source": "discovery" }',
    '',
  ]
  for (const end of ['\n', '\r\n']) {
    const text = issuer.join(end)
    const cwd = folderWith({ 'issuer.json': text })
    const { run } = await sarif(cwd)
    const lines = lineIndex(text)
    const offset = (line = 1, column = 1) => lines.offsetAt({ line: line - 1, character: column - 1 })
    const edits = (run.results ?? []).flatMap(({ fixes = [] }) =>
      fixes.slice(0, 1).flatMap(({ artifactChanges, properties }) => {
        expect(properties).toEqual({ safe: true })
        return artifactChanges.flatMap(({ artifactLocation, replacements }) => {
          expect(artifactLocation.uri).toBe('issuer.json')
          return replacements.map(
            ({ deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent }) => ({
              start: offset(startLine, startColumn),
              end: offset(endLine, endColumn),
              text: insertedContent?.text ?? '',
            }),
          )
        })
      }),
    )
    expect(edits.length).toBeGreaterThan(1)
    await wifLint(cwd, ['--fix'])
    expect(applyEdits(text, edits)).toBe(readFileSync(join(cwd, 'issuer.json'), 'utf8'))
  }
})

test('tells a finding again when lines move, and one from another', async () => {
  const cwd = folderWith({
    'rules.json': `[${TENANT_WIDE},${TENANT_WIDE.replace('prod-inference', 'other')}]`,
  })
  const prints = async () =>
    (await sarif(cwd)).run.results?.map(({ partialFingerprints }) => partialFingerprints?.['wif/v1'])
  const before = await prints()
  expect(new Set(before).size).toBe(before?.length)
  const moved = readFileSync(join(cwd, 'rules.json'), 'utf8').replaceAll('\n', '\n\n  ')
  writeFileSync(join(cwd, 'rules.json'), `\n\n\n${moved}`)
  expect(await prints()).toEqual(before)
})

test('names files from the root of the repository, and those outside of it by where they are', async () => {
  const cwd = folderWith({ 'repo/.git/HEAD': '', 'repo/a b/#1.json': SESSION_ARN, 'out.json': SESSION_ARN })
  mkdirSync(join(cwd, 'repo/sub'))
  const { run } = await sarif(join(cwd, 'repo/sub'), '../a b', '../../out.json')
  const places = new Set(
    run.results?.map(each => each.locations?.[0]?.physicalLocation?.artifactLocation?.uri),
  )
  expect(places).toEqual(new Set(['a%20b/%231.json', `file://${cwd}/out.json`]))
  expect(run.originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: `file://${cwd}/repo/` } })
})

test('makes no link of what a file says, and no place before the first line', async () => {
  const cwd = folderWith({
    'rule.json': TENANT_WIDE.replace('workspace:inference', '[click](https://evil.example)'),
    'empty.json': '{"issuer_url"',
  })
  const { run, outcome } = await sarif(cwd, 'rule.json', 'empty.json')
  expect(outcome.stdout).toContain('[click]')
  for (const { message, locations = [] } of run.results ?? []) {
    expect(message.text).not.toContain('](')
    const {
      startLine = 0,
      startColumn = 0,
      endLine = 0,
      endColumn = 0,
    }: Region = locations[0]?.physicalLocation?.region ?? {}
    expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThan(0)
  }
})
