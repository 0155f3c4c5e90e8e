import { entraV1, entraV2 } from '../../wif/providers/entra.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'

/** How a rule for one workload of a provider begins, with `<...>` for what people fill in. */
export interface Template {
  subject: string
  audience: string
  claims?: Record<string, string>
}

/**
 * Where the usual shape of a subject is not what to match: it holds what changes on every run, or the workload is
 * better told by a claim (the providers' own documentation, as in `wif/providers`).
 */
const OWN: Record<string, Partial<Template>> = {
  'aws-sts': { subject: 'arn:aws:iam::<account>:role/<role name>' },
  'github-actions': { subject: 'repo:<owner>/<repository>:ref:refs/heads/<branch>' },
  buildkite: {
    subject: 'organization:<organization>:pipeline:<pipeline>:*',
    claims: { build_branch: '<branch>' },
  },
  bitbucket: { subject: '{<repository uuid>}:{<deployment environment uuid>}:*' },
  circleci: { subject: 'org/<organization id>/project/<project id>/*' },
  'hcp-terraform': {
    subject: 'organization:<organization>:project:<project>:workspace:<workspace>:run_phase:apply',
  },
  google: { claims: { email: '<name>@<project>.iam.gserviceaccount.com' } },
  [entraV2.id]: { audience: '<application id>' },
  [entraV1.id]: { audience: 'api://<application id>' },
}

export function templateOf({ id, subject }: Provider): Template {
  return { subject: subject.shape, audience: DEFAULT_AUDIENCE, ...OWN[id] }
}
