import type { Seed } from '../corpus.ts'
import type { Property } from '../property.ts'
import { accessProperties } from './access.ts'
import { commandProperties } from './commands.ts'
import { completionProperties } from './completions.ts'
import { conditionProperties } from './conditions.ts'
import { featureProperties } from './features.ts'
import { textProperties } from './texts.ts'
import { tokenProperties } from './tokens.ts'
import { twinProperties } from './twins.ts'
import { workspaceProperties } from './workspaces.ts'

/** All that must hold, of inputs near `seeds`. */
export function properties(seeds: readonly Seed[]): Property[] {
  return [
    ...textProperties(seeds),
    ...twinProperties(seeds),
    ...workspaceProperties(seeds),
    ...featureProperties(seeds),
    ...completionProperties(seeds),
    ...accessProperties(seeds),
    ...commandProperties(seeds),
    ...conditionProperties(),
    ...tokenProperties(),
  ]
}
