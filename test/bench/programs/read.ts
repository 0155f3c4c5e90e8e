/** `read.js FOLDER`: the floor. Finds the files in a folder as the linter does and reads their bytes, no more. */
import { withBytes } from '../../../server/src/node/bytes.ts'
import { mapBounded } from '../../../server/src/node/pool.ts'
import { findFiles } from '../../../server/src/node/walk.ts'

async function main(folder: string) {
  const { paths } = await findFiles(folder)
  await mapBounded(paths, path => withBytes(path, bytes => bytes.length))
}

void main(process.argv[2] ?? '.')
