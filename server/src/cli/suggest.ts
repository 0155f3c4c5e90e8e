import { nearest } from '../text/nearest.ts'

/** ` (did you mean x?)` when one of `candidates` is near `word`, else nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates)
  return candidate === undefined ? '' : ` (did you mean ${candidate}?)`
}
