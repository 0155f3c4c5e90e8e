import { commands, type LogOutputChannel, l10n, window } from 'vscode'

/** A server that ends this often within this time will do so again. */
const TIMES = 5
const WITHIN_MS = 3 * 60 * 1000

/** What is done about a server that has ended by itself. */
export interface Crashes {
  /** To be called each time it has; answers whether to start it again. Says in `output` what happens. */
  happened(output: LogOutputChannel): boolean
}

/** Has a server started again quietly, and tells the person when that leads nowhere. */
export function createCrashes(now: () => number = Date.now): Crashes {
  let times: number[] = []
  return {
    happened(output) {
      times = [...times, now()].filter(time => now() - time < WITHIN_MS)
      if (times.length < TIMES) {
        output.warn(l10n.t('The language server has ended by itself and is started again.'))
        return true
      }
      output.error(l10n.t('The language server has ended {0} times in a few minutes.', times.length))
      // Whoever wants it back has found out why, and then it deserves all of its chances.
      times = []
      void tell()
      return false
    },
  }
}

/** The one thing that is worth interrupting somebody: that nothing is found must not be taken for nothing to find. */
async function tell(): Promise<void> {
  const [restart, show] = [l10n.t('Restart'), l10n.t('Show Output')]
  const message = l10n.t('The language server of WIF keeps ending by itself. Files are not checked any more.')
  const answer = await window.showErrorMessage(message, restart, show)
  if (answer === restart) await commands.executeCommand('wif.restart')
  if (answer === show) await commands.executeCommand('wif.showOutput')
}
