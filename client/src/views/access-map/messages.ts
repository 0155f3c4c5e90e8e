import type { AccessMapResult } from '../../../../server/src/lsp/access-map-protocol.ts'
import type { Words } from './words.ts'

/** The map, in which every node has a title. */
export interface ToPage {
  map: AccessMapResult
  words: Words
}

/**
 * The page can be shown something; a place is to be opened, of a node or of one of its findings; the picture, as the
 * text of an SVG file, is to be saved.
 */
export type FromPage = { ready: true } | { open: string; finding?: number } | { picture: string }

/** What the page remembers while it is hidden. */
export interface PageState {
  selected: string | undefined
  /** The frames that are open although there are many nodes, and closed although there are few. */
  toggled: string[]
  asList: boolean
  zoom: { x: number; y: number; k: number } | undefined
}
