import type { ClaimInfo, Provider } from './providers/provider.ts'

/** Registered claims that are no strings whoever signs (RFC 7519, OpenID Connect Core). */
const NO_STRINGS: Record<string, ClaimInfo['type']> = {
  exp: 'number',
  iat: 'number',
  nbf: 'number',
  auth_time: 'number',
  email_verified: 'boolean',
  amr: 'array',
}

/** The type of a top-level claim that is no string; undefined for strings and for what is not known. */
export function otherType(provider: Provider | undefined, name: string): ClaimInfo['type'] | undefined {
  const known = provider && Object.hasOwn(provider.claims, name) ? provider.claims[name] : undefined
  if (known) return known.type === 'string' ? undefined : known.type
  return Object.hasOwn(NO_STRINGS, name) ? NO_STRINGS[name] : undefined
}

/**
 * Where in an object claim the value is that somebody asks for as if it were a claim of its own: `aws_account`,
 * `kubernetes.io/namespace`, `google.compute_engine.zone`. Dots and slashes are legal in names of claims, so only
 * what lies in an object the provider is known to send counts. Undefined where several places would fit.
 */
export function nestedPath(provider: Provider, name: string): string[] | undefined {
  if (Object.hasOwn(provider.claims, name)) return undefined
  return belowObject(provider, name) ?? inObject(provider, name)
}

/** The same for a name that begins with that of the object, and so needs no issuer to be understood. */
export function belowObject({ claims }: Provider, name: string): string[] | undefined {
  for (const [top, { type }] of Object.entries(claims)) {
    const rest = name.startsWith(top) ? name.slice(top.length) : undefined
    if (type !== 'object' || !rest || !(top.endsWith('/') || /^[./[]/.test(rest))) continue
    const steps = stepsOf(rest)
    if (steps.length > 0) return [top, ...steps]
  }
  return undefined
}

function inObject({ claims }: Provider, name: string): string[] | undefined {
  const steps = stepsOf(name)
  const [only, ...others] = placesOf(claims, steps[0] ?? '', []).filter(place => place.length > 1)
  return only && others.length === 0 ? [...only, ...steps.slice(1)] : undefined
}

/** The paths of all claims and members called `name`. */
function placesOf(members: Record<string, ClaimInfo>, name: string, above: string[]): string[][] {
  return Object.entries(members).flatMap(([key, info]) => {
    const path = [...above, key]
    return [...(key === name ? [path] : []), ...placesOf(info.members ?? {}, name, path)]
  })
}

function stepsOf(name: string): string[] {
  return name.split(/[./[\]"']+/).filter(step => step !== '')
}
