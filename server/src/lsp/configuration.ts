import { fileName } from '../lint/narrow.ts'
import { isConfigName } from '../wif/relevance.ts'
import type { ConfigurationParams } from './configuration-protocol.ts'
import type { Session } from './session.ts'
import { uriKey } from './uri.ts'

/** The uri of the configuration that governs a document; null for one that none governs, or that is no business of ours. */
export function configurationOf({ workspace }: Session, { uri }: ConfigurationParams): string | null {
  const file = workspace.file(uriKey(uri))
  return (file && workspace.view().configOf(file).uri) || null
}

/** Says in the output channel, once, that a configuration is not as it should be: nobody may have it open. */
export function createConfigurationReport({ workspace, log }: Session): () => void {
  const said = new Map<string, number>()
  return () => {
    for (const { uri } of workspace.files()) {
      if (!isConfigName(uri)) continue
      const mistakes = workspace.findings(uri).filter(({ severity }) => severity === 'error').length
      if (mistakes > 0 && mistakes !== said.get(uri))
        log.info(
          `${fileName(uri)} has ${mistakes === 1 ? 'a mistake' : `${mistakes} mistakes`}: what is wrong in it does not count`,
        )
      said.set(uri, mistakes)
    }
  }
}
