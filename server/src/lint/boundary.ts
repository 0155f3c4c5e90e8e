import { claimAt } from '../wif/claims.ts'
import type { Provider, Segment } from '../wif/providers/provider.ts'

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
  const { segments, problem } = provider.subject.read(text)
  const last = segments.at(-1)
  return provider.subject.separators === '' || problem !== undefined || !last || last.closed || isCut(last)
}

/** The same at the beginning, for what ends with `text`. */
export function beginsName(provider: Provider | undefined, path: readonly string[], text: string): boolean {
  return /^[:/@.]/.test(text) || (path.join() !== 'sub' && isFree(provider, path) && /^[-_]/.test(text))
}

/** Names of workloads are cut at `-` or `_` on purpose, and refs at `/`: release branches, tags of a version. */
function isCut({ level, text }: Segment): boolean {
  return (level === 'workload' && /[-_/]$/.test(text)) || text.startsWith('refs/tags/')
}

/** Whether the names in the claim are the customer's own, none of them a stranger's. */
function isFree(provider: Provider | undefined, path: readonly string[]): boolean {
  const claim = provider && claimAt(provider, path)
  return claim === undefined ? path.join() === 'ref' : claim.pins === 'workload' && !claim.alsoPins
}
