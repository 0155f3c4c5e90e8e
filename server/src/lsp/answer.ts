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
        await ready()
        await session.runtime.breathe()
        if (token.isCancellationRequested)
          return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled')
        if (session.documents.takeIn()) session.changed(true)
        return compute(params)
      } catch (error) {
        session.log.error(method, error)
        return empty
      }
    }
}
