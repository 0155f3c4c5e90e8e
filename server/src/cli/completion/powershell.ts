import type { Completed } from '../completion.ts'

/** For PowerShell 5.1 and later. No result means files. */
export function powershell(commands: readonly Completed[]): string {
  const table = commands.map(({ name, options, words }) => {
    const valued = options.filter(({ option }) => option.choices && option.bare === undefined)
    const flags = options.flatMap(({ name: option, option: { bare, choices = [] } }) => [
      `--${option}`,
      ...(bare === undefined ? [] : choices.map(choice => `--${option}=${choice}`)),
    ])
    const values = valued.map(
      ({ name: option, option: { choices = [] } }) => `'--${option}' = ${list(choices)}`,
    )
    const first = name === 'lint' ? commands.flatMap(each => (each.name === 'lint' ? [] : each.name)) : []
    const own = words === 'files' ? first : words
    return `    ${name} = @{ options = ${list(flags)}; values = @{ ${values.join('; ')} }; words = ${list(own)} }`
  })
  return `# wif-lint completion for PowerShell: wif-lint completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName wif-lint -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = @{
${table.join('\n')}
  }
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $name = $typed | Where-Object { $_ -ne 'lint' -and $commands.ContainsKey($_) } | Select-Object -First 1
  $command = if ($name) { $commands[$name] } else { $commands['lint'] }
  $last = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
  $found = if ($command.values.ContainsKey($last)) { $command.values[$last] }
    elseif ($wordToComplete -like '-*') { $command.options }
    else { $command.words }
  $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}

function list(words: readonly string[]): string {
  return `@(${words.map(word => `'${word}'`).join(', ')})`
}
