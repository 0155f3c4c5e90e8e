import type { WorkDoneProgressServerReporter } from 'vscode-languageserver'
import type { Session } from './session.ts'

/** Files read at a time: enough to keep a disk busy, few enough to answer requests in between. */
const SLICE = 32
/** A person is told of a scan only when it is worth a word. */
const WORTH_TELLING = 256

interface Scan {
  /** Takes in some files. */
  take(uris: readonly string[]): Promise<void>
  /** Whether nobody wants the rest. */
  isOver(): boolean
}

/**
 * Goes through a listing of files in slices, so that requests are answered meanwhile; a long one shows its progress
 * and can be cancelled there.
 * @returns whether it came to the end
 */
export async function scan(
  session: Session,
  uris: AsyncIterable<string>,
  { take, isOver }: Scan,
): Promise<boolean> {
  const { runtime, log } = session
  let progress: WorkDoneProgressServerReporter | undefined
  const stopped = () => isOver() || progress?.token.isCancellationRequested === true
  let slice: string[] = []
  let count = 0
  try {
    for await (const uri of uris) {
      slice.push(uri)
      count++
      if (slice.length < SLICE) continue
      if (count === WORTH_TELLING) progress = await beginProgress(session)
      progress?.report(`${count} files`)
      await take(slice)
      slice = []
      await runtime.breathe()
      if (stopped()) break
    }
    if (!stopped()) await take(slice)
    else if (!isOver()) log.info(`Reading the workspace was stopped after ${count} files`)
    return !stopped()
  } catch (error) {
    log.error('Reading the workspace', error)
    return false
  } finally {
    progress?.done()
  }
}

async function beginProgress({
  connection,
  log,
}: Session): Promise<WorkDoneProgressServerReporter | undefined> {
  try {
    const progress = await connection.window.createWorkDoneProgress()
    progress.begin('WIF: reading the workspace', undefined, undefined, true)
    return progress
  } catch (error) {
    // A client that offers progress and then refuses it.
    log.error('window/workDoneProgress/create', error)
    return undefined
  }
}
