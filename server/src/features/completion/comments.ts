import type { Range } from '../../syntax/node.ts'
import type { WifFile } from '../../wif/entity.ts'
import { linesOf } from '../../wif/lines.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { type Candidate, distinct } from './candidate.ts'
import { ruleIds } from './config-values.ts'

/** What may be written in a comment, and what it takes the place of. */
export interface InComment {
  range: Range
  candidates: Candidate[]
}

/** The rules that a comment may ignore at `offset`: those that find something on its line or the next. */
export function commentCompletions(
  workspace: Workspace,
  file: WifFile,
  offset: number,
): InComment | undefined {
  const { text } = file
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(start, offset)
  const [, mark = '', word = '', gap, rule = ''] =
    /(?:^|\s)(#|\/\/)[ \t]*(wif-ignore|w[a-z-]*)(?:([ \t]+)([a-z0-9/-]*))?$/.exec(before) ?? []
  if (mark === '' || (file.format === 'yaml') !== (mark === '#')) return undefined
  const found = findingsNear(workspace, file, start)
  if (gap === undefined) {
    const candidates = found.length > 0 && 'wif-ignore'.startsWith(word) ? found.map(ignore) : []
    return { range: { start: offset - word.length, end: offset }, candidates }
  }
  if (word !== 'wif-ignore') return undefined
  const rest = /^[a-z0-9/-]*/.exec(text.slice(offset))?.[0].length ?? 0
  const range = { start: offset - rule.length, end: offset + rest }
  return { range, candidates: found.length > 0 ? found : ruleIds() }
}

function ignore(rule: Candidate): Candidate {
  return { ...rule, value: `wif-ignore ${rule.value}` }
}

function findingsNear(workspace: Workspace, file: WifFile, start: number): Candidate[] {
  const lines = linesOf(file)
  const { line } = lines.positionAt(start)
  const found = workspace
    .findings(file.uri)
    .filter(({ rule, start: at }) => {
      const distance = lines.positionAt(at).line - line
      return !/^(?:syntax|config)\//.test(rule) && (distance === 0 || distance === 1)
    })
    .map(({ rule, message }): Candidate => ({ value: rule, detail: message }))
  return distinct(found)
}
