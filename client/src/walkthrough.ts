import { commands, type Disposable, type ExtensionContext, window, workspace } from 'vscode'

/** A rule that is too wide, and the role that uses it: something to see and to mend. */
const SAMPLE = `# Two things that belong together: a rule, and the workload that uses it.
name: sample
issuer_id: fdis_...
match:
  subject_prefix: arn:aws:iam::111122223333:role/*
  audience: https://api.anthropic.com
target: { type: service_account, service_account_id: svac_... }
workspace_id: wrkspc_...
oauth_scope: workspace:inference
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: inference
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/inference-worker
`

/** What a repository on GitHub needs: findings beside the lines, and whom the change newly admits. */
const WORKFLOW = `name: Federation
on: pull_request
permissions: { contents: read }
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      # With wif-policy-linter among the devDependencies; npx takes nothing else.
      - run: npm ci
      - run: npx --no wif-lint --format github
      - run: npx --no wif-lint access --since "origin/$BASE..." --fail-on-widening
        env: { BASE: "\${{ github.base_ref }}" }
`

/** The commands of the walkthrough, whose steps package.json describes. */
export function registerWalkthrough({ extension }: ExtensionContext): Disposable[] {
  return [
    commands.registerCommand('wif.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#start`, false),
    ),
    commands.registerCommand('wif.openSample', () => openDraft(SAMPLE)),
    commands.registerCommand('wif.openWorkflow', () => openDraft(WORKFLOW)),
  ]
}

async function openDraft(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content }))
}
