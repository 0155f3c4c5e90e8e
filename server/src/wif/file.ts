import { parseJson } from '../syntax/json.ts'
import type { Problem, Range, Tree } from '../syntax/node.ts'
import { parseYamlDocument, splitDocuments } from '../syntax/yaml.ts'
import { type Document, emptyFile, put, type WifFile } from './entity.ts'
import { candidates, readEntity } from './recognise.ts'
import { mayBeAccount, mayMatter } from './relevance.ts'
import { NO_REMAINS, noteSound, type Remains, remainsOf } from './remains.ts'
import { isServiceAccount } from './service-account.ts'

/** Documents longer than this (in UTF-16 units) are no configuration people write; reading them would only block. */
export const MAX_DOCUMENT_LENGTH = 5 * 1024 * 1024

/** Reads a file for its trees only, whatever they say: a configuration of the linter, a kustomization. */
export function readPlainFile(uri: string, text: string, format: 'json' | 'yaml'): WifFile {
  const trees = documentsIn(text, format).flatMap(range => parseDocument(text, format, range))
  return emptyFile(uri, text, format, trees)
}

/**
 * Reads a file: its trees and everything of the field in them. Documents of a YAML stream that cannot matter are
 * left unparsed.
 * @param namespace the one kustomize gives to the objects of the file
 * @param before the file as it was read before, of which what is still the same is not read again: it moves to where
 * it stands now, so that `before` itself is of no use any more
 * Total: what cannot be read is missing, with the reason among the problems of its tree.
 */
export function readWifFile(
  uri: string,
  text: string,
  format: 'json' | 'yaml',
  namespace?: string,
  before?: WifFile,
): WifFile {
  const file = { ...emptyFile(uri, text, format, []), namespace }
  const isAsBefore = before?.format === format && before.namespace === namespace
  const remains = isAsBefore ? remainsOf(before) : NO_REMAINS
  for (const range of documentsIn(text, format)) {
    const known = isTooLong(range) ? undefined : remains.document(file, range)
    const document = known ?? readDocument(file, range, remains)
    file.documents.push(document)
    file.trees.push(...document.trees)
  }
  return file
}

function readDocument(file: WifFile, range: Range, remains: Remains): Document {
  const trees = parseRelevant(file.text, file.format, range)
  for (const tree of trees) {
    const objects = [...candidates(tree.root)]
    const entities = objects.flatMap((node, i) => {
      const next = objects[i + 1]
      const isLeaf = next === undefined || next.start >= node.end
      return (isLeaf && remains.entity(node, { file, tree })) || (readEntity(node, { file, tree }) ?? [])
    })
    noteSound(tree, entities)
    for (const entity of entities) put(entity, file)
  }
  return { ...range, trees }
}

/** Where the documents of a file lie: a JSON file is one. */
export function documentsIn(text: string, format: 'json' | 'yaml'): Range[] {
  return format === 'json' ? [{ start: 0, end: text.length }] : splitDocuments(text)
}

/** The trees of one of them. */
export function parseDocument(text: string, format: 'json' | 'yaml', range: Range): Tree[] {
  return format === 'json' ? [parseJson(text)] : parseYamlDocument(text, range)
}

function parseRelevant(text: string, format: 'json' | 'yaml', range: Range): Tree[] {
  const part = text.slice(range.start, range.end)
  if (!mayMatter(part)) return mayBeAccount(part) ? parseAccounts(text, format, range) : []
  if (isTooLong(range)) return [tooLarge(text, format, range)]
  return parseDocument(text, format, range)
}

/** ServiceAccounts that say nothing of federation, as far as they are whole. */
function parseAccounts(text: string, format: 'json' | 'yaml', range: Range): Tree[] {
  if (isTooLong(range)) return []
  return parseDocument(text, format, range).filter(
    ({ root, problems }) => problems.length === 0 && root?.type === 'object' && isServiceAccount(root),
  )
}

function isTooLong({ start, end }: Range): boolean {
  return end - start > MAX_DOCUMENT_LENGTH
}

function tooLarge(text: string, format: 'json' | 'yaml', range: Range): Tree {
  const size = ((range.end - range.start) / 1024 / 1024).toFixed(1)
  const message = `This document is ${size} MiB long; documents over ${MAX_DOCUMENT_LENGTH / 1024 / 1024} MiB are not checked`
  // With a field of ours in it, an unread file must not pass; else it is most likely data that mentions a word.
  const ours = /issuer_url|issuer_id|subject_prefix|oauth_scope|WebIdentityToken/.test(
    text.slice(range.start, range.end),
  )
  const at = { start: range.start, end: range.start + 1 }
  const problem: Problem = { ...at, message, ...(!ours && { mild: true }) }
  return { format, text, root: undefined, problems: [problem], templated: false }
}
