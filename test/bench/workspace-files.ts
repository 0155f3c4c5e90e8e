import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { claudeWorkload, id, issuer, rule } from './federation.ts'
import { jsonFile } from './json-files.ts'
import { manifest, namespace } from './kubernetes.ts'
import { type Random, randomFrom } from './random.ts'

/** How many files a workspace has. Of either kind, the first `relevant` matter. */
export interface Size {
  yaml: number
  json: number
  relevantYaml: number
  relevantJson: number
}

/** A file's path in the workspace, with forward slashes, and its text. */
export type File = readonly [path: string, text: string]

/**
 * A workspace like that of a platform team: clusters, teams, apps. The same for the same seed. Every pod that matters
 * names its rule, and the rules name one issuer for each cluster, so that all pair.
 */
export function* workspaceFiles(seed: number, size: Size): Generator<File> {
  const random = randomFrom(seed)
  const issuers = Array.from({ length: 3 }, (_, i) => issuer(random, `cluster-${i}`) as { id: string })
  const place = (i: number) => `clusters/${i % 3}/team-${i % 40}/app-${Math.floor(i / 1200)}`
  for (let i = 0; i < size.relevantYaml; i++) {
    yield [
      `${place(i)}/agent-${i}.yaml`,
      claudeWorkload(random, `agent-${i}`, id('fdrl', random), namespace(random)),
    ]
  }
  for (let i = 0; i < size.relevantJson; i++) {
    if (i < issuers.length) yield [`federation/issuer-${i}.json`, pretty(issuers[i])]
    else yield [`federation/rules/${i}.json`, pretty(ruleFor(random, i, issuers))]
  }
  for (let i = size.relevantYaml; i < size.yaml; i++) yield [`${place(i)}/${i}.yaml`, manifest(random)]
  for (let i = size.relevantJson; i < size.json; i++) yield [`${place(i)}/${i}.json`, jsonFile(random)]
}

function ruleFor(random: Random, i: number, issuers: readonly { id: string }[]): object {
  const issuerId = issuers[i % issuers.length]?.id ?? ''
  return rule(random, {
    own: `agents-${i}`,
    issuerId,
    subject: `system:serviceaccount:${namespace(random)}:agent-${i}`,
  })
}

const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Writes `files` below `folder`. @returns their bytes */
export function writeFiles(folder: string, files: Iterable<File>): number {
  let bytes = 0
  const made = new Set<string>()
  for (const [path, text] of files) {
    const at = join(folder, path)
    if (!made.has(dirname(at))) mkdirSync(dirname(at), { recursive: true })
    made.add(dirname(at))
    writeFileSync(at, text)
    bytes += Buffer.byteLength(text)
  }
  return bytes
}
