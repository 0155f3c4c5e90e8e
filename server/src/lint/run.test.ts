import { expect, test } from 'vitest'
import { readWifFile } from '../wif/file.ts'
import { viewOf } from '../wif/view.ts'
import { type LintRule, rule } from './rule.ts'
import { lint } from './run.ts'

/** Lints an issuer by these rules: what is found, as "severity rule". */
function found(...rules: LintRule[]): string[] {
  const file = readWifFile(
    'file:///i.json',
    '{"name": "n", "issuer_url": "https://x.example", "id": "fdis_01"}',
    'json',
  )
  return lint(file, rules, viewOf([file])).map(f => `${f.severity} ${f.rule}`)
}

/** A rule that reports the issuer's name. */
function naming(id: string, ruleClass: LintRule['class'], more: Partial<LintRule> = {}): LintRule {
  return rule({
    id,
    title: id,
    class: ruleClass,
    since: '0.1.0',
    check(file, report) {
      for (const { name } of file.issuers) if (name) report(name, 'here')
    },
    ...more,
  })
}

test('the severity follows from the class', () => {
  expect(found(naming('a/a', 'service-rejects'))).toEqual(['error a/a'])
  expect(found(naming('a/a', 'unreliable'))).toEqual(['warning a/a'])
  expect(found(naming('a/a', 'hygiene'))).toEqual(['info a/a'])
})

test('what can never match is not also too wide; what is merely unreliable is said beside', () => {
  const error = naming('a/error', 'exchange-fails')
  expect(found(error, naming('a/wide', 'over-broad'), naming('a/nice', 'hygiene'))).toEqual(['error a/error'])
  expect(found(error, naming('a/later', 'unreliable'))).toEqual(['error a/error', 'warning a/later'])
})

test('a rule is silent where one it yields to has spoken', () => {
  const general = naming('a/general', 'exchange-fails', { yieldsTo: ['a/exact'] })
  expect(found(general, naming('a/exact', 'exchange-fails'))).toEqual(['error a/exact'])
  expect(found(general)).toEqual(['error a/general'])
})

test('a rule that throws does not take the others along, and is not silent', () => {
  const broken = naming('a/broken', 'hygiene', {
    check() {
      throw new TypeError('no')
    },
  })
  expect(found(broken, naming('a/fine', 'hygiene'))).toEqual(['warning a/broken', 'info a/fine'])
})
