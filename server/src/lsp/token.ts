import { draftRule } from '../features/token-draft.ts'
import { exactValue, writeExactly } from '../features/token-edit.ts'
import { mapBounded } from '../node/pool.ts'
import { type CheckMeans, checkToken, type TokenCheck, tokenKind } from '../token/check.ts'
import { type DecodedToken, decode } from '../token/decode.ts'
import { notAToken, tokenFindings } from '../token/findings.ts'
import { redactedReport } from '../token/redacted.ts'
import { verify } from '../token/verify.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { issuerOf } from '../wif/pairing.ts'
import { type FederationRule, ruleTitle } from '../wif/rule.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { answeringInSecret } from './answer.ts'
import type { Folders } from './folders.ts'
import type { Session } from './session.ts'
import { keyFiles, readKeys } from './token-keys.ts'
import {
  type CheckParams,
  type CheckResult,
  type DraftResult,
  type KeySources,
  type KeysParams,
  type KeysResult,
  type RuleRef,
  TOKEN_REQUESTS,
  type TokenParams,
  type TokenReport,
  type WriteParams,
} from './token-protocol.ts'
import { checkedRule, fileOf, note, ruleLine } from './token-wire.ts'
import { uriKey } from './uri.ts'

/** Conditions are evaluated in processes of their own: as many at a time as a machine bears besides its work. */
const AT_A_TIME = 4

/** A token and what is asked of it, in one state of the workspace. */
interface Question {
  text: string
  token: DecodedToken
  view: WorkspaceView
  means: CheckMeans
}

/** What became of a token at one rule. */
export interface Answer {
  rule: FederationRule
  issuer: FederationIssuer | undefined
  check: TokenCheck
}

/** Answers the requests about tokens. */
export function listenForTokens(session: Session, folders: Folders, ready: () => Promise<void>): void {
  const { connection } = session
  const answer = answeringInSecret(session, ready)
  const { check, keySources, keys, write, draft: drafting } = TOKEN_REQUESTS
  connection.onRequest<CheckResult, void>(check, answer(check, checkPasted))
  connection.onRequest<KeySources, void>(
    keySources,
    answer(keySources, (_, params: TokenParams) => sourcesOf(session, folders.all(), params)),
  )
  connection.onRequest<KeysResult, void>(keys, answer(keys, getKeys))
  connection.onRequest<boolean, void>(write, answer(write, writeValue))
  connection.onRequest<DraftResult, void>(drafting, answer(drafting, draft))
}

/** Checks a token against every rule of the workspace. What was pasted goes nowhere but into the answer. */
async function checkPasted(session: Session, params: CheckParams): Promise<CheckResult> {
  const question = questionOf(session, params)
  if ('refusal' in question) return question
  const { token, means } = question
  const answers = await allAnswers(question)
  const meant = meantOf(answers, params.rule)
  // Its condition is evaluated even if something else denies the token: a person wants to see everything.
  const full = meant && (await answerOf(question, meant.rule, true))
  const signature = full || !means.jwks ? undefined : await verify(question.text, means.jwks)
  const findings =
    full?.check.findings ?? tokenFindings(token, { now: means.now, ...(signature && { signature }) })
  const named = ({ rule, check }: Answer) => ({ title: ruleTitle(rule), check })
  const kind = tokenKind(token)
  const report: TokenReport = {
    kind,
    size: token.size,
    now: means.now,
    header: token.header,
    claims: token.claims,
    rule: full && checkedRule(session, full, token),
    rules: answers.map(answer => ruleLine(session, answer)),
    notes: findings.filter(({ step }) => !full || !step).map(finding => note(session, finding)),
    redacted: redactedReport({
      ...{ kind, token, now: means.now, findings },
      meant: full && named(full),
      rules: answers.map(named),
    }),
  }
  return { report }
}

/** Where the keys for a token may come from. */
async function sourcesOf(
  session: Session,
  folders: readonly string[],
  params: TokenParams,
): Promise<KeySources> {
  const question = questionOf(session, params)
  const kid = 'token' in question ? question.token.header.kid : undefined
  return { files: await keyFiles(session, folders, kid), fetch: undefined }
}

async function getKeys(session: Session, { from }: KeysParams): Promise<KeysResult> {
  if ('file' in from) return readKeys(session, from.file)
  return { problem: 'No' }
}

/**
 * Asks the client to write the value of the token into the matcher that it nearly matched.
 * @returns whether it was written
 */
async function writeValue(session: Session, params: WriteParams): Promise<boolean> {
  const question = questionOf(session, params)
  if ('refusal' in question) return false
  const meant = meantOf(await allAnswers(question), params.rule)
  const step = meant?.check.steps.find(({ step, claim, result }) => {
    return result === 'fail' && step === params.step && claim === params.claim
  })
  const exact = step && exactValue(step, question.token.claims)
  const file = exact && meant && fileOf(meant, exact.node)
  // Somebody may have typed meanwhile: then the places are those of another text.
  if (!exact || !file || session.workspace.file(file.uri) !== file) return false
  const edits = writeExactly(exact, file)
  const edit = edits && session.convert.workspaceEdit(edits)
  return edit !== undefined && (await session.connection.workspace.applyEdit(edit)).applied
}

/** A rule for tokens like this one, as a document of its own. */
async function draft(session: Session, params: TokenParams): Promise<DraftResult> {
  const question = questionOf(session, params)
  if ('refusal' in question) return { problem: question.refusal }
  const rule = draftRule(question.token.claims, question.view)
  if (!rule) return { problem: 'No rule can admit this token: it needs `sub`, a text that is not empty' }
  return { text: `${JSON.stringify(rule, null, 2)}\n` }
}

function questionOf(session: Session, params: CheckParams): Question | { refusal: string } {
  const decoded = decode(params.token)
  if (!decoded.ok) return { refusal: notAToken(decoded.reason).message }
  const { now, evaluate } = session.runtime
  return {
    text: params.token,
    token: decoded.token,
    view: session.workspace.view(),
    means: { now: now(), evaluate, jwks: params.keys },
  }
}

function allAnswers(question: Question): Promise<Answer[]> {
  return mapBounded(question.view.rules(), rule => answerOf(question, rule, false), AT_A_TIME)
}

/** @param always whether to evaluate the condition also of a rule that denies the token for another reason */
async function answerOf(
  { text, token, view, means }: Question,
  rule: FederationRule,
  always: boolean,
): Promise<Answer> {
  const issuer = issuerOf(view, rule)
  // Clusters share their issuer's name, not their keys: an issuer's own keys go before those that somebody chose.
  const jwks = issuer?.keySource === 'inline' ? undefined : means.jwks
  const without = always ? undefined : await checkToken(text, token, issuer, rule, { now: means.now, jwks })
  const check =
    without && (without.verdict === 'denied' || !rule.condition)
      ? without
      : await checkToken(text, token, issuer, rule, { ...means, jwks })
  return { rule, issuer, check }
}

const RANK = { admitted: 0, unknown: 1, denied: 2 }

/** The rule that the token is meant for: the one that is named, else the one that comes nearest to admitting it. */
function meantOf(answers: readonly Answer[], ref: RuleRef | undefined): Answer | undefined {
  return (ref && answers.find(({ rule }) => isMeant(rule, ref))) ?? nearest(answers)
}

function isMeant({ file, node }: FederationRule, ref: RuleRef): boolean {
  if (file.uri !== uriKey(ref.uri)) return false
  if ('index' in ref) return file.rules[ref.index]?.node === node
  return node.start <= ref.offset && ref.offset <= node.end
}

function nearest(answers: readonly Answer[]): Answer | undefined {
  const rank = ({ check: { verdict, steps } }: Answer) =>
    RANK[verdict] * 100 + steps.filter(({ result }) => result === 'fail').length
  return answers.toSorted((a, b) => rank(a) - rank(b))[0]
}
