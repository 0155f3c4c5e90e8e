import { reportMalformed } from '../../lint/malformed.ts'
import { rule } from '../../lint/rule.ts'
import { githubActions } from '../../wif/providers/github-actions.ts'

export const githubSubjectSyntax = rule({
  id: 'match/github-subject-syntax',
  title: 'Subject is not one that GitHub Actions writes',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: ['match/inner-wildcard', 'match/malformed-string', 'match/missing-wildcard'],
  check(file, report, view) {
    reportMalformed(file, view, report, provider => provider === githubActions, endsInOtherClaims)
  },
})

/** A customised subject goes on after the environment, whose name the colons may belong to. */
function endsInOtherClaims(_: string, suggestion: string | undefined): boolean {
  const { segments } = githubActions.subject.read(suggestion ?? '')
  return segments.at(-1)?.name !== 'environment' && segments.some(s => s.name === 'environment')
}
