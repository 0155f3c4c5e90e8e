import { type Disposable, type ExtensionContext, Uri, workspace } from 'vscode'

/** Shows the pages of the rules that were shipped with the extension, wherever that is: `wif-rule:/match/tenant-wide.md`. */
export function registerRulePages({ extensionUri }: ExtensionContext): Disposable {
  const pages = Uri.joinPath(extensionUri, 'dist/rules')
  return workspace.registerTextDocumentContentProvider('wif-rule', {
    async provideTextDocumentContent({ path }) {
      // Nothing but the page of a rule: what a link says comes from a document.
      if (!/^\/[a-z-]+\/[a-z0-9-]+\.md$/.test(path)) return null
      return new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(pages, path)))
    },
  })
}
