/**
 * `parse.js FOLDER EVERY`: parses each EVERY-th of the JSON and YAML files in a folder, with `yaml` and JSON.parse.
 * Prints the milliseconds for parsing alone.
 */
import { parseAllDocuments } from 'yaml'
import { sampled, timed } from './sample.ts'

async function main(folder: string, every: number) {
  const files = await sampled(folder, every)
  await timed(() => {
    for (const { format, text } of files) {
      if (format === 'yaml') parseAllDocuments(text, { logLevel: 'silent' })
      else tryJson(text)
    }
  })
}

function tryJson(text: string) {
  try {
    JSON.parse(text)
  } catch {
    // With comments, say.
  }
}

void main(process.argv[2] ?? '.', Number(process.argv[3]))
