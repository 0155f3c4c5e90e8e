import { program, usage } from '../child.ts'
import type { Row, Section } from '../table.ts'
import type { Options } from './options.ts'

/** What a keystroke costs with more and more files in the workspace; measured by programs/sizes.ts. */
export async function growth({ rounds, seed, quick }: Options): Promise<Section> {
  const sizes = quick ? [10, 20] : [10, 1000, 20_000]
  const rows: Row[] = []
  for (const share of ['1 %', 'all'] as const) {
    const input = { rounds, seed, sizes, all: share === 'all' }
    const { output } = await usage(['--max-old-space-size=4096', program('sizes'), JSON.stringify(input)])
    const samples = new Map<string, number[]>(JSON.parse(output))
    const of = (key: string) => samples.get(key) ?? []
    for (const place of ['workload', 'rule'])
      for (const size of sizes.slice(1))
        for (const figure of ['p50', 'processor'])
          rows.push({
            what: `In a ${place}, ${size.toLocaleString('en')} files, ${share} of which ${share === 'all' ? 'matter' : 'matters'}, ${figure}`,
            unit: 'ms',
            ours: of(`${size} ${place} ${figure}`),
            peer: `with ${sizes[0]} files`,
            theirs: of(`${sizes[0]} ${place} ${figure}`),
            ...(share === '1 %' && { target: { atMost: 1.2 } }),
          })
  }
  return { title: 'The same keystroke in workspaces of all sizes', rows }
}
