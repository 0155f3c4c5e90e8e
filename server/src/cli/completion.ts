import { rules } from '../rules/index.ts'
import { bash } from './completion/bash.ts'
import { fish } from './completion/fish.ts'
import { powershell } from './completion/powershell.ts'
import { zsh } from './completion/zsh.ts'
import { COMMANDS, type CommandName, GENERAL, type Option, type Spec } from './options.ts'
import { OTHER_FINDINGS } from './other-findings.ts'

/** A command, for a script that completes it; `lint` is what has no name on the command line. */
export interface Completed {
  name: CommandName
  summary: string
  options: { name: string; option: Option }[]
  /** What its one word may be; `files` for any number of paths. */
  words: 'files' | readonly string[]
}

const WRITERS = { bash, zsh, fish, powershell }

/** The script that makes `shell` complete `wif-lint`, as all of it follows from the table of options. */
export function completionFor(shell: keyof typeof WRITERS): string {
  const commands = (Object.keys(COMMANDS) as CommandName[]).map((name): Completed => {
    const spec: Spec = COMMANDS[name]
    const options = Object.entries<Option>({ ...spec.options, ...GENERAL })
    return {
      name,
      summary: spec.summary,
      options: options.map(([each, option]) => ({ name: each, option })),
      words: wordsOf(spec),
    }
  })
  return WRITERS[shell](commands)
}

function wordsOf({ words }: Spec): Completed['words'] {
  if (words === 'paths') return 'files'
  if (words === 'none') return []
  return words.choices ?? [...rules.map(({ id }) => id), ...OTHER_FINDINGS.keys()]
}
