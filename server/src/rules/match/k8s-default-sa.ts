import { namingFixes } from '../../lint/narrow.ts'
import { rule } from '../../lint/rule.ts'
import { subjects } from '../../lint/subjects.ts'
import { isKubernetes } from '../../wif/providers/index.ts'

export const k8sDefaultSa = rule({
  id: 'match/k8s-default-sa',
  title: "Subject is a namespace's default service account",
  class: 'over-broad',
  since: '0.1.0',
  check(file, report, view) {
    for (const read of subjects(file, view)) {
      const [namespace, account] = read.reading.segments
      if (!isKubernetes(read.provider) || read.prefix || account?.text !== 'default') continue
      const message = `Every pod in namespace "${namespace?.text}" that names no service account runs as "default", so all of them match`
      const upToName = { ...read, literal: read.literal.slice(0, account.start) }
      report(read.at, message, { fixes: namingFixes(upToName) })
    }
  },
})
