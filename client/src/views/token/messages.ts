/** The content of the page, from `html`. */
export interface ToPage {
  markup: string
  /** It is about something else than before, and to be read from its beginning. */
  anew: boolean
}

/** The page can be shown something, or a button was pressed: the number that the extension gave it. */
export type FromPage = { ready: true } | { act: number }
