import { extensions, type TextDocument, Uri, workspace } from 'vscode'

/** Whether the linter is on in any folder; the server leaves out the others. */
export function isEnabled(): boolean {
  const scopes = [undefined, ...(workspace.workspaceFolders ?? []).map(folder => folder.uri)]
  return scopes.some(scope => workspace.getConfiguration('wif', scope).get('enable', true))
}

/** Whether VS Code itself says what is no JSON in the document: to say it once more is of no use. */
export function isCheckedByEditor(document: TextDocument | Uri): boolean {
  if (document instanceof Uri || !/^jsonc?$/.test(document.languageId)) return false
  return (
    extensions.getExtension('vscode.json-language-features') !== undefined &&
    workspace.getConfiguration('json', document).get('validate.enable', true)
  )
}

/** What is to be traced: `off`, `messages` or `verbose`. */
export function traceLevel(): string {
  return workspace.getConfiguration('wif').get('trace.server', 'off')
}

/** Where tokens are exchanged and for which organization. No workspace can set these: a token would go elsewhere. */
export function exchangeSettings(): { baseUrl: string; organizationId: string | undefined } {
  const settings = workspace.getConfiguration('wif.exchange')
  const organization = settings.get('organizationId', '').trim()
  return {
    baseUrl: settings.get('baseUrl', '').trim() || 'https://api.anthropic.com',
    organizationId: organization === '' ? undefined : organization,
  }
}
