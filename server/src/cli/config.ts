import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { configurationFindings } from '../lint/configuration.ts'
import { readTextFile } from '../node/files.ts'
import { rules } from '../rules/index.ts'
import { lineIndex } from '../text/lines.ts'
import { type Config, readConfig } from '../wif/config.ts'
import { readPlainFile } from '../wif/file.ts'

/**
 * Reads the configuration file `path`, as given on the command line. Whoever names one wants it to hold: anything
 * wrong in it is a problem, as one line. Never throws.
 */
export async function loadConfig(path: string, cwd: string): Promise<Config | { problems: string[] }> {
  const source = await readTextFile(resolve(cwd, path))
  if ('reason' in source) return { problems: [`${path}: ${source.reason}`] }
  const file = readPlainFile(pathToFileURL(source.path).href, source.text, source.format)
  const config = readConfig(file.uri, file.trees[0])
  // Which of its ignores still silence something is for a run to say that sees every file they speak of.
  const findings = configurationFindings(file, config, rules, new Set(config.ignores))
  if (findings.length === 0) return config
  const lines = lineIndex(source.text)
  return {
    problems: findings.map(({ start, message }) => {
      const { line, character } = lines.positionAt(start)
      return `${path}:${line + 1}:${character + 1}: ${message}`
    }),
  }
}
