import { reportMalformed } from '../../lint/malformed.ts'
import { type Fix, rule } from '../../lint/rule.ts'
import { subjects } from '../../lint/subjects.ts'
import type { SubjectReading } from '../../wif/providers/provider.ts'

/** Where IAM Identity Center puts the roles it makes (IAM Identity Center user guide, permission sets). */
const SSO_PATH = 'aws-reserved/sso.amazonaws.com/'

export const awsArnMalformed = rule({
  id: 'match/aws-arn-malformed',
  title: 'Subject is not an ARN that STS puts into tokens',
  class: 'exchange-fails',
  since: '0.1.0',
  yieldsTo: [
    'match/aws-session-arn',
    'match/inner-wildcard',
    'match/malformed-string',
    'match/missing-wildcard',
  ],
  check(file, report, view) {
    reportMalformed(file, view, report, provider => provider.id === 'aws-sts')

    for (const { at, literal, provider, reading, exactly, prefix } of subjects(file, view)) {
      if (provider.id !== 'aws-sts' || reading.problem) continue
      if (isRoot(reading)) {
        const message =
          'This is the root user of the account, and no workload should act as root: name a role'
        report(at, message, { severity: 'warning' })
      } else if (lacksSsoPath(reading)) {
        const message = `Roles of IAM Identity Center carry their path in the subject: \`${SSO_PATH}\`, and the region of the identity source unless it is us-east-1`
        const name = literal.lastIndexOf('/') + 1
        const completed = (path: string): Fix => {
          const to = literal.slice(0, name) + path + literal.slice(name) + (prefix ? '*' : '')
          return { title: `Write "${to}"`, safe: false, edits: [exactly(to)] }
        }
        const fixes = [completed(SSO_PATH), completed(`${SSO_PATH}<region>/`)]
        report(at, message, { severity: 'warning', fixes })
      }
    }
  },
})

function isRoot({ segments }: SubjectReading): boolean {
  return segments.at(-1)?.name === 'root user'
}

function lacksSsoPath({ segments }: SubjectReading): boolean {
  return segments.length === 2 && segments[1]?.text.startsWith('AWSReservedSSO_') === true
}
