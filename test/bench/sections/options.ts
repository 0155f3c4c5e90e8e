import type { Section } from '../table.ts'

/** How much is measured. */
export interface Options {
  rounds: number
  seed: number
  /** Smallest sizes: to see that it still runs. The figures then mean nothing. */
  quick: boolean
  /** Also what needs an editor and a browser. */
  editor: boolean
  /** A folder for what is generated; gone afterwards. */
  scratch: string
  /** A folder of real files to measure as well. */
  folder: string | undefined
}

export type Measure = (options: Options) => Promise<Section>
