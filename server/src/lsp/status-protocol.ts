/** Tells a client that asks for it of the server's state, whenever it is another than before. */
export const STATUS = 'wif/status'

/** What our own client shows of the server's state. */
export interface StatusParams {
  /** Files known to say something of federation. */
  documents: number
  /** The workspace is still being read. */
  scanning: boolean
}
