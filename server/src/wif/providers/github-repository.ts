import { pieceEnd } from './piece.ts'
import type { Level, Segment } from './provider.ts'
import type { Problem, Value } from './subject-fields.ts'

/**
 * The value after `repo:`: `owner/name`, or in the immutable form `owner@id/name@id` (GitHub docs "OpenID
 * Connect reference", section "Immutable subject claims": `@` cannot appear in a name).
 */
interface Piece {
  name: string
  level: Level
  claim?: string
  start: number
  end: number
  closed: boolean
}

function piecesOf({ text, start, end, closed }: Value): { pieces: Piece[]; slash: number } {
  const slash = Math.min(end, pieceEnd(text, start, '/'))
  const pieces: Piece[] = []
  const add = (piece: Pick<Piece, 'name' | 'level' | 'claim'>, from: number, to: number) =>
    pieces.push({ ...piece, start: from, end: to, closed: to < end || closed })
  const ownerEnd = Math.min(slash, pieceEnd(text, start, '@'))
  add({ name: 'owner', level: 'tenant', claim: 'repository_owner' }, start, ownerEnd)
  if (ownerEnd < slash) {
    add({ name: 'owner id', level: 'tenant', claim: 'repository_owner_id' }, ownerEnd + 1, slash)
  }
  if (slash === end) return { pieces, slash }
  const nameEnd = Math.min(end, pieceEnd(text, slash + 1, '@'))
  // No claim carries the name alone: `repository` is `owner/name`.
  add({ name: 'repository', level: 'project' }, slash + 1, nameEnd)
  if (nameEnd < end) {
    add({ name: 'repository id', level: 'project', claim: 'repository_id' }, nameEnd + 1, end)
  }
  return { pieces, slash }
}

export function repositorySegments(value: Value): Segment[] {
  return piecesOf(value)
    .pieces.filter(piece => piece.start < piece.end)
    .map(piece => ({ ...piece, text: value.text.slice(piece.start, piece.end) }))
}

const CHARACTERS: Record<string, [RegExp, string]> = {
  owner: [/^[\w-]*$/, 'an owner has only letters, digits, `-` and `_`'],
  'owner id': [/^\d*$/, 'an id of digits follows the `@`'],
  repository: [/^[\w.-]*$/, 'a repository name has only letters, digits, `-`, `_` and `.`'],
  'repository id': [/^\d*$/, 'an id of digits follows the `@`'],
}

export function checkRepository(value: Value): Problem | undefined {
  const { text, start, end, closed } = value
  const { pieces, slash } = piecesOf(value)
  if (slash === end && closed) return { reason: 'owner and repository are written `owner/name`', start, end }
  for (const piece of pieces) {
    const [pattern, reason] = CHARACTERS[piece.name] ?? [/^/, '']
    const part = text.slice(piece.start, piece.end)
    if (!pattern.test(part)) return { reason, start: piece.start, end: piece.end }
    if (part === '' && piece.closed) {
      const at = Math.max(start, piece.start - 1)
      return { reason: `the ${piece.name} is missing`, start: at, end: at + 1 }
    }
    if (piece.name === 'repository' && piece.closed && part.endsWith('.git')) {
      return { reason: 'the repository is written without `.git`', start: piece.end - 4, end: piece.end }
    }
  }
  const has = (name: string) => pieces.some(piece => piece.name === name)
  const settled = pieces.some(piece => piece.name === 'repository' && piece.closed)
  if (settled && has('owner id') !== has('repository id')) {
    return { reason: 'either both names have an id behind `@`, or neither has', start, end }
  }
  return undefined
}
