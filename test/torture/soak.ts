/**
 * The inner process of `npm run soak` (scripts/soak.mjs): one server, storm after storm, and its memory now and then.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CAPABLE } from '../lsp/client.ts'
import { connectSpawned, type Spawned } from '../lsp/spawned.ts'
import { randomness } from './random.ts'
import { sameSea, setSail, storm, verdict } from './storm.ts'

const STEPS = 500

async function main(bundle: string, minutes: number, seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wif-soak-'))
  const uri = pathToFileURL(folder).href
  const random = randomness(seed)
  const client = await start(bundle, uri)
  const sea = setSail(client, uri)
  const end = Date.now() + minutes * 60_000
  const samples: number[] = []
  let [edits, nextReport] = [0, 0]
  try {
    while (Date.now() < end) {
      await storm(sea, STEPS, random)
      edits += STEPS
      await agree(bundle, sea)
      // Unread notices of the server pile up in the client of the test, not in the server.
      client.forget()
      samples.push(memoryOf(client.pid))
      if (Date.now() < nextReport) continue
      nextReport = Date.now() + 60_000
      console.log(`soak: ${edits} edits, ${samples.at(-1)?.toFixed(0)} MB`)
    }
    client.leave()
    await client.exited
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  judge(edits, samples)
}

async function start(bundle: string, folder: string): Promise<Spawned> {
  const client = connectSpawned(bundle)
  await client.initialize({ folders: [folder], capabilities: { ...CAPABLE, window: {} } })
  return client
}

/** A server that has seen nothing of the storm says the same of the documents that are left. */
async function agree(bundle: string, sea: Parameters<typeof verdict>[0]): Promise<void> {
  const changes = Array.from({ length: 5 }, (_, i) => ({ uri: `${sea.folder}/disk/${i}.json`, type: 2 }))
  sea.client.notify('workspace/didChangeWatchedFiles', { changes })
  const calm = sameSea(await start(bundle, sea.folder), sea)
  await calm.client.next('wif/status', ({ scanning }) => !scanning)
  const expected = JSON.stringify(await verdict(calm))
  // Not in order, for that would mind what the server has said of itself.
  calm.client.leave()
  await calm.client.exited
  let said = ''
  for (let tries = 0; said !== expected; tries++) {
    said = JSON.stringify(await verdict(sea))
    if (tries > 1000)
      throw new Error(`after a storm the server differs from a fresh one:\n${difference(said, expected)}`)
  }
}

/** The first line in which the two are not the same. */
function difference(said: string, expected: string): string {
  const [ours, theirs] = [said, expected].map(text => text.split(/,(?=\{"range")|,(?="file:)/))
  const at = ours?.findIndex((line, i) => line !== theirs?.[i]) ?? 0
  return `${ours?.[at]}\n${theirs?.[at]}`
}

/** Resident memory in MB. */
function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

/** Memory is flat when the last third needs no more than the middle one did, but for what a heap breathes. */
function judge(edits: number, samples: readonly number[]): void {
  const third = Math.floor(samples.length / 3)
  const [middle, last] = [median(samples.slice(third, 2 * third)), median(samples.slice(-third))]
  console.log(
    `soak: ${edits} edits; memory ${middle.toFixed(0)} MB in the middle third, ${last.toFixed(0)} MB in the last`,
  )
  if (!(last <= middle * 1.1)) throw new Error('memory grows')
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

const [bundle = '', minutes = '', seed = ''] = process.argv.slice(2)
main(bundle, Number(minutes), Number(seed)).then(
  () => process.exit(0),
  error => {
    console.error(error)
    process.exit(1)
  },
)
