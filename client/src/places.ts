import { commands, type Disposable, Location, Position, Range, Uri } from 'vscode'
import type { Location as WireLocation, Position as WirePosition } from 'vscode-languageclient'

/**
 * Makes the command of lenses: it shows places as the editor shows references. It is called by lenses alone, with what
 * the server has put into them, so it is in no palette.
 */
export function registerPlacesCommand(): Disposable {
  return commands.registerCommand(
    'wif.showAdmitted',
    (uri: string, position: WirePosition, places: readonly WireLocation[]) =>
      commands.executeCommand(
        'editor.action.showReferences',
        Uri.parse(uri, true),
        toPosition(position),
        places.map(toLocation),
      ),
  )
}

function toPosition({ line, character }: WirePosition): Position {
  return new Position(line, character)
}

function toLocation({ uri, range: { start, end } }: WireLocation): Location {
  return new Location(Uri.parse(uri, true), new Range(toPosition(start), toPosition(end)))
}
