import { claimAt } from '../wif/claims.ts'
import type { Provider, Segment, SubjectReading } from '../wif/providers/provider.ts'

/** Claims that hold names with structure, whoever signs. */
const STRUCTURED = ['sub', 'repository', 'email', 'ref']

/** Whether the claim at `path` says whose token it is, so that a part of its text admits strangers. */
export function isIdentity(provider: Provider | undefined, path: readonly string[]): boolean {
  if (path.length === 1 && STRUCTURED.includes(path[0] ?? '')) return true
  return provider !== undefined && claimAt(provider, path)?.pins !== undefined
}

/** Whether what begins with `text` is still one thing's: a name ends there, or is cut where people cut names. */
export function endsName(provider: Provider | undefined, path: readonly string[], text: string): boolean {
  if (path.join() !== 'sub' || !provider)
    return (
      /[:/@]$/.test(text) || text.startsWith('refs/tags/') || (isFree(provider, path) && /[-_.]$/.test(text))
    )
  // Opaque subjects are match/tenant-wide, impossible ones another rule's.
  const reading = provider.subject.read(text)
  const last = reading.segments.at(-1)
  return (
    provider.subject.separators === '' ||
    reading.problem !== undefined ||
    !last ||
    last.closed ||
    isCut(reading)
  )
}

/** The same at the beginning, for what ends with `text`. */
export function beginsName(provider: Provider | undefined, path: readonly string[], text: string): boolean {
  return /^[:/@.]/.test(text) || (path.join() !== 'sub' && isFree(provider, path) && /^[-_]/.test(text))
}

/**
 * Whether a subject ends in a name that is cut on purpose: names of workloads are at `-` or `_`, refs at `/`, as release
 * branches, and tags anywhere, as those of a version.
 */
export function isCut({ segments }: SubjectReading): boolean {
  const last = segments.at(-1)
  if (!last) return false
  const isTag = last.text.startsWith('refs/tags/') || (last.name === 'ref' && isOfTags(segments.at(-2)))
  return isTag || (last.level === 'workload' && /[-_/]$/.test(last.text))
}

/** GitLab writes what kind of ref it is, and then its name alone. */
function isOfTags(before: Segment | undefined): boolean {
  return before?.name === 'ref_type' && before.text === 'tag'
}

/** Whether the names in the claim are the customer's own, none of them a stranger's. */
function isFree(provider: Provider | undefined, path: readonly string[]): boolean {
  const claim = provider && claimAt(provider, path)
  return claim === undefined ? path.join() === 'ref' : claim.pins === 'workload' && !claim.alsoPins
}
