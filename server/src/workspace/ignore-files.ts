import ignore, { type Ignore } from 'ignore'

/** What the `.gitignore` of one folder says, for paths below that folder. */
interface IgnoreFile {
  /** With forward slashes. */
  folder: string
  rules: Ignore
}

/** The `.gitignore` files that hold in a folder, the nearest first: it has the last word. */
export type IgnoreFiles = readonly IgnoreFile[]

/** Never worth a look: git's own files, and other people's. */
const SKIPPED = new Set(['.git', 'node_modules'])

/** Whether a folder of this name is never looked into. */
export function isSkipped(name: string): boolean {
  return SKIPPED.has(name)
}

/** Whether git would leave out `path`, which lies below the folder that `files` hold in; all with forward slashes. */
export function isIgnored(path: string, kind: 'file' | 'folder', files: IgnoreFiles): boolean {
  for (const { folder, rules } of files) {
    const below = path.slice(folder.endsWith('/') ? folder.length : folder.length + 1)
    const verdict = rules.test(kind === 'folder' ? `${below}/` : below)
    if (verdict.ignored) return true
    if (verdict.unignored) return false
  }
  return false
}

/** `outer` with what the `.gitignore` in `folder` adds, whose text is `text`; empty where there is none. */
export function withIgnoreText(folder: string, text: string, outer: IgnoreFiles): IgnoreFiles {
  return text === '' ? outer : [{ folder, rules: ignore({ ignorecase: false }).add(text) }, ...outer]
}
