import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { printable } from '../text/printable.ts'
import type { Mended } from './fix.ts'
import type { Io } from './io.ts'
import { colorsFor } from './report/terminal.ts'

/**
 * The changes as one unified diff, which `git apply` and `patch -p1` take. A person at a terminal sees it in colours and
 * with nothing in it that a terminal obeys; a file or a program gets every byte.
 */
export function unifiedDiff(files: readonly Mended[], nameOf: (path: string) => string, io: Io): string {
  const patch = files.map(({ source, text }) => {
    const name = nameOf(source.path)
    // The mark is no part of the text, but of the file, and a patch must name the whole first line.
    const mark = source.encoding.bom ? '\uFEFF' : ''
    return createTwoFilesPatch(
      `a/${name}`,
      `b/${name}`,
      mark + source.text,
      mark + text,
      undefined,
      undefined,
      {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      },
    )
  })
  return io.stdout.isTTY ? forTerminal(patch.join(''), io) : patch.join('')
}

function forTerminal(patch: string, io: Io): string {
  const colors = colorsFor(io.stdout, io.env)
  const painted = patch.split('\n').map(line => {
    const shown = printable(line)
    if (/^(---|\+\+\+) /.test(line)) return colors.bold(shown)
    if (line.startsWith('@@')) return colors.cyan(shown)
    if (line.startsWith('+')) return colors.green(shown)
    return line.startsWith('-') ? colors.red(shown) : shown
  })
  return painted.join('\n')
}
