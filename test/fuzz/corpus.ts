import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examples } from '../rules/page.ts'

/** What fuzzing starts from: every file and every example that the project has. */

export type Format = 'json' | 'yaml'

export interface Seed {
  format: Format
  text: string
}

/** The seeds below `root`, the repository, in a stable order. */
export function corpus(root: string): Seed[] {
  const files = ['examples', 'test/editor/fixtures', 'test/grammar/fixtures'].flatMap(folder =>
    list(join(root, folder))
      .filter(path => /\.(json|ya?ml)$/.test(path))
      .map(path => ({
        format: path.endsWith('.json') ? ('json' as const) : ('yaml' as const),
        text: readFileSync(path, 'utf8'),
      })),
  )
  const pages = ['server/src/rules', 'test/rules'].flatMap(folder =>
    list(join(root, folder))
      .filter(path => path.endsWith('.md'))
      .flatMap(path => examples(readFileSync(path, 'utf8'))),
  )
  return [...files, ...pages.map(({ format, text }) => ({ format, text }))]
}

function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .sort()
}
