import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
} from 'vscode-languageserver-protocol/node'
import { brief, CAPABLE, createClient, PUSH_ONLY } from './client.ts'
import { TENANT_WIDE, WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { bundleOf, connectProcess } from './servers.ts'

test('offers what it can do, and to a client that fetches findings, to fetch them', async () => {
  const client = await connectProcess()
  const { capabilities, serverInfo } = await client.initialize()
  expect(capabilities).toEqual({
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
    codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.wif'] },
    diagnosticProvider: { identifier: 'wif', interFileDependencies: true, workspaceDiagnostics: false },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  })
  expect(serverInfo).toEqual({
    name: 'wif-language-server',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  })
  await client.end()
})

test('does not offer what the client cannot take', async () => {
  const client = await connectProcess()
  const { capabilities } = await client.initialize({ capabilities: {} })
  expect(capabilities.diagnosticProvider).toBeUndefined()
  expect(capabilities.codeActionProvider).toBeUndefined()
  await client.end()
})

test('asks to be told of changed files and settings where the client can', async () => {
  const client = await connectProcess()
  const folder = folderOf({})
  await client.initialize({ folders: [folder.uri], attentive: true })
  const { registrations } = await client.next('client/registerCapability')
  expect(registrations).toMatchObject([
    {
      method: 'workspace/didChangeWatchedFiles',
      registerOptions: {
        watchers: [
          { globPattern: '**/*.{json,jsonc,yaml,yml}' },
          { globPattern: '**/.gitignore' },
          { globPattern: '**/*', kind: 4 },
        ],
      },
    },
  ])
  const { items } = await client.next('workspace/configuration')
  expect(items).toEqual([{ section: 'wif' }, { section: 'wif', scopeUri: folder.uri }])
  await client.end()
})

test.for([
  ['no folders at all', { workspaceFolders: null, rootUri: null }],
  ['an empty list of folders', { workspaceFolders: [] }],
  ['nothing said about folders', {}],
])('works with %s', async ([, params]) => {
  const client = await connectProcess()
  await client.request('initialize', { processId: null, capabilities: CAPABLE, ...(params as object) })
  client.notify('initialized', {})
  client.open('untitled:Untitled-1', 'json', WIDE_RULE)
  expect((await client.pull('untitled:Untitled-1')).items.map(brief)).toEqual([TENANT_WIDE])
  await client.end()
})

test.for(['rootUri', 'rootPath'])('reads the one folder of a client that knows only %s', async kind => {
  const client = await connectProcess()
  const folder = folderOf({ 'rule.json': WIDE_RULE })
  const root = kind === 'rootUri' ? { rootUri: folder.uri } : { rootUri: null, rootPath: folder.path }
  await client.request('initialize', { processId: null, capabilities: CAPABLE, ...root })
  client.notify('initialized', {})
  await client.settles(folder.at('rule.json'), [TENANT_WIDE])
  await client.end()
})

test('answers before `initialize`, with nothing', async () => {
  const client = await connectProcess()
  expect(await client.actions('file:///rule.json')).toEqual([])
  await client.initialize()
  await client.end()
})

test('ends with 0 after `shutdown`, and with 1 without', async () => {
  const polite = await connectProcess()
  await polite.initialize({ capabilities: PUSH_ONLY })
  await polite.end()
  expect(await polite.exited).toBe(0)
  const rude = await connectProcess()
  await rude.initialize()
  rude.notify('exit', {})
  expect(await rude.exited).toBe(1)
  rude.leave()
})

test('ends when the editor is gone', async () => {
  const client = await connectProcess()
  await client.initialize()
  client.leave()
  expect(await client.exited).toBe(1)
})

test('serves over the channel of a Node process, as VS Code starts it, and ends with it', async () => {
  const args = [await bundleOf('node'), '--node-ipc', `--clientProcessId=${process.pid}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const exited = once(child, 'exit').then(([code]) => code as number)
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child))
  const client = createClient(connection, { exited, leave: () => connection.dispose() })
  await client.initialize()
  client.open('untitled:Untitled-1', 'json', WIDE_RULE)
  expect((await client.pull('untitled:Untitled-1')).items.map(brief)).toEqual([TENANT_WIDE])
  child.disconnect()
  expect(await exited).toBe(1)
})

test('says how it is started when it is not told by what to speak', async () => {
  const run = async (...args: string[]) =>
    spawnSync(process.execPath, [await bundleOf('node'), ...args], { encoding: 'utf8' })
  expect(await run()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/^Usage: /) })
  expect(await run('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: /) })
  expect(await run('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) })
})

test('a folder given as a path with characters that need escaping is read', async () => {
  const client = await connectProcess()
  const folder = folderOf({ 'a (b)/rülé @ 100%.json': WIDE_RULE })
  await client.initialize({ folders: [folder.uri] })
  // As VS Code spells it, and as Node does: the same file.
  const path = `${folder.path}/a (b)/rülé @ 100%.json`
  const node = pathToFileURL(path).href
  const code = `file://${path.split('/').map(encodeURIComponent).join('/').replaceAll('(', '%28').replaceAll(')', '%29')}`
  expect(node).not.toBe(code)
  for (const uri of [node, code]) await client.settles(uri, [TENANT_WIDE])
  await client.end()
})
