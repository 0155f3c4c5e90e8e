import { count } from '../../text/count.ts'

/** Seconds as people say them: "3600 s (1 hour)". */
export function seconds(total: number): string {
  const whole = `${Math.round(total)} s`
  const spoken = duration(Math.round(total))
  return spoken === undefined ? whole : `${whole} (${spoken})`
}

const UNITS: [seconds: number, name: string][] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** In the two largest units that it fills; nothing for what seconds say better. */
function duration(total: number): string | undefined {
  if (total < 60) return undefined
  let rest = total
  const parts = UNITS.flatMap(([size, name]) => {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    return amount === 0 ? [] : [count(amount, name)]
  })
  return parts.slice(0, 2).join(' ')
}
