import { pathToFileURL } from 'node:url'
import type { Finding } from '../lint/rule.ts'
import type { Unreadable } from '../node/reason.ts'
import { rules } from '../rules/index.ts'
import type { Config, Profile } from '../wif/config.ts'
import { entitiesIn, type WifFile } from '../wif/entity.ts'
import { readWifFile } from '../wif/file.ts'
import { createWorkspace } from '../workspace/workspace.ts'
import type { Source } from './gather.ts'
import { lintUnread } from './unread.ts'

/** A file as the linter sees it, and what is found in it. */
export interface Linted {
  file: WifFile
  findings: Finding[]
}

/** The files of one run, linted together: what one of them says counts for the others. */
export interface Session {
  /** Takes in the text of a source, for the first time or after a fix. */
  update(source: Source, text: string): void
  lint(source: Source): Linted
  /** Where the linter itself failed. It never should; the other files are linted all the same. */
  crashes: Unreadable[]
}

/**
 * A session that has taken in `sources`.
 * @param config for all of them; without it the configurations among them
 * @param profile instead of that of the configuration
 * @param onRead is told how many sources were taken in
 */
export function openSession(
  sources: readonly Source[],
  config: Config | undefined,
  profile: Profile | undefined,
  onRead: (count: number) => void = () => {},
): Session {
  const workspace = createWorkspace(rules, config, profile)
  const texts = new Map<Source, string>()
  const crashes: Unreadable[] = []

  function guarded<T>(source: Source, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      const what = (error instanceof Error && error.stack) || String(error)
      const line = what.replace(/\s*\n\s*/g, ' ')
      if (!crashes.some(({ path }) => path === source.path))
        crashes.push({ path: source.path, reason: `wif-lint fails on it, please report this: ${line}` })
      return undefined
    }
  }

  function update(source: Source, text: string): void {
    texts.set(source, text)
    guarded(source, () => workspace.update(uriOf(source), 'disk', text, source.format))
  }

  function lint(source: Source): Linted {
    const uri = uriOf(source)
    const read = (text: string) => readWifFile(uri, text, source.format)
    // A file that cannot matter is not in the workspace; one that cannot be survived is as good as empty.
    const file =
      workspace.file(uri) ?? guarded(source, () => read(texts.get(source) ?? source.text)) ?? read('')
    const findings = guarded(source, () => [
      ...workspace.findings(uri).filter(finding => isFair(finding, source, profile)),
      ...(source.origin === 'named' ? lintUnread(file) : []),
    ])
    return { file, findings: findings ?? [] }
  }

  for (const [i, source] of sources.entries()) {
    onRead(i)
    update(source, source.text)
  }
  return { update, lint, crashes }
}

/**
 * Whether an ignore is unused, or a link dead, can be said only when all the files they may speak of were read; the
 * former only in the profile that it was written for.
 */
function isFair({ rule }: Finding, { origin }: Source, profile: Profile | undefined): boolean {
  if (rule === 'config/unused-ignore') return origin === 'found' && profile === undefined
  return rule !== 'config/dead-link' || origin === 'found'
}

/** Whether anything the linter knows is in `file`. */
export function isOfFederation(file: WifFile): boolean {
  return entitiesIn(file).length > 0
}

function uriOf(source: Source): string {
  return pathToFileURL(source.path).href
}
