import { githubClaims } from './github-claims.ts'
import { checkRepository, repositorySegments } from './github-repository.ts'
import { pieceEnd } from './piece.ts'
import type { SubjectGrammar } from './provider.ts'
import { type Field, type Problem, readFields, rewriting, type Value } from './subject-fields.ts'

/**
 * `sub` of a GitHub Actions token. Source: GitHub docs "OpenID Connect reference", sections "Example
 * subject claims" (`ref:`, `pull_request`, `environment:`; a `:` inside a value is written `%3A`),
 * "Immutable subject claims" (default for new repositories since 2026-07-15) and "Customizing the
 * subject claims" (any claims as `key:value`, in any order).
 */
const REFS = ['refs/heads/', 'refs/tags/', 'refs/pull/']

function checkRef({ value, start, end, closed }: Value): Problem | undefined {
  const bad = /[\s~^?*[\\]/.exec(value)
  if (bad) {
    const at = start + bad.index
    return { reason: `a git ref cannot contain \`${bad[0]}\``, start: at, end: at + 1 }
  }
  const kind = REFS.find(each => value.startsWith(each))
  if (kind !== undefined && !(closed && value === kind)) return undefined
  if (kind === undefined && !closed && REFS.some(each => each.startsWith(value))) return undefined
  return { reason: 'a ref is written whole, as `refs/heads/<branch>` or `refs/tags/<tag>`', start, end }
}

const checkId = ({ value, start, end }: Value): Problem | undefined =>
  /^\d*$/.test(value) ? undefined : { reason: 'an id has only digits', start, end }

const STANDARD = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'repository']

/** Claims a template may name; `repository` is written `repo`. */
const KEYS = Object.keys(githubClaims).filter(key => !STANDARD.includes(key))

const repository: Field = {
  key: 'repo:',
  name: 'repository',
  level: 'project',
  check: checkRepository,
  split: repositorySegments,
}

const templated = KEYS.map((key): Field => {
  const { pins, alsoPins } = githubClaims[key] ?? {}
  const check =
    key === 'ref' ? checkRef : /^(?:repository|repository_owner|run|actor)_id$/.test(key) && checkId
  return {
    key: `${key}:`,
    name: key,
    level: pins ?? 'workload',
    ...(alsoPins && { alsoPins }),
    claim: key,
    final: true,
    ...(check && { check }),
  }
})

const propertyValue: Field = { key: '', name: 'custom property', level: 'workload', final: true }

const property: Field = {
  key: 'repo_property_',
  name: 'name of the custom property',
  level: 'workload',
  next: [propertyValue],
}

const pullRequest: Field = {
  key: 'pull_request',
  name: 'pull_request',
  level: 'workload',
  bare: true,
  final: true,
}

/** After other claims the repository may stand last; alone it is not a whole subject of the usual template. */
const later: Field[] = [pullRequest, ...templated, property, { ...repository, final: true }]
const first: Field[] = [repository, ...templated, property]
for (const field of [...later, repository, propertyValue]) if (field !== property) field.next = later

function unexpected(text: string, at: number, before: Field | undefined): Problem {
  const end = pieceEnd(text, at, ':')
  if (before === undefined) return { reason: 'it must begin with `repo:<owner>/<name>`', start: 0, end }
  if (before.name === 'environment' || before.name === 'ref') {
    return { reason: `a \`:\` inside the ${before.name} is written \`%3A\``, start: at - 1, end: at }
  }
  const reason =
    'after the repository comes `ref:refs/…`, `environment:<name>`, `pull_request` or a claim of the template'
  return { reason, start: at, end }
}

/** Slips people make, and what GitHub writes instead. */
const SLIPS: [RegExp, string][] = [
  [/^repo(?:sitory)?:(?:https?:\/\/)?github\.com\//i, 'repo:'],
  [/^(?:repository|repos?|github):/i, 'repo:'],
  [/^(repo:[^:]*)\.git(?=:|$)/, '$1'],
  [/^(repo:[^:]*):(?:ref:)?\/?(refs\/(?:heads|tags|pull)\/)/, '$1:ref:$2'],
  [/^(repo:[^:]*):(?:ref:)?\/?(heads|tags|pull)\//, '$1:ref:refs/$2/'],
  [/^(repo:[^:]*):branch:/, '$1:ref:refs/heads/'],
  [/^(repo:[^:]*):tag:/, '$1:ref:refs/tags/'],
  [/^(repo:[^:]*):ref:(?!refs\/)/, '$1:ref:refs/heads/'],
  [/^(repo:[^:]*):(?:env|environments):/, '$1:environment:'],
  [/^(repo:[^:]*):pull[-_]?requests?(?=:|$)/, '$1:pull_request'],
]

function rewrite(text: string): string {
  let right = text
  for (const [slip, instead] of SLIPS) right = right.replace(slip, instead)
  const named = /^(repo:[^:]*:(?:environment|ref):)([\s\S]*)$/.exec(right)
  if (!named) return right
  // A `:` belongs to the value until a key of a template follows it.
  const pieces = (named[2] ?? '').split(':')
  const key = pieces.findIndex((piece, index) => index > 0 && (KEYS.includes(piece) || piece === 'repo'))
  const own = key < 0 ? pieces.length : key
  return [`${named[1]}${pieces.slice(0, own).join('%3A')}`, ...pieces.slice(own)].join(':')
}

export const githubSubject: SubjectGrammar = {
  shape: 'repo:<owner>/<name>:ref:refs/heads/<branch>',
  marker: 'repo:',
  separators: ':/@',
  read: rewriting(text => readFields(text, first, ':', unexpected), rewrite),
}
