import { schemas } from '../../../server/src/schema/schemas.ts'
import { ruleFile, workloadStream } from '../federation.ts'
import { inTurns } from '../measure.ts'
import { jsonService, yamlService } from '../peers.ts'
import { randomFrom } from '../random.ts'
import type { Row, Section } from '../table.ts'
import type { Options } from './options.ts'
import { connect } from './server.ts'
import { inProcess, strokes, typist } from './typing.ts'

/** `processor` is the mean of what a keystroke takes of it, in milliseconds. */
const FIGURES = ['p50', 'p95', 'processor']

/** A keystroke in a long file of rules, up to the findings. */
export async function keystrokeInJson({ rounds, seed, quick }: Options): Promise<Section> {
  const count = quick ? 5 : 200
  const text = ruleFile(randomFrom(seed), count)
  const middle = text.indexOf('"name"', text.length / 2)
  const places = {
    'in a name': text.indexOf('agents-', middle) + 2,
    'in a condition': text.indexOf('startsWith(', middle) + 13,
  }
  const service = jsonService({ type: 'array', items: schemas.rule })
  const validated = typist('rules.json', text, places['in a name'])
  const remote = await overProtocol('rules.json', text, places['in a name'])
  const samples = await inTurns(
    rounds,
    {
      name: strokes(inProcess('rules.json', text, places['in a name'])),
      condition: strokes(inProcess('rules.json', text, places['in a condition'])),
      peer: strokes(() => {
        const document = validated.next()
        return service.doValidation(document, service.parseJSONDocument(document))
      }),
      remote: strokes(remote.stroke),
    },
    { warm: true },
  )
  await remote.end()
  const of = (key: string) => samples.get(key) ?? []
  const row = { unit: 'ms', peer: 'vscode-json-languageservice, schema only' } as const
  return {
    title: `Keystroke in a JSON file of ${count} rules with a condition each (${kB(text)} kB)`,
    rows: [
      ...['name', 'condition'].flatMap(place =>
        FIGURES.map(
          (figure): Row => ({
            ...row,
            what: `In a ${place}, in process, ${figure}`,
            ours: of(`${place} ${figure}`),
            theirs: of(`peer ${figure}`),
            target: { atMost: 1 },
          }),
        ),
      ),
      {
        what: 'Over the protocol: change sent to diagnostics received, p50',
        unit: 'ms',
        ours: of('remote p50'),
      },
      { what: 'Over the protocol, p95', unit: 'ms', ours: of('remote p95') },
    ],
  }
}

/** A keystroke in a stream of many workloads. */
export async function keystrokeInYaml({ rounds, seed, quick }: Options): Promise<Section> {
  const count = quick ? 5 : 100
  const text = workloadStream(randomFrom(seed), count)
  const at = text.indexOf('image: ', text.length / 2) + 10
  const service = yamlService()
  const validated = typist('workloads.yaml', text, at)
  const remote = await overProtocol('workloads.yaml', text, at)
  const samples = await inTurns(
    rounds,
    {
      ours: strokes(inProcess('workloads.yaml', text, at)),
      peer: strokes(() => service.doValidation(validated.next(), false)),
      remote: strokes(remote.stroke),
    },
    { warm: true },
  )
  await remote.end()
  const of = (key: string) => samples.get(key) ?? []
  const row = {
    unit: 'ms',
    peer: 'yaml-language-server, syntax only',
    as: 'faster',
    target: { atLeast: 10 },
  } as const
  return {
    title: `Keystroke in a YAML stream of ${count} workloads (${kB(text)} kB)`,
    rows: [
      ...FIGURES.map(
        (figure): Row => ({
          ...row,
          what: `In process, ${figure}`,
          ours: of(`ours ${figure}`),
          theirs: of(`peer ${figure}`),
        }),
      ),
      {
        what: 'Over the protocol: change sent to diagnostics received, p50',
        unit: 'ms',
        ours: of('remote p50'),
      },
      { what: 'Over the protocol, p95', unit: 'ms', ours: of('remote p95') },
    ],
  }
}

/** The same over the real protocol: a change is sent, and the findings are fetched. */
async function overProtocol(name: string, text: string, at: number) {
  const client = connect()
  await client.initialize({ folders: null, initializationOptions: {} })
  const typing = typist(name, text, at)
  const { uri, languageId } = typing.document()
  client.open(uri, languageId, text)
  await client.pull(uri)
  return {
    stroke() {
      client.change(uri, typing.change())
      return client.pull(uri)
    },
    end: () => client.end(),
  }
}

function kB(text: string): number {
  return Math.round(text.length / 1000)
}
