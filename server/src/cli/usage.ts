import { COMMANDS, type CommandName, GENERAL, type Option, type Spec } from './options.ts'

/** Where what is said of an option begins, and how wide a line is at most. */
const COLUMN = 26
const WIDTH = 106

/** What `wif-lint [COMMAND] --help` prints. */
export function usageOf(name: CommandName): string {
  const spec: Spec = COMMANDS[name]
  const called = (each: string, { synopsis }: Spec) =>
    `wif-lint ${each === 'lint' ? '' : `${each} `}${synopsis}`
  const others = Object.entries<Spec>(COMMANDS).filter(([each]) => name === 'lint' && each !== 'lint')
  const heads = [called(name, spec), ...others.map(([each, other]) => called(each, other))]
  const general = Object.entries<Option>(GENERAL).filter(([each]) => name === 'lint' || each === 'help')
  const sections = [
    `Usage: ${heads.join('\n       ')}`,
    spec.about,
    others.length > 0 &&
      section(
        'Commands',
        others.map(([each, { summary }]) => row(each, summary)),
      ),
    others.length > 0 &&
      '  wif-lint COMMAND --help says more. A file or folder with the name of a command is written ./rules.',
    section(
      'Options',
      [...Object.entries(spec.options), ...general].map(([each, option]) =>
        row(label(each, option), option.help),
      ),
    ),
    `Exit codes: ${spec.exits}`,
  ]
  return `${sections.filter(Boolean).join('\n\n')}\n`
}

function section(heading: string, rows: readonly string[]): string {
  return [`${heading}:`, ...rows].join('\n')
}

function label(name: string, { short, value, bare }: Option): string {
  const shown = value === undefined ? '' : bare === undefined ? ` ${value}` : `[=${value}]`
  return `${short ? `-${short}, ` : ''}--${name}${shown}`
}

/** `what`, and `help` beside it, on as many lines as it takes. */
function row(what: string, help: string): string {
  const lines: string[] = []
  let line = `  ${what}`.padEnd(COLUMN - 1)
  for (const word of help.split(' ')) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = ' '.repeat(COLUMN - 1)
    }
    line += ` ${word}`
  }
  return [...lines, line].join('\n')
}
