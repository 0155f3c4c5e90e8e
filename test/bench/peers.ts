/** The tools that our figures stand beside, each set up to do as little as it can. */
import { type JSONSchema, getLanguageService as jsonLanguageService } from 'vscode-json-languageservice'
import { getLanguageService as yamlLanguageService } from 'yaml-language-server'

/** vscode-json-languageservice, which validates every file against `schema`, if there is one. */
export function jsonService(schema?: object) {
  const service = jsonLanguageService({})
  const schemas = schema ? [{ uri: 'memory:schema', fileMatch: ['*'], schema: schema as JSONSchema }] : []
  service.configure({ validate: true, allowComments: true, schemas })
  return service
}

/** yaml-language-server without any schema, so that nothing but syntax is looked at. */
export function yamlService() {
  const service = yamlLanguageService({
    schemaRequestService: () => Promise.reject(new Error('there is no network')),
    workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
  })
  service.configure({ validate: true, schemas: [], customTags: [] })
  return service
}
