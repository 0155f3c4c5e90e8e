import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fixAll, needsPerson, textEdits } from '../lint/fix.ts'
import type { Finding, Fix } from '../lint/rule.ts'
import { reasonOf, type Unreadable } from '../node/reason.ts'
import { pointer } from '../syntax/node.ts'
import { encode } from '../text/decode.ts'
import { applyEdits, type TextEdit } from '../text/edit.ts'
import { treeOf, type WifFile } from '../wif/entity.ts'
import type { Source } from './gather.ts'
import type { Session } from './session.ts'

/** `safe` fixes keep the meaning of a file; `all` may change who gets in. */
export type Extent = 'safe' | 'all'

/** A file and what the fixes make of it. */
export interface Mended {
  source: Source
  text: string
}

/** A fix in one file may call for one in another; more rounds than this mean that they undo each other. */
const MAX_ROUNDS = 5
/** Far more than anybody has: a run ends in any case. */
const MAX_FIXES = 10_000

/**
 * Carries out the fixes in all files until none is left: first those that are safe, then with `all` one after the
 * other the first that each finding offers, each on what the one before has left, unless a person is needed for it. No
 * file is written; the session has the new texts.
 * @returns the files that have changed
 */
export function mend(sources: readonly Source[], session: Session, extent: Extent): Mended[] {
  const texts = new Map(sources.map(source => [source, source.text]))
  mendSafely(texts, session)
  if (extent === 'all') {
    const done = new Set<string>()
    while (mendRest(texts, session, done)) mendSafely(texts, session)
  }
  return [...texts].flatMap(([source, text]) => (text === source.text ? [] : { source, text }))
}

/** Writes each file in its own encoding; what cannot be written is as it was, in the session too. */
export async function writeMended(files: readonly Mended[], session: Session): Promise<Unreadable[]> {
  const failed: Unreadable[] = []
  for (const { source, text } of files) {
    try {
      await writeFile(source.path, encode(text, source.encoding))
    } catch (error) {
      failed.push({ path: source.path, reason: `cannot be fixed, ${reasonOf(error)}` })
      // What is reported is what is on the disk.
      session.update(source, source.text)
    }
  }
  return failed
}

type Texts = Map<Source, string>

function mendSafely(texts: Texts, session: Session): void {
  for (let round = 0, stable = false; round < MAX_ROUNDS && !stable; round++) {
    stable = true
    for (const [source, text] of texts) {
      const relint = (next: string) => {
        session.update(source, next)
        return session.lint(source)
      }
      const fixed = fixAll(text, relint, fix => fix.safe)
      session.update(source, fixed)
      if (fixed === text) continue
      texts.set(source, fixed)
      stable = false
    }
  }
}

/** Carries out in one file after the other what is not among the fixes `done`. Returns whether there was anything. */
function mendRest(texts: Texts, session: Session, done: Set<string>): boolean {
  const sources = new Map([...texts.keys()].map(source => [source.path, source]))
  const before = done.size
  for (const source of sources.values()) {
    for (
      let next = nextFix(source, sources, session, done);
      next;
      next = nextFix(source, sources, session, done)
    ) {
      for (const [target, edits] of next) {
        const text = applyEdits(texts.get(target) ?? target.text, edits)
        texts.set(target, text)
        session.update(target, text)
      }
    }
  }
  return done.size > before
}

/** What the next fix does that a finding in `source` offers; it counts as done. */
function nextFix(
  source: Source,
  sources: ReadonlyMap<string, Source>,
  session: Session,
  done: Set<string>,
): [Source, TextEdit[]][] | undefined {
  const { file, findings } = session.lint(source)
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      if (needsPerson(fix)) break
      const edits = editsOf(fix, file, sources)
      if (!edits) continue
      const key = keyOf(finding, fix, file)
      // Two fixes may undo each other: each is carried out once, and so this ends.
      if (done.has(key) || done.size >= MAX_FIXES) break
      done.add(key)
      return edits
    }
  }
  return undefined
}

/** What `fix` does to which of the files; undefined when it needs another file, or cannot be written. */
function editsOf(
  fix: Fix,
  file: WifFile,
  sources: ReadonlyMap<string, Source>,
): [Source, TextEdit[]][] | undefined {
  const edits: [Source, TextEdit[]][] = []
  for (const [uri, list] of textEdits(fix, file) ?? []) {
    const target = sources.get(fileURLToPath(uri))
    if (!target) return undefined
    edits.push([target, list])
  }
  return edits.length > 0 ? edits : undefined
}

/** The same for the same fix of the same place, wherever that has moved meanwhile. */
function keyOf({ rule, node }: Finding, { title }: Fix, file: WifFile): string {
  const tree = node && treeOf(file, node)
  const at = node ? [tree ? file.trees.indexOf(tree) : -1, pointer(node)] : []
  return JSON.stringify([file.uri, rule, title, ...at])
}
