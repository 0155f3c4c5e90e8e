import { readArguments } from './args.ts'
import { explainCommand } from './explain.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import { lintCommand } from './lint.ts'
import { rulesCommand } from './rules.ts'
import { tokenCommand } from './token.ts'
import { USAGE } from './usage.ts'

/** Set by the build to the version in package.json. */
declare const __VERSION__: string

/** Runs `wif-lint` with the arguments behind its name. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  // Its options are its own, and none of its arguments may be repeated in a message.
  if (argv[0] === 'token') return tokenCommand(argv.slice(1), io)
  const command = readArguments(argv)
  switch (command.name) {
    case 'lint':
      return lintCommand(command.options, io)
    case 'explain':
      return explainCommand(command.id, io)
    case 'rules':
      return rulesCommand(command.format, io)
    case 'help':
      io.stdout.write(USAGE)
      return EXIT.clean
    case 'version':
      io.stdout.write(`${__VERSION__}\n`)
      return EXIT.clean
    case 'misuse':
      say(io, `${command.problem}; see wif-lint --help`)
      return EXIT.failure
  }
}
