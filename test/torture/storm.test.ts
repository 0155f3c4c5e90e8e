import { expect, test } from 'vitest'
import { folderOf } from '../lsp/folder.ts'
import { connectProcess } from '../lsp/servers.ts'
import { randomness } from './random.ts'
import { type Sea, sameSea, setSail, storm, verdict } from './storm.ts'

async function start(folder: string) {
  const client = await connectProcess()
  await client.initialize({ folders: [folder] })
  return client
}

/** After a last word on each file of the disk, which the storm may have changed silently. */
async function settle({ client, folder }: Sea): Promise<void> {
  const changes = Array.from({ length: 5 }, (_, i) => ({ uri: `${folder}/disk/${i}.json`, type: 2 }))
  client.notify('workspace/didChangeWatchedFiles', { changes })
  await client.barrier()
}

test('after 2,000 edits between overlapping requests the last answer is about the last version', async () => {
  const folder = folderOf({ 'disk/0.json': '{}' })
  const sea = setSail(await start(folder.uri), folder.uri)
  await storm(sea, 2000, randomness(7))
  await settle(sea)

  const calm = sameSea(await start(folder.uri), sea)
  await expect.poll(() => verdict(sea), { timeout: 15_000 }).toEqual(await verdictWhenRead(calm))
  for (const { client } of [sea, calm]) expect(errors(client)).toEqual([])
  sea.client.leave()
  calm.client.leave()
}, 60_000)

/** The verdict of a server that has read the whole disk. */
async function verdictWhenRead(sea: Sea): Promise<Record<string, unknown>> {
  await sea.client.next('wif/status', ({ scanning }) => !scanning)
  return verdict(sea)
}

test('two clients in one folder do not know of each other', async () => {
  const folder = folderOf({ 'disk/0.json': '{}' })
  const [one, two] = await Promise.all([start(folder.uri), start(folder.uri)])
  const seas = [setSail(one, folder.uri), setSail(two, folder.uri)] as const
  await Promise.all([storm(seas[0], 150, randomness(1)), storm(seas[1], 150, randomness(2))])
  for (const sea of seas) {
    await settle(sea)
    const calm = sameSea(await start(folder.uri), sea)
    await expect.poll(() => verdict(sea), { timeout: 15_000 }).toEqual(await verdictWhenRead(calm))
    expect(errors(sea.client)).toEqual([])
    sea.client.leave()
    calm.client.leave()
  }
}, 60_000)

/** What the server logs as an error. */
function errors(client: Sea['client']): string[] {
  return client.unread().filter(message => /^window\/logMessage \{"type":1/.test(message))
}
