import type { Completed } from '../completion.ts'

/** For bash 4 and later, and the bash 3.2 of macOS. No reply means files, by `-o default`. */
export function bash(commands: readonly Completed[]): string {
  const named = commands.flatMap(({ name }) => (name === 'lint' ? [] : name))
  return `# wif-lint completion for bash: source <(wif-lint completion bash)
_wif_lint() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=lint i
  # What is written --option=value comes as three words.
  if [[ $current == = ]]; then
    current= before+==
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}=
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${named.join(' | ')})
        command=\${COMP_WORDS[i]}
        break
        ;;
    esac
  done
  COMPREPLY=()
  case $command:$before in
${commands.flatMap(values).join('\n')}
  esac
  case $command:$current in
${commands.map(options).join('\n')}
  esac
  case $command in
${commands.flatMap(command => words(command, named)).join('\n')}
  esac
}
complete -o bashdefault -o default -F _wif_lint wif-lint
`
}

function values({ name, options }: Completed): string[] {
  return options.flatMap(({ name: option, option: { value, choices, bare } }) => {
    if (value === undefined) return []
    const joined = `${name}:--${option}=`
    return branch(bare === undefined ? `${name}:--${option} | ${joined}` : joined, choices ?? [])
  })
}

function options({ name, options }: Completed): string {
  const all = options.flatMap(({ name: option, option: { bare, choices = [] } }) => [
    `--${option}`,
    ...(bare === undefined ? [] : choices.map(choice => `--${option}=${choice}`)),
  ])
  return branch(`${name}:-*`, all)
}

function words({ name, words }: Completed, named: readonly string[]): string[] {
  if (words === 'files') return [reply(`    ${name}) [[ $COMP_CWORD -eq 1 ]] && `, named)]
  return words.length === 0 ? [] : [branch(name, words)]
}

function branch(pattern: string, words: readonly string[]): string {
  const body = words.length === 0 ? '' : `${reply('      ', words)}\n`
  return `    ${pattern})\n${body}      return\n      ;;`
}

function reply(lead: string, words: readonly string[]): string {
  const end = lead.endsWith('&& ') ? ' ;;' : ''
  return `${lead}COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current"))${end}`
}
