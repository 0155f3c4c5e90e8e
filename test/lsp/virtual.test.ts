import { expect, onTestFinished, test } from 'vitest'
import { FILE_REQUESTS } from '../../server/src/lsp/files-protocol.ts'
import { brief, type Client } from './client.ts'
import { MISMATCH_AT_RULE, pod, podRule, TENANT_WIDE, WIDE_RULE } from './fixtures.ts'
import { folderOf } from './folder.ts'
import { connectInside, connectProcess } from './servers.ts'

/** Folders that are on no disk, such as a repository that is only looked at: the client reads their files. */

const [CREATED, CHANGED, DELETED] = [1, 2, 3]
const FOLDER = 'vscode-vfs://github/acme/infra'
const [POD, RULE] = [`${FOLDER}/k8s/pod.yaml`, `${FOLDER}/rule.yaml`]

/** Answers what the server asks for from `files`, by uri; `asked` has every uri it has asked about. */
function serve({ connection }: Client, files: Map<string, string>): { asked: string[] } {
  const asked: string[] = []
  connection.onRequest(FILE_REQUESTS.list, ({ folder }) => {
    asked.push(folder)
    return [...files.keys()].filter(uri => uri.startsWith(`${folder}/`))
  })
  connection.onRequest(FILE_REQUESTS.read, ({ uri }) => {
    asked.push(uri)
    return files.get(uri) ?? null
  })
  connection.onRequest(FILE_REQUESTS.covers, ({ uri }) => !uri.includes('/ignored/'))
  return { asked }
}

async function connect(): Promise<Client> {
  const client = await connectProcess()
  onTestFinished(() => client.end())
  return client
}

/** Tells the server of a change, as the editor's watcher does for virtual folders, too. */
function report(client: Client, type: number, uri: string): void {
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] })
}

const OFFER = { initializationOptions: { status: true, files: true } }

test('files of a virtual folder count in what is found, when they change, come and go, too', async () => {
  const client = await connect()
  const files = new Map([
    [POD, pod('https://other.example')],
    [RULE, podRule()],
  ])
  serve(client, files)
  await client.initialize({ folders: [FOLDER], ...OFFER })
  client.open(RULE, 'yaml', podRule())
  await client.settles(RULE, [MISMATCH_AT_RULE])

  files.set(POD, pod('https://api.anthropic.com'))
  report(client, CHANGED, POD)
  await client.settles(RULE, [])

  const added = `${FOLDER}/k8s/second.yaml`
  files.set(added, pod('https://third.example'))
  files.delete(POD)
  report(client, DELETED, POD)
  report(client, CREATED, added)
  await client.settles(RULE, [MISMATCH_AT_RULE])

  // The folder they were in.
  report(client, DELETED, `${FOLDER}/k8s`)
  await client.settles(RULE, [])
})

test('what the client leaves out stays out when it changes', async () => {
  const client = await connect()
  const files = new Map([[RULE, podRule()]])
  serve(client, files)
  await client.initialize({ folders: [FOLDER], ...OFFER })
  await client.knows(1)
  const ignored = `${FOLDER}/ignored/pod.yaml`
  files.set(ignored, pod('https://other.example'))
  files.set(`${FOLDER}/wide.json`, WIDE_RULE)
  report(client, CREATED, ignored)
  report(client, CREATED, `${FOLDER}/wide.json`)
  await client.knows(2)
  expect((await client.pull(RULE)).items).toEqual([])
})

test('the configuration of a virtual folder holds there', async () => {
  const client = await connect()
  const wide = `${FOLDER}/rules/wide.json`
  serve(
    client,
    new Map([
      [wide, WIDE_RULE],
      [`${FOLDER}/wif-lint.json`, '{ "severity": { "match/tenant-wide": "off" } }'],
    ]),
  )
  await client.initialize({ folders: [FOLDER], ...OFFER })
  await client.settles(wide, [])
})

test('what is on the disk is read from there, with a virtual folder beside it', async () => {
  const client = await connect()
  const { asked } = serve(client, new Map([[POD, pod('https://other.example')]]))
  const folder = folderOf({ 'rule.yaml': podRule() })
  await client.initialize({ folders: [folder.uri, FOLDER], ...OFFER })
  await client.settles(folder.at('rule.yaml'), [MISMATCH_AT_RULE])
  expect(asked).toEqual([FOLDER, POD])
})

test('a client that reads no files is asked for none, and open documents are checked all the same', async () => {
  const client = await connect()
  await client.initialize({ folders: [FOLDER], initializationOptions: { status: true } })
  client.open(`${FOLDER}/wide.json`, 'json', WIDE_RULE)
  await client.settles(`${FOLDER}/wide.json`, [TENANT_WIDE])
  // The client's answer to anything it does not know would be no list; it is not even asked.
  expect(client.unread().filter(message => message.startsWith('wif/files'))).toEqual([])
})

test('a client that fails to read is no reason to fail', async () => {
  const client = await connect()
  for (const method of Object.values(FILE_REQUESTS))
    client.connection.onRequest(method, () => {
      throw new Error('offline')
    })
  await client.initialize({ folders: [FOLDER], ...OFFER })
  client.open(`${FOLDER}/wide.json`, 'json', WIDE_RULE)
  report(client, CHANGED, POD)
  expect((await client.pull(`${FOLDER}/wide.json`)).items.map(brief)).toEqual([TENANT_WIDE])
})

test('of the disk, only what is of use is wanted, so that nothing else is decoded', async () => {
  const wanted: (boolean | undefined)[] = []
  const client = connectInside({
    files: {
      async *list() {
        yield 'file:///w/rule.json'
      },
      async read(_uri, onlyIfUseful) {
        wanted.push(onlyIfUseful)
        return WIDE_RULE
      },
      covers: async () => true,
    },
  })
  await client.initialize({ folders: ['file:///w'] })
  await client.settles('file:///w/rule.json', [TENANT_WIDE])
  expect(wanted).toEqual([true])
  await client.end()
})
