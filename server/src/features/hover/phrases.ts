/** Seconds as people say them: "3600 s (1 hour)". */
export function seconds(count: number): string {
  const whole = `${Math.round(count)} s`
  const spoken = duration(Math.round(count))
  return spoken === undefined ? whole : `${whole} (${spoken})`
}

const UNITS: [seconds: number, name: string][] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** In the two largest units that it fills; nothing for what seconds say better. */
function duration(count: number): string | undefined {
  if (count < 60) return undefined
  let rest = count
  const parts = UNITS.flatMap(([size, name]) => {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    return amount === 0 ? [] : [`${amount} ${name}${amount === 1 ? '' : 's'}`]
  })
  return parts.slice(0, 2).join(' ')
}
