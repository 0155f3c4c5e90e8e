import { draftRule } from '../features/token-draft.ts'
import { writeExactly } from '../features/token-edit.ts'
import { documentLike } from '../syntax/write.ts'
import { checkToken, tokenKind } from '../token/check.ts'
import { exactValue } from '../token/exact-value.ts'
import { tokenFindings } from '../token/findings.ts'
import type { KeyEndpoint } from '../token/key-endpoint.ts'
import { redactedReport } from '../token/redacted.ts'
import { type Answer, fileOf, tokenReport } from '../token/report.ts'
import { verify } from '../token/verify.ts'
import { issuerOf } from '../wif/pairing.ts'
import { ruleTitle } from '../wif/rule.ts'
import { answeringInSecret } from './answer.ts'
import type { Folders } from './folders.ts'
import type { Session } from './session.ts'
import { allAnswers, answerOf, isMeant, meantOf, type Question, questionOf } from './token-answers.ts'
import { knownIds, likelyReasons } from './token-exchange.ts'
import { dialed, endpointOf, fetchFrom, keyFiles, readKeys } from './token-keys.ts'
import {
  type CheckParams,
  type CheckResult,
  type DraftResult,
  type ExchangeParams,
  type ExchangeResult,
  type KeySources,
  type KeysParams,
  type KeysResult,
  type RuleRef,
  TOKEN_REQUESTS,
  type TokenParams,
  type WriteParams,
} from './token-protocol.ts'
import { onTheWire } from './token-wire.ts'

/** Answers the requests about tokens. */
export function listenForTokens(session: Session, folders: Folders, ready: () => Promise<void>): void {
  const { connection } = session
  const answer = answeringInSecret(session, ready)
  const { check, keySources, keys, write, draft: drafting, exchange: exchanging } = TOKEN_REQUESTS
  connection.onRequest<CheckResult, void>(check, answer(check, checkPasted))
  connection.onRequest<KeySources, void>(
    keySources,
    answer(keySources, (_, params: TokenParams) => sourcesOf(session, folders.all(), params)),
  )
  connection.onRequest<KeysResult, void>(keys, answer(keys, getKeys))
  connection.onRequest<boolean, void>(write, answer(write, writeValue))
  connection.onRequest<DraftResult, void>(drafting, answer(drafting, draft))
  connection.onRequest<ExchangeResult, void>(exchanging, answer(exchanging, exchange))
}

/** Checks a token against every rule of the workspace. What was pasted goes nowhere but into the answer. */
async function checkPasted(session: Session, params: CheckParams): Promise<CheckResult> {
  const question = questionOf(session, params)
  if ('refusal' in question) return question
  const { token, means, view } = question
  const answers = await allAnswers(question)
  const meant = meantOf(answers, params.rule)
  // Its condition is evaluated even if something else denies the token: a person wants to see everything.
  const full = meant && (await answerOf(question, meant.rule, true))
  const signature = full || !means.jwks ? undefined : await verify(question.text, means.jwks)
  const findings =
    full?.check.findings ?? tokenFindings(token, { now: means.now, ...(signature && { signature }) })
  const named = ({ rule, check }: Answer) => ({ title: ruleTitle(rule), check })
  const { now } = means
  const report = onTheWire(session, tokenReport({ token, now, meant: full, answers, findings }), answers)
  const redacted = redactedReport({
    ...{ kind: tokenKind(token), token, now, findings },
    meant: full && named(full),
    rules: answers.map(named),
  })
  const ids = full && knownIds(view, full.rule)
  return { report: { ...report, rule: report.rule && ids && { ...report.rule, ids }, redacted } }
}

/** Where the keys for a token may come from. */
async function sourcesOf(
  session: Session,
  folders: readonly string[],
  params: TokenParams,
): Promise<KeySources> {
  const question = questionOf(session, params)
  if ('refusal' in question) return { files: [], fetch: undefined }
  const endpoint = session.runtime.fetchKeys && keyEndpoint(question, params.rule)
  return {
    files: await keyFiles(session, folders, question.token.header.kid),
    fetch: endpoint && dialed(endpoint),
  }
}

async function getKeys(session: Session, params: KeysParams): Promise<KeysResult> {
  if ('file' in params.from) return readKeys(session, params.from.file)
  const question = questionOf(session, params)
  if ('refusal' in question) return { problem: question.refusal }
  return fetchFrom(session, keyEndpoint(question, params.rule), params.from.hosts)
}

function keyEndpoint({ view, token }: Question, ref: RuleRef | undefined): KeyEndpoint | undefined {
  const rule = ref && view.rules().find(each => isMeant(each, ref))
  return endpointOf(rule && issuerOf(view, rule), token.claims)
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

/** A rule for tokens like this one, as a document of its own, written as the rule is that was asked about. */
async function draft(session: Session, params: TokenParams): Promise<DraftResult> {
  const question = questionOf(session, params)
  if ('refusal' in question) return { problem: question.refusal }
  const rule = draftRule(question.token.claims, question.view)
  if (!rule) return { problem: 'No rule can admit this token: it needs `sub`, a text that is not empty' }
  const like = question.view.rules().find(each => params.rule && isMeant(each, params.rule))
  return like?.tree.format === 'yaml'
    ? { text: documentLike(like.tree, rule), language: 'yaml' }
    : { text: `${JSON.stringify(rule, null, 2)}\n`, language: 'json' }
}

/** Exchanges a token for a person who has asked for just this, and says why it was most likely refused. */
async function exchange(session: Session, params: ExchangeParams): Promise<ExchangeResult> {
  const question = questionOf(session, params)
  const failed = (problem: string) => ({
    outcome: { is: 'failed' as const, problem, sent: false },
    reasons: [],
  })
  if ('refusal' in question) return failed(question.refusal)
  if (!session.runtime.exchange) return failed('This server has no network to exchange a token over')
  const outcome = await session.runtime.exchange(params.token, params.with)
  if (outcome.is !== 'refused') return { outcome, reasons: [] }
  const { ruleId, serviceAccountId, workspaceId } = params.with
  const { text, token, view, means } = question
  const [rule] = view.rulesById(ruleId)
  const issuer = rule && issuerOf(view, rule)
  const request = { serviceAccountId: serviceAccountId ?? null, workspaceId: workspaceId ?? null }
  const check = rule && (await checkToken(text, token, issuer, rule, { ...means, request }))
  return { outcome, reasons: likelyReasons(check, issuer, token) }
}
