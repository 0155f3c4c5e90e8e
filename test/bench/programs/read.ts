/**
 * `read.js FOLDER [promises]`: the floor. Finds the files in a folder as the linter does and reads their bytes, as the
 * linter does or with `fs/promises`, and no more.
 */
import { readFile } from 'node:fs/promises'
import { withBytes } from '../../../server/src/node/bytes.ts'
import { mapBounded } from '../../../server/src/node/pool.ts'
import { findFiles } from '../../../server/src/node/walk.ts'

async function main(folder: string, how: string | undefined) {
  const { paths } = await findFiles(folder)
  const read = (path: string) => (how ? readFile(path) : withBytes(path, bytes => bytes.length))
  await mapBounded<string, unknown>(paths, read)
}

void main(process.argv[2] ?? '.', process.argv[3])
