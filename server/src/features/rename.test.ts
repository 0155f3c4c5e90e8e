import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '../text/edit.ts'
import { createWorkspace, type Workspace } from '../workspace/workspace.ts'
import { definition } from './definition.ts'
import { mentionsIn } from './mentions.ts'
import { rename } from './rename.ts'

/** How ids are written: the text of a value in YAML. */
const quoted = (id: string) => fc.constantFrom(id, `"${id}"`, `'${id}'`)
const issuerId = fc.constantFrom('fdis_01A', 'fdis_01B', 'fdis_01AB', 'fdis_...')
const ruleId = fc.constantFrom('fdrl_01A', 'fdrl_01B', 'fdrl_01AB', '$RULE')
const space = fc.constantFrom('', ' # fdis_01A fdrl_01A', '  ')

const issuer = fc
  .tuple(issuerId.chain(quoted), space)
  .map(([id, end]) => `id: ${id}${end}\nname: fdis_01A\nissuer_url: https://idp.acme.example\n`)
const rule = fc
  .tuple(ruleId.chain(quoted), issuerId.chain(quoted), space)
  .map(
    ([id, of, end]) => `name: "fdrl_01A"\nid: ${id}${end}\nissuer_id:   ${of}\nmatch: {subject_prefix: a}\n`,
  )
const pod = fc.tuple(ruleId.chain(quoted), ruleId.chain(quoted)).map(
  ([a, b]) => `apiVersion: v1
kind: Pod
metadata: {name: fdrl_01A}
spec:
  containers:
    - env:
      - {name: ANTHROPIC_FEDERATION_RULE_ID, value: ${a}}
    - env: # ${b}
        - name: ANTHROPIC_FEDERATION_RULE_ID
          value: ${b}
`,
)
const json = fc
  .tuple(issuerId, ruleId, fc.nat(3))
  .map(([of, id, indent]) =>
    JSON.stringify([{ issuer_id: of, id, match: { subject_prefix: id } }], null, indent),
  )
const links = fc
  .tuple(issuerId.chain(quoted), ruleId)
  .map(([a, b]) => `links: {${a}: 0.yaml, ${b}: 1.yaml}\n`)

const workspaces = fc
  .tuple(
    fc.array(fc.oneof(issuer, rule, pod), { minLength: 1, maxLength: 8 }),
    fc.array(json, { maxLength: 2 }),
    fc.option(links),
  )
  .map(([yaml, jsons, config]) => {
    const texts = new Map<string, string>()
    for (const [i, text] of yaml.entries()) texts.set(`file:///w/${i}.yaml`, text)
    for (const [i, text] of jsons.entries()) texts.set(`file:///w/${i}.json`, text)
    if (config) texts.set('file:///w/wif-lint.yaml', config)
    return texts
  })

function workspaceOf(texts: ReadonlyMap<string, string>): Workspace {
  const workspace = createWorkspace([])
  for (const [uri, text] of texts) workspace.update(uri, 'disk', text)
  return workspace
}

/** For each word that names something where that is described, by the number of the mention in its file. */
function leads(workspace: Workspace): string[] {
  return workspace
    .files()
    .flatMap(file =>
      mentionsIn(file).map(({ node, kind }, i) =>
        [
          file.uri,
          i,
          kind,
          ...(definition(workspace, file.uri, node.start)?.to ?? []).map(
            to =>
              `${to.file.uri} ${[...to.file.issuers, ...to.file.rules].findIndex(e => e.node === to.node)}`,
          ),
        ].join(),
      ),
    )
}

test('a rename touches no other byte, and afterwards every word leads where it led', () => {
  fc.assert(
    fc.property(workspaces, fc.nat(), (texts, pick) => {
      const workspace = workspaceOf(texts)
      const ids = workspace
        .files()
        .flatMap(mentionsIn)
        .filter(m => m.id !== undefined)
      const mention = ids[pick % ids.length]
      if (!mention) return
      const { id = '', kind, node, file } = mention
      const to = `${id.slice(0, 5)}9New`
      const edits = rename(workspace, file.uri, node.start, to)
      if (!edits || 'refused' in edits) throw new Error(edits?.refused)
      const after = new Map(texts)
      for (const [uri, list] of edits) after.set(uri, applyEdits(texts.get(uri) ?? '', list))

      const renamed = workspaceOf(after)
      expect(leads(renamed)).toEqual(leads(workspace))
      const own = (of: Workspace, name: string) =>
        of
          .files()
          .flatMap(mentionsIn)
          .filter(m => m.kind === kind && m.id === name).length
      expect([own(renamed, to), own(renamed, id)]).toEqual([own(workspace, id), 0])
      for (const [uri, text] of texts) expect(after.get(uri)?.replaceAll(to, id)).toBe(text)
    }),
  )
})
