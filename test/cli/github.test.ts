import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { githubReport } from '../../server/src/cli/report/github.ts'
import type { Report, ReportedFinding } from '../../server/src/cli/report/report.ts'
import { folderWith, SESSION_ARN, wifLint, wifLintJson } from './harness.ts'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

interface Annotation {
  command: string
  properties: Record<string, string>
  message: string
}

/** What GitHub's runner makes of a line of output (actions/runner, ActionCommand.TryParseV2). */
function parse(line: string): Annotation | undefined {
  const text = line.trimStart()
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end < 0) return undefined
  const info = text.slice(2, end)
  const space = info.indexOf(' ')
  const command = space < 0 ? info : info.slice(0, space)
  if (!['error', 'warning', 'notice'].includes(command)) return undefined
  const list =
    space < 0
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(',')
  const properties: Record<string, string> = {}
  for (const each of list.filter(Boolean)) {
    const equals = each.indexOf('=')
    const [name, value] = [each.slice(0, equals), each.slice(equals + 1)]
    if (name && value) properties[name] = undo(value, ['%0D', '%0A', '%3A', '%2C', '%25'])
  }
  return { command, properties, message: undo(text.slice(end + 2), ['%0D', '%0A', '%25']) }
}

/** One replacement after the other, as the runner does it: `%250A` stays `%0A`. */
function undo(text: string, escapes: readonly string[]): string {
  return escapes.reduce((result, each) => result.replaceAll(each, decodeURIComponent(each)), text)
}

test('each finding is an annotation, at its place in the repository', async () => {
  const { stdout, code } = await wifLint(examples, ['--format', 'github'])
  const { findings } = await wifLintJson(examples, [])
  expect(code).toBe(1)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.pop()).toMatch(/^\d+ errors, \d+ warnings, \d+ infos in \d+ files \(checked /)
  expect(lines.map(parse)).toEqual(
    findings.map(({ rule, severity, message, file, line, column, endLine, endColumn }) => ({
      command: severity === 'info' || severity === 'hint' ? 'notice' : severity,
      properties: {
        file: `examples/${file}`,
        line: String(line),
        endLine: String(endLine),
        title: rule,
        ...(line === endLine && { col: String(column), endColumn: String(endColumn) }),
      },
      message: expect.stringMatching(new RegExp(`^${message.replace(/[^\w ]/g, '\\$&')}(\n|$)`)),
    })),
  )
})

test('whatever a file is called and says, its line is one annotation', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('%', '\r', '\n', ':', ',', '0', 'A', '25', '::error::', '##[', 'é', ' x'),
  })
  fc.assert(
    fc.property(hostile, hostile, (file, message) => {
      const finding: ReportedFinding = {
        rule: 'match/tenant-wide',
        severity: 'error',
        message: `${message}.`,
        file: `a${file}`,
        line: 1,
        column: 2,
        endLine: 1,
        endColumn: 3,
        fixes: [],
        related: [],
      }
      const report = {
        findings: [finding],
        summary: { files: 1, errors: 1, warnings: 0, infos: 0 },
        ofFederation: 1,
      }
      const lines = githubReport(report as unknown as Report, [], '/').split('\n')
      expect(lines).toHaveLength(3)
      expect(parse(lines[0] ?? '')).toEqual({
        command: 'error',
        properties: {
          file: `a${file}`,
          line: '1',
          col: '2',
          endLine: '1',
          endColumn: '3',
          title: 'match/tenant-wide',
        },
        message: `${message}.`.replaceAll('\n', '\\n').replaceAll('\r', '\\r'),
      })
    }),
  )
})

test('what goes over several lines has no columns: the runner would drop them and complain', async () => {
  const cwd = folderWith({ 'rule.yaml': 'name: x\nissuer_id: fdis_...\nmatch:\n  claims: [a,\n    b]\n' })
  const { findings } = await wifLintJson(cwd, [])
  const { stdout } = await wifLint(cwd, ['--format', 'github'])
  for (const [i, { line, endLine }] of findings.entries())
    expect(Object.keys(parse(stdout.split('\n')[i] ?? '')?.properties ?? {}).includes('col')).toBe(
      line === endLine,
    )
})

test('an input that cannot be read is an annotation, too', async () => {
  const cwd = folderWith({ 'a.json': SESSION_ARN })
  const { stdout, stderr, code } = await wifLint(cwd, ['--format', 'github', 'gone.json'])
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'wif-lint: gone.json: no such file or folder\n' })
  expect(stdout.split('\n').map(parse)[0]).toEqual({
    command: 'error',
    properties: { title: 'wif-lint' },
    message: 'gone.json: no such file or folder',
  })
})
