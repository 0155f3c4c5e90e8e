import type { Completed } from '../completion.ts'

/** For fish 3 and later. */
export function fish(commands: readonly Completed[]): string {
  const named = commands.filter(({ name }) => name !== 'lint')
  const names = named.map(({ name }) => name).join(' ')
  const lines = commands.flatMap(({ name, options, words }) => {
    const when =
      name === 'lint' ? `not __fish_seen_subcommand_from ${names}` : `__fish_seen_subcommand_from ${name}`
    const head = `complete -c wif-lint -n ${quoted(when)}`
    const own = options.flatMap(each => optionLines(head, each))
    if (words === 'files') return own
    return [`${head} -f${words.length > 0 ? ` -a ${quoted(words.join(' '))}` : ''}`, ...own]
  })
  const first = named.map(
    ({ name, summary }) => `complete -c wif-lint -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
  )
  return `# wif-lint completion for fish: wif-lint completion fish | source\n${[...first, ...lines].join('\n')}\n`
}

function optionLines(head: string, { name, option }: Completed['options'][number]): string[] {
  const { short, value, choices, bare, help } = option
  const told = `-d ${quoted(help)}`
  const flag = `${head} -l ${name}${short ? ` -s ${short}` : ''} ${told}`
  if (value === undefined) return [flag]
  // What may do without its value takes it only behind a `=`, which fish knows nothing of.
  if (bare !== undefined)
    return [
      flag,
      `${head} -a ${quoted((choices ?? []).map(choice => `--${name}=${choice}`).join(' '))} ${told}`,
    ]
  return [`${head} -l ${name} ${choices ? `-x -a ${quoted(choices.join(' '))}` : '-r -F'} ${told}`]
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
