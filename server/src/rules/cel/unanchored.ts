import { type ClaimFact, claim, claimFacts, quote } from '../../cel/index.ts'
import { withoutParentheses } from '../../lint/bare.ts'
import { beginsName, endsName, isIdentity } from '../../lint/boundary.ts'
import { claimType } from '../../lint/claim-type.ts'
import { conditionFix } from '../../lint/condition-edit.ts'
import { type Condition, conditions } from '../../lint/conditions.ts'
import { pinsBeside } from '../../lint/other-matchers.ts'
import { partOf } from '../../lint/part.ts'
import { anchors, dots, isBounded, openSides, type Slip } from '../../lint/patterns.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { claimAt } from '../../wif/claims.ts'
import { isPlaceholder } from '../../wif/placeholder.ts'
import { subjectPattern } from '../../wif/subject.ts'

export const unanchored = rule({
  id: 'cel/unanchored',
  title: 'Text comparison that lets more through than it names',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const condition of conditions(file, view)) {
      for (const found of claimFacts(condition.facts)) {
        const fact = { ...found, ...withoutParentheses(condition.source, found) }
        const slip = isSettled(fact, condition)
          ? undefined
          : (looseness(fact, condition) ?? dots(fact, condition))
        if (!slip) continue
        const beside = pinsBeside(condition, fact.start, fact.end)
        report(partOf(condition.rule, condition.node, fact), slip.message, {
          ...(beside.tenant && beside.project && beside.workload && { severity: 'info' }),
          fixes: slip.fixes,
        })
      }
    }
  },
})

/** Whether the claim is asked for exactly elsewhere, or the text is still to be filled in. */
function isSettled(fact: ClaimFact, { rule, facts, provider }: Condition): boolean {
  const type = claimType(provider, fact.path)
  // Then it is cel/type-mismatch.
  if (type !== undefined && type !== 'string') return true
  const name = fact.path.join('\n')
  const { subject, claims } = rule
  if (name === 'sub' && subject && !subjectPattern(subject.value).prefix) return true
  if (claims?.properties.some(({ key }) => key.value === name)) return true
  if (facts.some(f => (f.kind === 'equals' || f.kind === 'in') && f.path.join('\n') === name)) return true
  return isPlaceholder(fact.pattern?.source ?? fact.values.join(' '))
}

function looseness(fact: ClaimFact, condition: Condition): Slip | undefined {
  const { provider } = condition
  const { kind, path, pattern } = fact
  const texts = fact.values.filter(value => typeof value === 'string')
  // All that pass anyway are cel/tautology.
  if (texts.includes('')) return undefined
  const identity = isIdentity(provider, path)
  const atStart = texts.find(text => !endsName(provider, path, text))
  const atEnd = texts.find(text => !beginsName(provider, path, text))
  const anchored = anchors(fact, condition)
  if (kind === 'startsWith' && identity && atStart !== undefined) {
    const fixes = [...anchored, ...whole(fact, atStart, condition)]
    return { message: passes(fact, `${atStart}${more(atStart)}`), fixes }
  }
  if (kind === 'endsWith' && identity && atEnd !== undefined) {
    const fixes = [...anchored, ...boundary(fact, atEnd, condition)]
    const name = path.join() === 'email' ? 'someone@evil' : 'evil'
    return { message: passes(fact, `${name}-${atEnd}`), fixes }
  }
  if (kind === 'contains' && texts[0] !== undefined) {
    const fixes = [...anchored, ...whole(fact, texts[0], condition)]
    return { message: passes(fact, `evil-${texts[0]}-evil`), fixes }
  }
  if (kind === 'matches' && pattern && !isBounded(pattern)) {
    const message = `\`matches\` finds the pattern anywhere in the text, so more may stand ${openSides(pattern)}`
    return { message, fixes: anchored }
  }
  return undefined
}

function passes({ kind, pattern }: ClaimFact, example: string): string {
  const method = pattern ? 'matches' : kind
  const open = { startsWith: 'behind', endsWith: 'before', contains: 'around' }[kind as 'contains']
  return `\`${method}\` lets anything stand ${open} the text: "${example}" passes too`
}

/** What a stranger's name could go on with: digits where it is a number, else a word. */
function more(text: string): string {
  return /(?:^|[:/@])\d+$/.test(text) ? '0' : '-evil'
}

// --- fixes -------------------------------------------------------------------------------------------------

function rewrite({ start, end }: ClaimFact, text: string, { rule, node }: Condition): Fix {
  return conditionFix(rule, node, { title: `Write \`${text}\``, start, end, text })
}

/** The text as all of the claim, or up to the end of a name. */
function whole(fact: ClaimFact, text: string, condition: Condition): Fix[] {
  if (fact.values.length > 1) return []
  const { provider } = condition
  const { path, kind } = fact
  const isSubject = path.join() === 'sub'
  const reading = isSubject ? provider?.subject.read(text) : undefined
  if (reading?.problem) return []
  const exact = rewrite(fact, `${claim(path)} == ${quote(text)}`, condition)
  const separators = isSubject
    ? (provider?.subject.separators ?? '')
    : path.join() === 'repository'
      ? '/'
      : ''
  const closed = [...separators]
    .map(separator => text + separator)
    .find(longer => endsAbove(condition, path, longer))
  const ended =
    closed === undefined ? [] : [rewrite(fact, `${claim(path)}.startsWith(${quote(closed)})`, condition)]
  const begins = kind === 'contains' && isSubject && provider && endsName(provider, path, text)
  const started = begins ? [rewrite(fact, `${claim(path)}.startsWith(${quote(text)})`, condition)] : []
  return [...(isWholeValue(path, text, condition) ? [exact] : []), ...started, ...ended]
}

/** Whether `text` may be all of the claim. */
function isWholeValue(path: string[], text: string, { provider }: Condition): boolean {
  const name = path.join('\n')
  if (name === 'sub') return provider?.subject.read(text).complete === true
  if (name === 'repository') return /^[^/]+\/[^/]+$/.test(text)
  if (name === 'email') return /^[^@]+@[^@]+$/.test(text)
  if (name === 'ref') return text.startsWith('refs/')
  const claim = provider && claimAt(provider, path)
  return claim === undefined || claim.alsoPins === undefined
}

/** Whether `text` ends the name of a tenant or a project. */
function endsAbove({ provider }: Condition, path: string[], text: string): boolean {
  if (path.join() !== 'sub') return text.split('/').length === 2
  const reading = provider?.subject.read(text)
  const last = reading?.segments.at(-1)
  return !reading?.problem && last?.closed === true && last.level !== 'workload'
}

function boundary(fact: ClaimFact, text: string, condition: Condition): Fix[] {
  const { path } = fact
  const sign = { email: '@', ref: '/', repository: '/' }[path.join()]
  if (sign === undefined || fact.values.length > 1) return []
  return [rewrite(fact, `${claim(path)}.endsWith(${quote(sign + text)})`, condition)]
}
