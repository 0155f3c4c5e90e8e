import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { run } from '../../server/src/cli/main.ts'
import {
  documentIn,
  FLAWLESS,
  folderWith,
  type Outcome,
  PAGES,
  places,
  SESSION_ARN,
  TENANT_WIDE,
  wifLintJson,
} from './harness.ts'

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

/** Runs `wif-lint` with `input` piped in. */
async function piped(
  cwd: string,
  input: string | Uint8Array,
  ...argv: string[]
): Promise<Outcome & { bytes: Buffer }> {
  const out: Uint8Array[] = []
  let stderr = ''
  const code = await run(argv, {
    cwd,
    env: {},
    pages: PAGES,
    stdin: (async function* () {
      yield Buffer.from(input)
    })(),
    stdout: { write: (text: string | Uint8Array) => out.push(Buffer.from(text)) },
    stderr: {
      write: (text: string | Uint8Array) => {
        stderr += text
      },
    },
  })
  const bytes = Buffer.concat(out)
  return { code, stdout: bytes.toString(), stderr, bytes }
}

test('a dash is not taken for the name of a file', async () => {
  const { code, stderr } = await piped(folderWith({ 'rule.json': TENANT_WIDE }), TENANT_WIDE, '-')
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'wif-lint: to check what is piped in, say what it is: --stdin-filename NAME; see wif-lint --help\n',
  })
})

describe('--stdin-filename', () => {
  test('checks what is piped in, under this name, and nothing else', async () => {
    const cwd = folderWith({ 'other.json': TENANT_WIDE, 'rule.json': FLAWLESS })
    const { code, stdout } = await piped(
      cwd,
      SESSION_ARN,
      '--stdin-filename',
      'rule.json',
      '--format',
      'json',
    )
    const { findings, summary } = documentIn(stdout)
    expect(code).toBe(1)
    expect(places(findings)).toEqual(['rule.json:4:23 match/aws-session-arn'])
    expect(summary.files).toBe(1)
  })

  test('finds what is found in the file, with the workspace around it: on every example', async () => {
    const { findings } = await wifLintJson(examples, [])
    for (const file of new Set(findings.map(({ file }) => file))) {
      const text = readFileSync(join(examples, file))
      const { stdout } = await piped(examples, text, '--stdin-filename', file, '--format', 'json')
      expect(documentIn(stdout).findings).toEqual(findings.filter(each => each.file === file))
    }
  })

  test('takes a file that is not there yet, in a folder with a configuration', async () => {
    const cwd = folderWith({ 'new/wif-lint.yaml': 'severity: { match/tenant-wide: error }\n' })
    expect((await piped(cwd, TENANT_WIDE, '--stdin-filename', 'new/rule.json')).code).toBe(1)
    expect((await piped(cwd, TENANT_WIDE, '--stdin-filename', 'rule.json')).code).toBe(0)
  })

  test('with --fix prints the file mended, in its own encoding, and the rest on standard error', async () => {
    const issuer =
      '{ "name": "A", "issuer_url": "https://accounts.google.com/", "jwks": { "type": "discovery" } }\r\n'
    const cwd = folderWith()
    const bytes = Buffer.from(`\uFEFF${issuer}`, 'utf16le')
    const mended = await piped(cwd, bytes, '--fix', '--stdin-filename', 'issuer.json')
    expect(mended.bytes.toString('utf16le')).toBe(
      `\uFEFF${issuer.replace('.com/', '.com').replace('"A"', '"a"')}`,
    )
    expect(mended).toMatchObject({ code: 0, stderr: expect.stringContaining('No findings') })
    const same = await piped(cwd, FLAWLESS, '--fix', '--stdin-filename', 'rule.json')
    expect(same.stdout).toBe(FLAWLESS)
  })

  test('with --diff prints what would change', async () => {
    const { code, stdout } = await piped(
      folderWith(),
      SESSION_ARN,
      '--diff',
      '--fix=all',
      '--stdin-filename',
      'a/rule.json',
    )
    expect(code).toBe(1)
    expect(stdout).toMatch(/^--- a\/a\/rule.json\n\+\+\+ b\/a\/rule.json\n@@ /)
  })

  test.each([
    ['rule.txt', FLAWLESS, 'rule.txt: not checked, its name does not end in .json'],
    ['rule.json', Buffer.from([0xc3, 0x28]), 'standard input: it is not valid UTF-8 text'],
  ])('%s cannot be checked', async (name, input, problem) => {
    const { code, stdout, stderr } = await piped(folderWith(), input, '--stdin-filename', name)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`wif-lint: ${problem}`)
  })

  test('does not wait for a person to type', async () => {
    const cwd = folderWith()
    const stdin = Object.assign(
      // biome-ignore lint/correctness/useYield: it must not be read
      (async function* (): AsyncGenerator<Uint8Array> {
        throw new Error('was read')
      })(),
      { isTTY: true },
    )
    let stderr = ''
    const write = (text: string | Uint8Array) => {
      stderr += text
    }
    const io = { cwd, env: {}, pages: PAGES, stdin, stdout: { write }, stderr: { write } }
    expect(await run(['--stdin-filename', 'a.json'], io)).toBe(2)
    expect(stderr).toBe('wif-lint: --stdin-filename checks what is piped in, and nothing is\n')
  })
})
