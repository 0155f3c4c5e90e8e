import { median, type Samples } from './measure.ts'

/** Our figure beside another one of the same run. */
export interface Row {
  what: string
  unit: 'ms' | 'MB' | 'kB' | '/s'
  ours: Samples
  /** What it is compared with, and its figure in each round; neither for a figure that stands alone. */
  peer?: string
  theirs?: Samples
  /** `times`: ours divided by theirs. `faster`: theirs divided by ours. */
  as?: 'times' | 'faster'
  /** The ratio that was aimed at, or the figure where there is no peer. */
  target?: { atMost: number } | { atLeast: number }
  /** How a figure came about, where that is not plain. */
  note?: string
}

export interface Section {
  title: string
  rows: Row[]
}

/** The sections as Markdown: both sides of every ratio, and the lowest and highest ratio of the rounds. */
export function markdown(sections: readonly Section[]): string {
  return sections
    .map(({ title, rows }) => {
      const head = ['', 'ours', 'other', '', 'ratio (lowest to highest)', 'target', '']
      const lines = [head, head.map(() => '---'), ...rows.map(cells)].map(line => `| ${line.join(' | ')} |`)
      const notes = [...new Set(rows.flatMap(({ note }) => note ?? []))].map(note => `- ${note}`)
      return [`## ${title}`, '', ...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')
    })
    .join('\n\n')
}

function cells({ what, unit, ours, peer, theirs, as = 'times', target }: Row): string[] {
  const ratios = theirs && ours.map((own, i) => ratio(as, own, theirs[i] ?? Number.NaN))
  const value = ratios ? ratio(as, median(ours), median(theirs)) : median(ours)
  const aimed = !target ? '' : 'atMost' in target ? `at most ${target.atMost}` : `at least ${target.atLeast}`
  const met = target && ('atMost' in target ? value <= target.atMost : value >= target.atLeast)
  return [
    what,
    `${number(median(ours))} ${unit}`,
    theirs ? `${number(median(theirs))} ${unit}` : '',
    peer ?? '',
    ratios
      ? `${number(value)}${as === 'faster' ? ' times faster' : ''} (${number(Math.min(...ratios))} to ${number(Math.max(...ratios))})`
      : '',
    aimed,
    met === undefined ? '' : met ? 'met' : 'missed',
  ]
}

function ratio(as: 'times' | 'faster', ours: number, theirs: number): number {
  return as === 'times' ? ours / theirs : theirs / ours
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
