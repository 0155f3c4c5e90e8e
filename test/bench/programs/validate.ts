/**
 * `validate.js FOLDER EVERY`: lets yaml-language-server validate each EVERY-th of the YAML files in a folder, without
 * any schema, and vscode-json-languageservice the JSON files. Prints the milliseconds for validating alone.
 */
import { TextDocument } from 'vscode-languageserver-textdocument'
import { jsonService, yamlService } from '../peers.ts'
import { sampled, timed } from './sample.ts'

async function main(folder: string, every: number) {
  const documents = (await sampled(folder, every)).map(({ path, format, text }) => ({
    format,
    document: TextDocument.create(`file://${path}`, format, 1, text),
  }))
  const [json, yaml] = [jsonService(), yamlService()]
  await timed(async () => {
    for (const { format, document } of documents) {
      if (format === 'yaml') await yaml.doValidation(document, false)
      else await json.doValidation(document, json.parseJSONDocument(document))
    }
  })
}

void main(process.argv[2] ?? '.', Number(process.argv[3]))
