import { awsSts } from '../../wif/providers/aws-sts.ts'
import { bitbucket } from '../../wif/providers/bitbucket.ts'
import { buildkite } from '../../wif/providers/buildkite.ts'
import { circleci } from '../../wif/providers/circleci.ts'
import { entraV1, entraV2 } from '../../wif/providers/entra.ts'
import { githubActions } from '../../wif/providers/github-actions.ts'
import { google } from '../../wif/providers/google.ts'
import { hcpTerraform } from '../../wif/providers/hcp-terraform.ts'
import type { Provider } from '../../wif/providers/provider.ts'
import { DEFAULT_AUDIENCE } from '../../wif/rule.ts'

/** How a rule for one workload of a provider matches, with `<...>` for what people fill in. */
export interface Template {
  subject: string
  audience: string
  /** Instead of the subject, or beside it. */
  claims?: Record<string, string>
  /** The claims tell the workload better than the subject does. */
  byClaims?: true
}

/**
 * Where the usual shape of a subject is not what to match: it holds what changes on every run, or the workload is
 * better told by a claim (the providers' own documentation, as in `wif/providers`).
 */
const OWN: Record<string, Partial<Template>> = {
  [awsSts.id]: { subject: 'arn:aws:iam::<account>:role/<role name>' },
  // Subjects of repositories made since July 2026 hold ids, those of older ones do not: these claims are in both.
  [githubActions.id]: {
    subject: 'repo:<owner>/<repository>:ref:refs/heads/<branch>',
    claims: {
      repository: '<owner>/<repository>',
      repository_id: '<repository id>',
      ref: 'refs/heads/<branch>',
    },
    byClaims: true,
  },
  [buildkite.id]: {
    subject: 'organization:<organization>:pipeline:<pipeline>:*',
    claims: { build_branch: '<branch>' },
  },
  [bitbucket.id]: { subject: '{<repository uuid>}:{<deployment environment uuid>}:*' },
  // The subject ends with whoever started the pipeline.
  [circleci.id]: {
    subject: 'org/<organization id>/project/<project id>/*',
    claims: {
      'oidc.circleci.com/project-id': '<project id>',
      'oidc.circleci.com/vcs-ref': 'refs/heads/<branch>',
    },
    byClaims: true,
  },
  [hcpTerraform.id]: {
    subject: 'organization:<organization>:project:<project>:workspace:<workspace>:run_phase:apply',
  },
  [google.id]: { claims: { email: '<name>@<project>.iam.gserviceaccount.com' } },
  [entraV2.id]: { audience: '<application id>' },
  [entraV1.id]: { audience: 'api://<application id>' },
}

export function templateOf({ id, subject }: Provider): Template {
  return { subject: subject.shape, audience: DEFAULT_AUDIENCE, ...OWN[id] }
}
