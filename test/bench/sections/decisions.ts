import { accessOf } from '../../../server/src/access/access.ts'
import { decide } from '../../../server/src/decide/decide.ts'
import { readWifFile } from '../../../server/src/wif/file.ts'
import { identities } from '../../../server/src/wif/identity.ts'
import { viewOf } from '../../../server/src/wif/view.ts'
import { claudeWorkload, id, rule } from '../federation.ts'
import { inTurns, milliseconds } from '../measure.ts'
import { randomFrom } from '../random.ts'
import type { Section } from '../table.ts'
import type { Options } from './options.ts'

/** Who gets in: one decision, and the list of all. */
export async function decisions({ rounds, seed, quick }: Options): Promise<Section> {
  const [workloads, rules] = quick ? [20, 5] : [2000, 500]
  const files = filesOf(seed, workloads, rules)
  const view = viewOf(files)
  const [some, few] = [identities(view).slice(0, 200), view.rules().slice(0, 50)]
  const samples = await inTurns(
    rounds,
    {
      decide: async () => {
        const ms = await milliseconds(() => {
          for (const each of few) for (const identity of some) decide(identity, undefined, each)
        })
        return { rate: (few.length * some.length) / (ms / 1000) }
      },
      access: async () => {
        // Another view each time: it would remember.
        const fresh = viewOf(files)
        return { ms: await milliseconds(() => fresh.rules().map(each => accessOf(fresh, each))) }
      },
    },
    { warm: true },
  )
  return {
    title: 'Who gets in',
    rows: [
      { what: '`decide`: identities times rules', unit: '/s', ours: samples.get('decide rate') ?? [] },
      {
        what: `The access list of ${workloads.toLocaleString('en')} workloads and ${rules} rules`,
        unit: 'ms',
        ours: samples.get('access ms') ?? [],
      },
    ],
  }
}

function filesOf(seed: number, workloads: number, rules: number) {
  const random = randomFrom(seed)
  const issuerId = id('fdis', random)
  const subject = (i: number) =>
    i % 10 === 0 ? `system:serviceaccount:team-${i % 7}:*` : `system:serviceaccount:team-${i % 7}:agent-${i}`
  return [
    ...Array.from({ length: workloads }, (_, i) =>
      readWifFile(
        `file:///w/${i}.yaml`,
        claudeWorkload(random, `agent-${i}`, id('fdrl', random), `team-${i % 7}`),
        'yaml',
      ),
    ),
    ...Array.from({ length: rules }, (_, i) =>
      readWifFile(
        `file:///r/${i}.json`,
        JSON.stringify(
          rule(random, { own: `agents-${i}`, issuerId, subject: subject(i), condition: i % 5 === 0 }),
        ),
        'json',
      ),
    ),
  ]
}
