import type { Location } from 'vscode-languageserver'
import { label, type Node } from '../syntax/node.ts'
import { checkToken, type TokenCheck, tokenKind } from '../token/check.ts'
import { decode } from '../token/decode.ts'
import { notAToken } from '../token/findings.ts'
import { treeOf, type WifFile } from '../wif/entity.ts'
import type { FederationIssuer } from '../wif/issuer.ts'
import { issuerOf } from '../wif/pairing.ts'
import { type FederationRule, ruleTitle } from '../wif/rule.ts'
import type { Session } from './session.ts'
import type { CheckedRule, CheckTokenParams, CheckTokenResult } from './token-protocol.ts'
import { uriKey } from './uri.ts'

/** Checks a token against every rule of the workspace. What was pasted goes nowhere but into the answer. */
export async function checkTokenHere(
  session: Session,
  { token: text, at }: CheckTokenParams,
): Promise<CheckTokenResult> {
  const decoded = decode(text)
  if (!decoded.ok) return { refusal: notAToken(decoded.reason).message }
  const { token } = decoded
  const { workspace, runtime } = session
  const view = workspace.view()
  const means = { now: runtime.now(), evaluate: runtime.evaluate }
  const checked: CheckedRule[] = []
  // One after the other: each condition is evaluated in a process of its own.
  for (const rule of view.rules()) {
    const issuer = issuerOf(view, rule)
    checked.push(checkedRule(session, rule, issuer, await checkToken(text, token, issuer, rule, means)))
  }
  return {
    report: {
      kind: tokenKind(token),
      size: token.size,
      now: means.now,
      header: token.header,
      claims: token.claims,
      rules: checked,
      meant: meant(view.rules(), checked, at),
    },
  }
}

/** Of `rules` the one at a place, else the first that comes nearest to admitting. */
function meant(
  rules: readonly FederationRule[],
  checked: readonly CheckedRule[],
  at: CheckTokenParams['at'],
): number | undefined {
  if (at) {
    const key = uriKey(at.uri)
    const there = rules.findIndex(
      ({ file, node }) => file.uri === key && node.start <= at.offset && at.offset <= node.end,
    )
    if (there >= 0) return there
  }
  const failures = checked.map(({ steps }) => steps.filter(({ result }) => result === 'fail').length)
  return failures.length === 0 ? undefined : failures.indexOf(Math.min(...failures))
}

function checkedRule(
  session: Session,
  rule: FederationRule,
  issuer: FederationIssuer | undefined,
  { verdict, reason, steps, findings }: TokenCheck,
): CheckedRule {
  const placeIn = (node: Node) => {
    const file = issuer && treeOf(issuer.file, node) ? issuer.file : rule.file
    return placeOf(session, file, node)
  }
  return {
    title: ruleTitle(rule),
    place: placeOf(session, rule.file, rule.name ?? rule.node),
    verdict,
    ...(reason && { reason }),
    steps: steps.map(({ step, result, message, at }) => ({
      step,
      result,
      message,
      place: at && placeIn(at),
    })),
    notes: findings
      .filter(({ step }) => !step)
      .map(({ rule: id, severity, message }) => ({ rule: id, severity, message })),
  }
}

/** Where a node is, as the client spells it. */
function placeOf({ documents, convert }: Session, file: WifFile, node: Node): Location {
  return { uri: documents.get(file.uri)?.uri ?? file.uri, range: convert.range(file, label(node)) }
}
