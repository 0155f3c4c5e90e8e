/** Fixtures with a cursor: `$0` in one of some files, each of them written in YAML and tried in JSON too. */
import type { Location, Position } from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { toValue } from '../../server/src/syntax/node.ts'
import { parseYaml } from '../../server/src/syntax/yaml.ts'

export type Format = 'json' | 'yaml'
export const FORMATS: readonly Format[] = ['json', 'yaml']

/** A text without its `$0`, and where that stood. */
export interface Marked {
  text: string
  position: Position
}

/** Takes the cursor out of a text; undefined where there is none. */
export function marked(source: string): Marked | undefined {
  const offset = source.indexOf('$0')
  if (offset === -1) return undefined
  const text = source.slice(0, offset) + source.slice(offset + 2)
  return { text, position: TextDocument.create('', '', 0, text).positionAt(offset) }
}

/**
 * A YAML file as `format`: as it is, or its documents as JSON, a list when there are several. A cursor must be in a
 * name or a value to come through.
 */
export function inFormat(yaml: string, format: Format): string {
  if (format === 'yaml') return yaml
  const [first, ...more] = parseYaml(yaml).map(tree => toValue(tree.root))
  return `${JSON.stringify(more.length > 0 ? [first, ...more] : first, null, 2)}\n`
}

/** What a test opens documents in. */
interface Opener {
  open(uri: string, languageId: string, text: string): void
}

/** Documents, mostly with a cursor in one of them. */
export interface Fixture {
  /** Where the cursor is: the parameters of most requests. Throws where there is none. */
  readonly at: { textDocument: { uri: string }; position: Position }
  /** The texts without the cursor, by uri. */
  texts: ReadonlyMap<string, string>
  /** The uri of a file by its name in the fixture. */
  uri(name: string): string
}

/**
 * Opens `files`, YAML by name, as documents of `format`. Their uris end with the name and the format, which also takes
 * the place of `.ext` in their texts.
 */
export function openFixture(client: Opener, files: Record<string, string>, format: Format): Fixture {
  const uri = (name: string) => `file:///w/${name}.${format}`
  const texts = new Map<string, string>()
  let at: Fixture['at'] | undefined
  for (const [name, yaml] of Object.entries(files)) {
    const source = inFormat(yaml, format).replaceAll('.ext', `.${format}`)
    const cursor = marked(source)
    if (cursor) at = { textDocument: { uri: uri(name) }, position: cursor.position }
    texts.set(uri(name), cursor?.text ?? source)
  }
  for (const [key, text] of texts) client.open(key, format, text)
  return {
    get at() {
      if (!at) throw new Error('The fixture has no $0')
      return at
    },
    texts,
    uri,
  }
}

/**
 * Places as people read them, the same in either format: the name of the file, and the line without what only one
 * format has, the characters that are meant in brackets: `rule: issuer_id: ‹fdis_01›`.
 */
export function shown({ texts }: Fixture, places: readonly Location[] | null): string[] {
  return (places ?? []).map(({ uri, range: { start, end } }) => {
    const lines = (texts.get(uri) ?? '').split('\n')
    const line = lines[start.line] ?? ''
    const last = start.line === end.line ? end.character : line.length
    const words = `${line.slice(0, start.character)}‹${line.slice(start.character, last)}›${line.slice(last)}`
    const name = /([^/]*)\.\w+$/.exec(uri)?.[1]
    return `${name}: ${words.replace(/"/g, '').replace(/^\s*(- )?|,$/g, '')}`
  })
}
