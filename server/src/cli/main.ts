import { readArguments } from './args.ts'
import { EXIT, type ExitCode, type Io, say } from './io.ts'
import { usageOf } from './usage.ts'

/** Set by the build to the version in package.json. */
declare const __VERSION__: string

/** Runs `wif-lint` with the arguments behind its name. What one command needs, no other waits for. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const command = readArguments(argv)
  switch (command.name) {
    case 'lint':
      return (await import('./lint.ts')).lintCommand(command.paths, command.options, io)
    case 'explain':
      return (await import('./explain.ts')).explainCommand(command.word, io)
    case 'rules':
      return (await import('./rules.ts')).rulesCommand(command.options, io)
    case 'token':
      return (await import('./token.ts')).tokenCommand(command.options, io)
    case 'access':
      return (await import('./access.ts')).accessCommand(command.paths, command.options, io)
    case 'init':
      return (await import('./init.ts')).initCommand(command.options, io)
    case 'completion':
      io.stdout.write((await import('./completion.ts')).completionFor(command.word))
      return EXIT.clean
    case 'lsp':
      return serve(command.options, io)
    case 'help':
      io.stdout.write(usageOf(command.of))
      return EXIT.clean
    case 'version':
      io.stdout.write(`${__VERSION__}\n`)
      return EXIT.clean
    case 'misuse':
      say(io, `${command.problem}; see wif-lint${command.of === 'lint' ? '' : ` ${command.of}`} --help`)
      return EXIT.failure
  }
}

/** The server ends the process itself when its editor says so. */
function serve({ stdio }: { stdio: boolean }, io: Io): ExitCode {
  if (!stdio) say(io, 'lsp needs --stdio; see wif-lint lsp --help')
  else if (!io.startServer) say(io, 'the language server is not there')
  else {
    io.startServer()
    return EXIT.clean
  }
  return EXIT.failure
}
