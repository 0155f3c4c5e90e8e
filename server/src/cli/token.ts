import { resolve } from 'node:path'
import { createIsolatedEvaluator } from '../cel/node.ts'
import { printableJson } from '../text/printable.ts'
import { briefly, type CheckMeans, checkToken, type TokenCheck } from '../token/check.ts'
import { type DecodedToken, decode, type NotAToken } from '../token/decode.ts'
import { notAToken } from '../token/findings.ts'
import { type Answer, tokenReport } from '../token/report.ts'
import { issuerOf } from '../wif/pairing.ts'
import type { FederationRule } from '../wif/rule.ts'
import { readGiven } from './given.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import type { Options } from './options.ts'
import { readStdin } from './stdin.ts'
import { type TokenOptions, tokenOptions } from './token-args.ts'
import { type Failure, type Loaded, load } from './token-load.ts'
import { tokenText } from './token-text.ts'

const EXITS = { admitted: EXIT.clean, denied: EXIT.findings, unknown: EXIT.unknown } as const

/** No exchange was meant with these: it is the wrong thing that was handed over. */
const MISTAKEN: readonly NotAToken[] = ['empty', 'several', 'claude-token', 'api-key', 'json']

/** Nothing longer is read; `decode` refuses it, whatever follows. */
const MAX_INPUT = 2 * 1024 * 1024

/** `wif-lint token`: says whether a rule admits a token, and why not. Never prints the token or its signature. */
export async function tokenCommand(given: Options<'token'>, io: Io): Promise<ExitCode> {
  const options = tokenOptions(given)
  if ('problem' in options) return failure(io, `${options.problem}; see wif-lint token --help`)
  const loaded = await load(options, io.cwd)
  if ('problem' in loaded) return failure(io, loaded.problem)
  for (const note of loaded.notes) say(io, note)
  const input = await readToken(options, io)
  if ('problem' in input) return failure(io, input.problem)

  const decoded = decode(input.text)
  if (decoded.ok) return report(input.text, decoded.token, loaded, options, io)
  const finding = notAToken(decoded.reason)
  if (MISTAKEN.includes(decoded.reason)) return failure(io, finding.message)
  const check: TokenCheck = { verdict: 'denied', steps: [], findings: [finding] }
  if (decoded.reason === 'too-large') check.reason = 'token_too_large'
  io.stdout.write(options.format === 'json' ? tokenJson(check) : `Denied: ${finding.message}\n`)
  return EXIT.findings
}

async function report(
  text: string,
  token: DecodedToken,
  { rule, issuer, jwks, view, workspaceRules }: Loaded,
  { now = Date.now() / 1000, format }: TokenOptions,
  io: Io,
): Promise<ExitCode> {
  const evaluate = io.conditionChild === undefined ? undefined : createIsolatedEvaluator(io.conditionChild)
  const means: CheckMeans = { now, jwks, evaluate }
  const check = await checkToken(text, token, issuer, rule, means)
  if (format === 'json') {
    io.stdout.write(tokenJson(check))
    return EXITS[check.verdict]
  }
  const brief = { ...means, evaluate: briefly(evaluate) }
  const answerOf = async (of: FederationRule): Promise<Answer> => {
    const theirs = issuerOf(view, of)
    return { rule: of, issuer: theirs, check: await checkToken(text, token, theirs, of, brief) }
  }
  const meant: Answer = { rule, issuer, check }
  const answers: Answer[] = []
  for (const other of workspaceRules) answers.push(other === rule ? meant : await answerOf(other))
  const known = tokenReport({ token, now, meant, answers, findings: check.findings })
  const files = [meant, ...answers].flatMap(each => [
    each.rule.file,
    ...(each.issuer ? [each.issuer.file] : []),
  ])
  const fileAt = (uri: string) => files.find(each => each.uri === uri)
  io.stdout.write(tokenText(known, fileAt, io))
  return EXITS[check.verdict]
}

/** The check as one JSON document. */
function tokenJson({ verdict, reason, steps, findings }: TokenCheck): string {
  const document = {
    version: 1,
    verdict,
    reason: reason ?? null,
    steps: steps.map(({ step, result, message }) => ({ step, result, message })),
    findings: findings.map(({ rule, severity, message }) => ({ rule, severity, message })),
  }
  return printableJson(document)
}

/** The token as it is given. A person at a terminal would show it to whoever looks on. */
async function readToken({ tokenFile }: TokenOptions, io: Io): Promise<{ text: string } | Failure> {
  if (tokenFile !== undefined) {
    const read = await readGiven(resolve(io.cwd, tokenFile), MAX_INPUT)
    // Not by its name: that may be the token itself, given by mistake.
    return read.ok ? read : { problem: `the file of --token-file: ${read.reason}` }
  }
  if (!io.stdin || io.stdin.isTTY)
    return { problem: 'pipe the token in, or name its file by --token-file: typed in, it would be seen' }
  const read = await readStdin(io.stdin, MAX_INPUT)
  return read.ok ? read : { problem: `standard input: ${read.reason}` }
}

function failure(io: Io, problem: string): ExitCode {
  say(io, problem)
  return EXIT.failure
}
