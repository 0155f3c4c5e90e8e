/** The answers of a token check, as they travel to the client. */
import type { Location } from 'vscode-languageserver'
import type { Step } from '../decide/decide.ts'
import { exactValue } from '../features/token-edit.ts'
import { label, type Node, type Range } from '../syntax/node.ts'
import { valueRange } from '../syntax/scalar.ts'
import type { DecodedToken } from '../token/decode.ts'
import type { TokenFinding } from '../token/findings.ts'
import { treeOf, type WifFile } from '../wif/entity.ts'
import { ruleTitle } from '../wif/rule.ts'
import type { Session } from './session.ts'
import type { Answer } from './token-answers.ts'
import { knownIds } from './token-exchange.ts'
import type { CheckedRule, CheckedStep, Note, Page, RuleLine } from './token-protocol.ts'

const DECISIVE = { admitted: undefined, denied: 'fail', unknown: 'unknown' } as const
const PART_RESULTS = new Map<unknown, Step['result']>([
  [true, 'pass'],
  [false, 'fail'],
  ['error', 'fail'],
])

/** What a rule would make of the token, in a line. */
export function ruleLine(session: Session, { rule, check }: Answer): RuleLine {
  const { verdict, reason, steps } = check
  const decisive = steps.find(({ result }) => result === DECISIVE[verdict])
  return {
    ref: { uri: rule.file.uri, index: rule.file.rules.indexOf(rule) },
    title: ruleTitle(rule),
    place: placeOf(session, rule.file, label(rule.name ?? rule.node)),
    verdict,
    ...(reason && { reason }),
    message: decisive?.message,
  }
}

/** What a rule would make of the token, step by step. */
export function checkedRule(session: Session, answer: Answer, { claims }: DecodedToken): CheckedRule {
  const { steps, findings } = answer.check
  return {
    ...ruleLine(session, answer),
    ids: knownIds(session.workspace.view(), answer.rule),
    steps: steps.map(step => {
      const { result, message, claim, at } = step
      return {
        step: step.step,
        result,
        message,
        ...(claim !== undefined && { claim }),
        place: at && placeOf(session, fileOf(answer, at), label(at)),
        page: pageOf(session, findings.find(finding => isAbout(finding, step))?.rule),
        compare: compareOf(step, claims),
        write: exactValue(step, claims)?.value,
        parts: partsOf(session, answer, step),
      }
    }),
  }
}

function compareOf(
  { claim, at: node, nearMiss }: Step,
  claims: DecodedToken['claims'],
): CheckedStep['compare'] {
  const token = claim === undefined ? undefined : claims[claim]
  if (node?.type !== 'string' || typeof token !== 'string' || nearMiss?.at === undefined) return undefined
  return { token, wanted: node.value, at: nearMiss.at, hint: nearMiss.hint }
}

function isAbout({ step }: TokenFinding, { step: name, reason, claim }: Step): boolean {
  return step?.step === name && step.reason === reason && step.claim === claim
}

function partsOf(session: Session, { rule }: Answer, { parts = [] }: Step): CheckedStep['parts'] {
  const { condition, file } = rule
  if (!condition) return []
  return parts.map(({ start, end, result, message }) => ({
    text: condition.value.slice(start, end),
    result: PART_RESULTS.get(result) ?? 'unknown',
    message,
    place: placeOf(session, file, valueRange(file.text, condition, start, end)),
  }))
}

/** What there is to say besides the steps. */
export function note(session: Session, { rule, severity, message }: TokenFinding): Note {
  return { severity, message, page: pageOf(session, rule) }
}

/** The file of a node that decided: the issuer's or the rule's. */
export function fileOf({ rule, issuer }: Pick<Answer, 'rule' | 'issuer'>, node: Node): WifFile {
  return issuer && treeOf(issuer.file, node) ? issuer.file : rule.file
}

function pageOf({ runtime }: Session, rule: string | undefined): Page | undefined {
  const uri = rule === undefined ? undefined : runtime.pageUri(rule)
  return rule !== undefined && uri !== undefined ? { rule, uri } : undefined
}

/** Where a range of a file is, as the client spells it. */
function placeOf({ documents, convert }: Session, file: WifFile, range: Range): Location {
  return { uri: documents.get(file.uri)?.uri ?? file.uri, range: convert.range(file, range) }
}
