import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { run } from '../../../server/src/cli/main.ts'
import { encode } from '../../../server/src/token/jwt.testdata.ts'
import { collidingTexts } from '../collide.ts'
import type { Seed } from '../corpus.ts'
import { mutated, mutatedText } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'

interface Input {
  files: { name: string; text: string }[]
  token: string
  command: Command
}

type Command = 'lint' | 'access' | 'token'

const SECRET = 'Zq7xSecretMarker'
const HEADER = { alg: 'RS256', kid: 'k1', typ: 'JWT' }
const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:acme/app:ref:refs/heads/main',
  ref: 'refs/heads/main',
  aud: 'https://api.anthropic.com',
  exp: 1_800_000_600,
  iat: 1_800_000_000,
  jti: SECRET,
}
const NAMES = ['rule.json', 'a/b.json', 'c.yaml', 'a/d.yaml']

/** Whatever is in a folder, each command ends as it says it does, prints one whole document, and says the same again. */
export function commandProperties(seeds: readonly Seed[]): Property[] {
  const strange = mutated(seeds).map(({ text }) => text)
  const files = collidingTexts('json').chain(texts =>
    fc.array(fc.record({ name: fc.constantFrom(...NAMES), text: fc.oneof(texts, texts, strange) }), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  const part = (value: object) =>
    fc.oneof(fc.constant(JSON.stringify(value)), mutatedText(JSON.stringify(value)))
  const token = fc
    .tuple(part(HEADER), part(CLAIMS))
    .map(([header, claims]) => `${encode(header)}.${encode(claims)}.${SECRET}`)
  const command = fc.constantFrom<Command>('lint', 'access', 'token')
  return [
    property<Input>({
      name: 'commands',
      inputs: fc.record({ files, token, command }),
      check: commandIsSound,
    }),
  ]
}

const ARGUMENTS: Record<Command, string[]> = {
  lint: ['--format', 'json', '.'],
  access: ['access', '--format', 'json', '.'],
  token: [
    'token',
    '--rule',
    'rule.json',
    '--workspace',
    '.',
    '--format',
    'json',
    '--now',
    '2027-01-15T08:00:00Z',
  ],
}

const VERDICTS = ['admitted', 'denied', undefined, 'unknown']

async function commandIsSound({ files, token, command }: Input): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'wif-fuzz-'))
  try {
    for (const { name, text } of files) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true })
      writeFileSync(join(cwd, name), text)
    }
    const [first, second] = [await ended(cwd, command, token), await ended(cwd, command, token)]
    if (JSON.stringify(first) !== JSON.stringify(second)) fail('a second run prints something else')
    checkOutcome(command, first)
    if (command === 'token' && (first.stdout + first.stderr).includes(SECRET)) fail('the token is printed')
  } finally {
    rmSync(cwd, { recursive: true })
  }
}

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function ended(cwd: string, command: Command, token: string): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof outcome) => ({
    write(text: string | Uint8Array) {
      outcome[name] += String(text)
    },
  })
  async function* stdin() {
    yield new TextEncoder().encode(token)
  }
  const io = { cwd, env: {}, pages: cwd, stdin: stdin(), stdout: sink('stdout'), stderr: sink('stderr') }
  return { code: await run(ARGUMENTS[command], io), ...outcome }
}

function checkOutcome(command: Command, { code, stdout, stderr }: Outcome): void {
  if (stdout === '' && (code !== 2 || stderr === '')) fail(`it ends with ${code} and says nothing`)
  if (stdout === '') return
  const document = JSON.parse(stdout)
  if (command === 'token' && VERDICTS[code] !== document.verdict)
    fail(`it is ${document.verdict} and ends with ${code}`)
  if (command === 'access') checkAccess(code, document)
  if (command === 'lint') checkLint(code, document)
}

function checkAccess(
  code: number,
  { rules, summary }: { rules: { admits: object[] }[]; summary: Record<string, number> },
): void {
  const { admitted = 0, workloads = 0 } = summary
  if (code !== 0) fail(`a list ends with ${code}`)
  if (rules.length !== summary.rules || admitted > workloads)
    fail(`the summary is ${JSON.stringify(summary)}`)
  if (admitted === 0 && rules.some(({ admits }) => admits.length > 0)) fail('it admits nobody and somebody')
}

function checkLint(
  code: number,
  {
    findings,
    summary,
  }: { findings: { severity: string; line: number; column: number }[]; summary: Record<string, number> },
): void {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  if (errors !== summary.errors) fail(`${errors} errors, and the summary has ${summary.errors}`)
  if (code === 0 && errors > 0) fail('errors, and it ends with 0')
  if (findings.some(({ line, column }) => line < 1 || column < 1)) fail('a place before the file')
}
