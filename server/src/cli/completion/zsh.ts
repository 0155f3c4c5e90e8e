import type { Completed } from '../completion.ts'

/** For zsh, with its own `_arguments`; works as a function in `$fpath` and when it is sourced. */
export function zsh(commands: readonly Completed[]): string {
  const named = commands.filter(({ name }) => name !== 'lint')
  return `#compdef wif-lint
# wif-lint completion for zsh: source <(wif-lint completion zsh)
_wif_lint_commands() {
  local -a commands=(
${named.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  _describe -t commands command commands
}
_wif_lint() {
  local command=lint word
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      ${named.map(({ name }) => name).join(' | ')})
        command=$word
        break
        ;;
    esac
  done
  case $command in
${commands.map(branch).join('\n')}
  esac
}
if [[ $funcstack[1] == _wif_lint ]]; then
  _wif_lint "$@"
else
  compdef _wif_lint wif-lint
fi
`
}

function branch({ name, options, words }: Completed): string {
  const specs = options.flatMap(optionSpecs)
  if (words === 'files') specs.push(`'1: :{ _wif_lint_commands; _files }'`, `'*:path:_files'`)
  else specs.push(`'1:command:(${name})'`)
  if (words !== 'files' && words.length > 0) specs.push(quoted(`2:word:(${words.join(' ')})`))
  return `    ${name})\n      _arguments -S ${specs.map(spec => `\\\n        ${spec}`).join(' ')}\n      ;;`
}

function optionSpecs({ name, option }: Completed['options'][number]): string[] {
  const { short, value, choices, bare, names, help } = option
  const told = `[${help.replace(/[[\]:\\]/g, '\\$&')}]`
  if (value === undefined) {
    const [long, brief] = [`--${name}${told}`, short && `-${short}${told}`]
    return [long, ...(brief ? [brief] : [])].map(quoted)
  }
  const action = choices
    ? `(${choices.join(' ')})`
    : names === 'folder'
      ? '_files -/'
      : names
        ? '_files'
        : ' '
  return [
    quoted(
      bare === undefined ? `--${name}=${told}:${value}:${action}` : `--${name}=-${told}::${value}:${action}`,
    ),
  ]
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
