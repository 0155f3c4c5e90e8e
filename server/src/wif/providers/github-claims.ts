import { text } from './claim.ts'
import type { ClaimInfo } from './provider.ts'
import { notBefore, standardClaims, tokenId } from './standard-claims.ts'
import { digits, fullName, shortRef, singleName, wholeRef, words, workflowRef } from './value-forms.ts'

/**
 * Claims of a GitHub Actions token; every one of them is a string. Sources: GitHub docs "OpenID Connect
 * reference", section "OIDC token claims", and `claims_supported` of the discovery document. Custom
 * properties come on top as `repo_property_<name>`. `head_ref` and `base_ref` are empty, not absent,
 * outside pull requests.
 */
const run = { volatile: true } as const

export const githubClaims: Record<string, ClaimInfo> = {
  ...standardClaims,
  nbf: notBefore,
  jti: tokenId,
  repository_owner: text('Organization or user that owns the repository.', {
    pins: 'tenant',
    form: singleName,
  }),
  repository_owner_id: text('Id of the owner; stays the same when the name changes hands.', {
    pins: 'tenant',
    form: digits,
  }),
  repository: text('Repository as `owner/name`.', { pins: 'project', alsoPins: ['tenant'], form: fullName }),
  repository_id: text('Id of the repository; stays the same when it is renamed.', {
    pins: 'project',
    alsoPins: ['tenant'],
    form: digits,
  }),
  repository_visibility: text('`public`, `private` or `internal`.', {
    form: words('public', 'private', 'internal'),
  }),
  ref: text('Git ref the run is for: `refs/heads/main`, `refs/tags/v1`, `refs/pull/1/merge`.', {
    pins: 'workload',
    form: wholeRef,
  }),
  ref_type: text('`branch` or `tag`.', { form: words('branch', 'tag') }),
  ref_protected: text('`true` when the ref has protection rules; a string.', {
    pins: 'workload',
    form: words('true', 'false'),
  }),
  environment: text('Environment of the job; its protection rules decide who may run it.', {
    pins: 'workload',
    optional: true,
  }),
  environment_node_id: text('Id of the environment.', { pins: 'workload', optional: true }),
  job_workflow_ref: text('Workflow file of the job with its ref; the called file for a reusable workflow.', {
    pins: 'workload',
    form: workflowRef,
  }),
  job_workflow_sha: text('Commit of the workflow file in `job_workflow_ref`.', { pins: 'workload' }),
  workflow_ref: text('Workflow file of the run with its ref: `owner/name/.github/workflows/x.yml@ref`.', {
    pins: 'workload',
    alsoPins: ['tenant', 'project'],
    form: workflowRef,
  }),
  workflow_sha: text('Commit of the workflow file in `workflow_ref`.'),
  workflow: text('Display name of the workflow.', {
    callerControlled: 'any workflow file on any branch can take that name',
  }),
  event_name: text('Event that started the run.', {
    callerControlled: 'whoever starts the run picks the event',
  }),
  actor: text('Account that started the run.', {
    callerControlled: 'it names whoever started the run, not what runs',
  }),
  actor_id: text('Id of the account that started the run.', {
    callerControlled: 'it names whoever started the run, not what runs',
  }),
  head_ref: text('Source branch of the pull request; empty for other events.', {
    callerControlled: 'the author of the pull request names the branch',
    form: shortRef,
  }),
  base_ref: text('Target branch of the pull request; empty for other events.', {
    callerControlled: 'the author of the pull request picks the target',
    form: shortRef,
  }),
  runner_environment: text('`github-hosted` or `self-hosted`.', {
    form: words('github-hosted', 'self-hosted'),
  }),
  enterprise: text('Enterprise that the repository belongs to.', { pins: 'tenant', optional: true }),
  enterprise_id: text('Id of the enterprise.', { pins: 'tenant', optional: true }),
  issuer_scope: text('Whether the issuer is that of an enterprise.', { optional: true }),
  sha: text('Commit the run is for.', run),
  run_id: text('Id of the run.', run),
  run_number: text('How many times this workflow has run.', run),
  run_attempt: text('How many times this run has been tried.', run),
  check_run_id: text('Id of the check run of the job.', run),
}
