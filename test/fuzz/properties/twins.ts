import { parse, stringify } from 'yaml'
import { parseJson } from '../../../server/src/syntax/json.ts'
import { pointer, toValue } from '../../../server/src/syntax/node.ts'
import { parseYaml } from '../../../server/src/syntax/yaml.ts'
import type { Seed } from '../corpus.ts'
import { mutated } from '../mutate.ts'
import { fail, type Property, property } from '../property.ts'
import { open } from './texts.ts'

/** The same data in JSON and in YAML is the same to the linter. */
export function twinProperties(seeds: readonly Seed[]): Property[] {
  const values = mutated(seeds).map(({ format, text }) => {
    const [tree] = format === 'json' ? [parseJson(text)] : parseYaml(text)
    return { json: JSON.stringify(toValue(tree?.root) ?? null) }
  })
  return [property<{ json: string }>({ name: 'twins', inputs: values.filter(isPlain), check: twinsAgree })]
}

/** What one of the two formats cannot say, or says in another way: templates, merge keys, characters no file has. */
function isPlain({ json }: { json: string }): boolean {
  return !/__proto__|\\u[0-9a-f]{4}|\ufeff|\{\{|"<<"/i.test(json)
}

function twinsAgree({ json }: { json: string }): void {
  const value: unknown = JSON.parse(json)
  const yaml = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
  // Data that YAML reads back as other data is no twin: `yaml` quotes nearly all that needs it.
  if (JSON.stringify(parse(yaml)) !== json) return
  const [[back], front] = [parseYaml(yaml), parseJson(json)]
  if (JSON.stringify(toValue(back?.root)) !== json || JSON.stringify(toValue(front.root)) !== json)
    fail(`it is read otherwise:\n${json}\n${yaml}`)
  const [inJson, inYaml] = [facts('json', json), facts('yaml', yaml)]
  if (inJson !== inYaml) fail(`JSON says\n${inJson}\nand YAML\n${inYaml}\nof\n${yaml}`)
}

function facts(format: 'json' | 'yaml', text: string): string {
  const { workspace, uri } = open({ format, text })
  return workspace
    .findings(uri)
    .filter(f => !f.rule.startsWith('syntax/'))
    .map(f => `${f.node ? pointer(f.node) : ''} ${f.rule} ${f.severity} ${f.message}`)
    .sort()
    .join('\n')
}
