/** Requests of our own for the view that draws who reaches what. */
import type { Location, TextDocumentPositionParams } from 'vscode-languageserver'
import type { AccessMap, MapFinding, MapNode } from '../features/access-map.ts'

/** Asks for the map. */
export const ACCESS_MAP = 'wif/accessMap'

/** From the server: the map that was answered last may be out of date. Comes once, until the map is asked for again. */
export const ACCESS_MAP_CHANGED = 'wif/accessMapChanged'

export interface AccessMapParams {
  /** Where somebody is, who would like to see what is there. */
  at?: TextDocumentPositionParams
}

/** The map with places as the client knows them. */
export interface AccessMapResult extends Omit<AccessMap, 'nodes'> {
  nodes: LocatedNode[]
  /** The id of the node that is described where the parameters say. */
  at?: string
}

export interface LocatedNode extends Omit<MapNode, 'place' | 'findings'> {
  place: Location | undefined
  findings: LocatedFinding[]
}

export interface LocatedFinding extends Omit<MapFinding, 'place'> {
  place: Location
}
