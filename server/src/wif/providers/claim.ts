import type { ClaimInfo } from './provider.ts'

type Rest = Omit<ClaimInfo, 'type' | 'about' | 'members'>

export function text(about: string, rest: Rest = {}): ClaimInfo {
  return { type: 'string', about, ...rest }
}

export function number(about: string, rest: Rest = {}): ClaimInfo {
  return { type: 'number', about, ...rest }
}

export function flag(about: string, rest: Rest = {}): ClaimInfo {
  return { type: 'boolean', about, ...rest }
}

export function list(about: string, rest: Rest = {}): ClaimInfo {
  return { type: 'array', about, ...rest }
}

export function object(about: string, members: Record<string, ClaimInfo>, rest: Rest = {}): ClaimInfo {
  return { type: 'object', about, members, ...rest }
}
