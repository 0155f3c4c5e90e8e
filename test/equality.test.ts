import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from 'vscode-languageserver-protocol'
import { CAPABLE } from './lsp/client.ts'
import { folderOf } from './lsp/folder.ts'
import { bundleOf, connectProcess } from './lsp/servers.ts'
import { examples } from './rules/page.ts'

/**
 * The command line and the language server find the same, in the same places: on the example workspace, and on
 * every example of every rule's page.
 */

const root = join(import.meta.dirname, '..')
const SEVERITY = ['', 'error', 'warning', 'info', 'hint']

/** What `wif-lint --format json` finds in a folder, one line for each finding. */
async function byCommandLine(folder: string): Promise<string[]> {
  const cli = await bundleOf('cli')
  const { stdout } = spawnSync(process.execPath, [cli, '--format', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  const { findings } = JSON.parse(stdout) as { findings: Record<string, unknown>[] }
  return findings
    .map(
      f => `${f.file}:${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.severity} ${f.rule} ${f.message}`,
    )
    .sort()
}

/** The same by the server: every file is opened, as a person would, and asked about. */
async function byServer(folder: string): Promise<string[]> {
  const client = await connectProcess()
  const base = pathToFileURL(folder).href
  await client.initialize({ folders: [base], capabilities: { ...CAPABLE, window: {} } })
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(f =>
    /\.(json|ya?ml)$/.test(f),
  )
  const uri = (file: string) => pathToFileURL(join(folder, file)).href
  for (const file of files) {
    client.open(uri(file), file.endsWith('.json') ? 'json' : 'yaml', readFileSync(join(folder, file), 'utf8'))
  }
  const found: string[] = []
  for (const file of files) {
    const report = await client.pull(uri(file))
    const items: Diagnostic[] = report.kind === 'full' ? report.items : []
    for (const { range, severity, code, message } of items) {
      const [start, end] = [range.start, range.end].map(p => `${p.line + 1}:${p.character + 1}`)
      found.push(`${file}:${start}-${end} ${SEVERITY[severity ?? 0]} ${code} ${message}`)
    }
  }
  await client.end()
  return found.sort()
}

describe('the command line and the server agree', { timeout: 60_000 }, () => {
  test('on the examples for newcomers', async () => {
    const folder = join(root, 'examples')
    const found = await byCommandLine(folder)
    expect(found.length).toBeGreaterThan(10)
    expect(await byServer(folder)).toEqual(found)
  })

  test('on every example of every rule', async () => {
    // One folder for each page's examples would be a process each: all are put side by side, and with them comes a
    // workspace in which everything may pair with everything.
    const pages = join(root, 'server/src/rules')
    const files: Record<string, string> = {}
    for (const page of readdirSync(pages, { recursive: true, encoding: 'utf8' })) {
      if (!page.endsWith('.md')) continue
      for (const { line, format, text } of examples(readFileSync(join(pages, page), 'utf8'))) {
        files[`${page.slice(0, -3)}/${line}.${format}`] = text
      }
    }
    const folder = folderOf(files)
    const found = await byCommandLine(folder.path)
    expect(found.length).toBeGreaterThan(300)
    expect(await byServer(folder.path)).toEqual(found)
  })
})
