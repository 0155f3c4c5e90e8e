/**
 * What a server asks its client for where it cannot read files itself: in a browser, and in folders that only the
 * editor can see into. Requests, each with one uri.
 */
export const FILE_REQUESTS = {
  /** The uris of the JSON and YAML files in a folder and below it, as `FileSource.list` has them. */
  list: 'wif/files/list',
  /** The text of a file, or null. */
  read: 'wif/files/read',
  /** Whether `list` of the folder would have this file. */
  covers: 'wif/files/covers',
} as const

export interface ListParams {
  folder: string
}

export interface ReadParams {
  uri: string
  /** Null for a file that is of no use to the linter, too. */
  onlyIfUseful: boolean
}

export interface CoversParams extends ListParams {
  uri: string
}
