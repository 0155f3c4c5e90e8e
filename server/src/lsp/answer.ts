import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver'
import type { Session } from './session.ts'

/**
 * Makes the handler of a request: it lets a cancellation that is on its way arrive, takes in what was typed, and
 * then answers at once from one state of the workspace. A failure is logged, and answered with `empty`: one broken
 * feature must not show itself as an error at each keystroke.
 */
export function answering(session: Session, ready: () => Promise<void>) {
  return <Params, Result>(method: string, empty: Result, compute: (params: Params) => Result) =>
    async (params: Params, token: CancellationToken): Promise<Result | ResponseError<never>> => {
      try {
        if (await isCancelled(session, ready, token)) return cancelled()
        return compute(params)
      } catch (error) {
        session.log.error(method, error)
        return empty
      }
    }
}

/**
 * Makes the handler of a request whose parameters are secret, and which a person waits for. Of a failure the log and
 * the client learn that it was one, and where in the program.
 */
export function answeringInSecret(session: Session, ready: () => Promise<void>) {
  return <Params, Result>(method: string, compute: (session: Session, params: Params) => Promise<Result>) =>
    async (params: Params, token: CancellationToken): Promise<Result> => {
      if (await isCancelled(session, ready, token)) throw cancelled()
      try {
        return await compute(session, params)
      } catch (error) {
        session.log.secretError(method, error)
        throw new ResponseError(LSPErrorCodes.RequestFailed, 'The request failed')
      }
    }
}

/** Brings the session up to date, and says whether the client has lost interest meanwhile. */
async function isCancelled(
  session: Session,
  ready: () => Promise<void>,
  token: CancellationToken,
): Promise<boolean> {
  await ready()
  await session.runtime.breathe()
  if (token.isCancellationRequested) return true
  if (session.documents.takeIn()) session.changed(true)
  return false
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled')
}
