/** The content of the page, from `html`. */
export interface ToPage {
  markup: string
}

/** The page can be shown something, or a button was pressed: the number that the extension gave it. */
export type FromPage = { ready: true } | { act: number }
