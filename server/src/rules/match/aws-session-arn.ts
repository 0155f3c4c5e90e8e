import { rule } from '../../lint/rule.ts'
import { awsSts } from '../../wif/providers/aws-sts.ts'
import { subjectPattern } from '../../wif/subject.ts'

/** What AWS calls a caller elsewhere: sessions, unique ids, and principals that are no role. */
const NOT_A_ROLE =
  /^arn:[^:]*:(sts|iam):[^:]*:[^:]*:(assumed-role|federated-user|instance-profile)\/|^A(ROA|IDA|SIA)[A-Z0-9]{8,}/

export const awsSessionArn = rule({
  id: 'match/aws-session-arn',
  title: 'Subject is an STS session ARN or a unique id, not a role ARN',
  class: 'exchange-fails',
  since: '0.1.0',
  check(file, report) {
    for (const { subject } of file.rules) {
      if (!subject || !NOT_A_ROLE.test(subject.value)) continue
      const { literal } = subjectPattern(subject.value)
      const to = awsSts.subject.read(literal).problem?.suggestion
      const what = to ? 'not that of a session; if the role has a path, add it' : 'never this form'
      report(subject, `STS tokens carry the ARN of the IAM role in \`sub\`, ${what}`, {
        fixes: to ? [{ title: `Match the role "${to}"`, safe: false, edits: [{ set: subject, to }] }] : [],
      })
    }
  },
})
