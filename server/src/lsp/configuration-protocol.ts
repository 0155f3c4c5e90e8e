/** Asks for the uri of the configuration that governs a file, or null. */
export const CONFIGURATION = 'wif/configuration'

export interface ConfigurationParams {
  uri: string
}
