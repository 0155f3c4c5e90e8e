import { l10n, window } from 'vscode'

/**
 * What `work` resolves with; undefined when it failed. An error of a request about a token is neither shown nor
 * thrown, because VS Code would log it: the server's log says where in the program it happened.
 */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work()
  } catch {
    void window.showErrorMessage(l10n.t('The token check failed. The output of WIF says where.'))
    return undefined
  }
}
