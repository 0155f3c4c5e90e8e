import { text } from './claim.ts'
import { compareIssuer, noPath } from './issuer-form.ts'
import type { Provider } from './provider.ts'
import { notBefore, standardClaims, tokenId } from './standard-claims.ts'
import { type Field, readFields } from './subject-fields.ts'
import { oneOf } from './value-checks.ts'
import { words } from './value-forms.ts'

/**
 * HCP Terraform. Source: Terraform docs "Workload identity", sections "Workspace run token structure" and
 * "Module test run tokens" (`module:<name>:operation:test_run`; no project, no workspace); Terraform docs
 * "Authenticate a Stack" (`stack:<name>:deployment:<name>:operation:<plan|apply>`).
 * Tokens live as long as the phase may take. The EU service has a host of its own.
 */
const some = { optional: true } as const
const whole = { alsoPins: ['tenant', 'project'] as ['tenant', 'project'] }

const phase: Field = {
  key: 'run_phase:',
  name: 'run phase',
  level: 'workload',
  claim: 'terraform_run_phase',
  final: true,
  check: oneOf(['plan', 'apply']),
}
const workspace: Field = {
  key: 'workspace:',
  name: 'workspace',
  level: 'workload',
  claim: 'terraform_workspace_name',
  next: [phase],
}
const operation: Field = { key: 'operation:', name: 'operation', level: 'workload', final: true }
const deployment: Field = {
  key: 'deployment:',
  name: 'deployment',
  level: 'workload',
  claim: 'terraform_stack_deployment_name',
  next: [{ ...operation, check: oneOf(['plan', 'apply']) }],
}
const stack: Field = {
  key: 'stack:',
  name: 'stack',
  level: 'workload',
  claim: 'terraform_stack_name',
  next: [deployment],
}
const project: Field = {
  key: 'project:',
  name: 'project',
  level: 'project',
  claim: 'terraform_project_name',
  next: [workspace, stack],
}
const module: Field = {
  key: 'module:',
  name: 'module',
  level: 'workload',
  next: [{ ...operation, check: oneOf(['test_run']) }],
}
const organization: Field = {
  key: 'organization:',
  name: 'organization',
  level: 'tenant',
  claim: 'terraform_organization_name',
  next: [project, module],
}

export const hcpTerraform: Provider = {
  id: 'hcp-terraform',
  name: 'HCP Terraform',
  shared: true,
  publicKeys: true,
  tenantPin: { claim: 'terraform_organization_name', enforced: true },
  issuer: {
    example: 'https://app.terraform.io',
    matches: url => url.hostname === 'app.terraform.io' || url.hostname === 'app.eu.terraform.io',
    form: issuer => compareIssuer(issuer, noPath),
  },
  subject: {
    shape: 'organization:<org>:project:<project>:workspace:<workspace>:run_phase:<plan|apply>',
    marker: 'organization:',
    separators: ':/',
    read: subject => readFields(subject, [organization], ':'),
  },
  claims: {
    ...standardClaims,
    nbf: notBefore,
    jti: tokenId,
    terraform_organization_name: text('Organization.', { pins: 'tenant' }),
    terraform_organization_id: text('Id of the organization.', { pins: 'tenant' }),
    terraform_project_name: text('Project; unique in its organization.', { ...some, pins: 'project' }),
    terraform_project_id: text('Id of the project.', { ...some, pins: 'project', alsoPins: ['tenant'] }),
    terraform_workspace_name: text('Workspace; unique in its organization.', {
      ...some,
      pins: 'workload',
      alsoPins: ['project'],
    }),
    terraform_workspace_id: text('Id of the workspace.', { ...some, pins: 'workload', ...whole }),
    terraform_full_workspace: text('Organization, project and workspace, as in `sub`.', {
      ...some,
      pins: 'workload',
      ...whole,
    }),
    terraform_run_phase: text('`plan` or `apply`; anyone who can propose a change can start a plan.', {
      ...some,
      form: words('plan', 'apply'),
    }),
    terraform_run_id: text('Id of the run.', { ...some, volatile: true }),
    terraform_stack_name: text('Stack.', { ...some, pins: 'workload' }),
    terraform_stack_id: text('Id of the stack.', { ...some, pins: 'workload', ...whole }),
    terraform_stack_deployment_name: text('Deployment of the stack.', some),
    terraform_operation: text('What is done with the deployment: `plan` or `apply`.', some),
  },
  words: {
    tenant: 'organization',
    project: 'project',
    workload: 'workspace',
    creator: 'whoever can create a workspace or start a run there',
  },
  token: { lifetime: {}, jti: 'always' },
}
