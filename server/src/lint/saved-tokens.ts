import { asString, get, type StringNode, textAt, walk } from '../syntax/node.ts'
import { oncePer } from '../text/once-per.ts'
import { type Decoded, decode } from '../token/decode.ts'
import { notAToken, type TokenRule, tokenFindings } from '../token/findings.ts'
import type { WifFile } from '../wif/entity.ts'
import { issuerOf, pairingOf, realId } from '../wif/pairing.ts'
import { isPlaceholder } from '../wif/placeholder.ts'
import type { FederationRule } from '../wif/rule.ts'
import { TOKEN } from '../wif/variables.ts'
import type { WorkspaceView } from '../wif/view.ts'
import { envVar } from '../wif/workload.ts'
import type { Report } from './rule.ts'

/** A text in a file, at a place where an identity token is meant to be. */
export interface SavedToken {
  node: StringNode
  decoded: Decoded
  /** The rule it is to be exchanged under, where an id says so. */
  rule: FederationRule | undefined
}

/**
 * The identity tokens in `file`: values of `ANTHROPIC_IDENTITY_TOKEN`, and the `assertion` of an exchange request.
 * JWTs anywhere else are no business of ours.
 */
export function savedTokens(file: WifFile, view: WorkspaceView): SavedToken[] {
  const inPods = new Map(
    file.workloads.flatMap(workload =>
      workload.containers.flatMap(container => {
        const node = envVar(container, TOKEN)?.value
        const pairing = pairingOf(view, workload, container)
        return node && pairing?.by === 'id' ? [[node, pairing.rule] as const] : []
      }),
    ),
  )
  return textsIn(file).map(({ node, ruleId, decoded }) => {
    const id = realId(ruleId)
    const [named, ...others] = id === undefined ? [] : view.rulesById(id)
    return { node, decoded, rule: others.length === 0 ? (named ?? inPods.get(node)) : undefined }
  })
}

/** Nearly all pods name the file of their token instead, in a variable whose name begins with the other's. */
const MENTION = new RegExp(`assertion|${TOKEN}(?!_FILE)`)

const textsIn = oncePer((file: WifFile) => {
  if (!MENTION.test(file.text)) return []
  return file.trees
    .flatMap(tree => [...walk(tree.root)])
    .flatMap(node => {
      const request = get(node, 'federation_rule_id') ? asString(get(node, 'assertion')) : undefined
      const variable =
        asString(get(node, TOKEN)) ??
        (textAt(node, 'name') === TOKEN ? asString(get(node, 'value')) : undefined)
      const text = request ?? variable
      if (!text || text.alias || text.value === '' || isPlaceholder(text.value)) return []
      return [
        { node: text, ruleId: request && textAt(node, 'federation_rule_id'), decoded: decode(text.value) },
      ]
    })
})

/**
 * Reports what `id` says of the tokens saved in `file`. The clock is not asked: a finding must not come and go by
 * itself. Conditions are not evaluated either.
 */
export function reportSaved(id: TokenRule, file: WifFile, report: Report, view: WorkspaceView): void {
  for (const { node, decoded, rule } of savedTokens(file, view)) {
    const issuer = rule && issuerOf(view, rule)
    const findings = decoded.ok ? tokenFindings(decoded.token, { issuer, rule }) : [notAToken(decoded.reason)]
    for (const { rule: found, severity, message, step } of findings) {
      if (found !== id) continue
      const decidedBy = step && ['audience', 'subject', 'claims'].includes(step.step) ? rule : issuer
      report(node, message, {
        // What a person pastes is forgiven; what a program reads is sent as it is.
        severity: found === 'token/not-a-jwt' ? 'error' : severity,
        related:
          step?.at && decidedBy ? [{ at: step.at, message: 'compared with this', file: decidedBy.file }] : [],
      })
    }
  }
}
