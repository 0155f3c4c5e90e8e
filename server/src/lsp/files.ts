/**
 * The files of the workspace as the server reads them: the disk on Node, the editor's file system in a browser.
 * None of these throws.
 */
export interface FileSource {
  /** The uris of the JSON and YAML files in a folder and below it, without what `.gitignore` files leave out. */
  list(folderUri: string): AsyncIterable<string>
  /**
   * The text of a file; undefined when it is gone or is no text.
   * @param onlyIfUseful as `isUseful` has it; undefined for other files, too, which so need not be decoded or sent
   */
  read(uri: string, onlyIfUseful?: boolean): Promise<string | undefined>
  /** Whether `list` would yield this file, which need not exist: for files that a watcher reports one by one. */
  covers(folderUri: string, uri: string): Promise<boolean>
}
