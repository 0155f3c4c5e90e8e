import { askedClaims } from '../../lint/asked.ts'
import { upToRepository } from '../../lint/github.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { subjects } from '../../lint/subjects.ts'
import { providerOf } from '../../wif/pairing.ts'

/** Events that anybody who can open a pull request or write a comment sets off, run on the default branch. */
const ON_DEFAULT_BRANCH = ['pull_request_target', 'issue_comment', 'workflow_run']

export const githubPullRequest = rule({
  id: 'match/github-pull-request',
  title: 'Runs of pull requests match',
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const { at, literal, provider, reading, exactly } of subjects(file, view)) {
      if (provider.id !== 'github-actions' || reading.problem) continue
      const run = reading.segments.find(s => s.name === 'pull_request' || s.text.startsWith('refs/pull/'))
      if (!run) continue
      const repository = upToRepository(literal, reading)
      const to = `${repository}environment:<environment>`
      const fixes: Fix[] = repository ? [{ title: `Match "${to}"`, safe: false, edits: [exactly(to)] }] : []
      report(at, UNREVIEWED, { fixes })
    }

    for (const federationRule of file.rules) {
      if (providerOf(view, federationRule)?.id !== 'github-actions') continue
      for (const { path, values, at, node, entry } of askedClaims(federationRule)) {
        const name = path.join('.')
        const value = values.map(String).find(v => (name === 'ref' ? v.startsWith('refs/pull/') : isOpen(v)))
        if (value === undefined || (name !== 'ref' && name !== 'event_name')) continue
        const to = name === 'ref' ? 'refs/heads/main' : 'push'
        const message = ON_DEFAULT_BRANCH.includes(value)
          ? `\`${value}\` runs start on the default branch whoever set them off, so a branch pin does not keep them out`
          : UNREVIEWED
        const fixes = entry
          ? [{ title: `Match \`${name}\` "${to}"`, safe: false, edits: [{ set: node, to }] }]
          : []
        report(at, message, { fixes })
      }
    }
  },
})

const UNREVIEWED =
  'Pull request runs execute code that nobody has reviewed: whoever can push a branch to the repository can obtain a Claude token'

function isOpen(event: string): boolean {
  return event === 'pull_request' || ON_DEFAULT_BRANCH.includes(event)
}
