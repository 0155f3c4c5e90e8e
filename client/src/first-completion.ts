import { commands, type Disposable, languages } from 'vscode'
import { selector } from './selector.ts'

/** All that stands in a document while nothing is in it yet, or where `WIF rule` and the like is being typed. */
const BEGUN = /^\s*(?:w|wi|wif[\w ]*)?\s*$/i

/**
 * Completion where no server runs yet, because no document speaks of federation: it is started for a document that
 * begins, and then asked. Otherwise nobody could begin with what completion offers. VS Code asks at the first letter
 * of a word and no more.
 */
export function registerFirstCompletion(mayStart: () => boolean, start: () => Promise<void>): Disposable {
  return languages.registerCompletionItemProvider(selector(), {
    async provideCompletionItems(document) {
      if (!mayStart() || !BEGUN.test(document.getText())) return
      await start()
      await commands.executeCommand('editor.action.triggerSuggest')
    },
  })
}
