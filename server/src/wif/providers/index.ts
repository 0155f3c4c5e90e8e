import { aks } from './aks.ts'
import { awsSts } from './aws-sts.ts'
import { azureDevops } from './azure-devops.ts'
import { bitbucket } from './bitbucket.ts'
import { buildkite } from './buildkite.ts'
import { circleci } from './circleci.ts'
import { eks } from './eks.ts'
import { entraV1, entraV2 } from './entra.ts'
import { fly } from './fly.ts'
import { githubActions } from './github-actions.ts'
import { gitlab } from './gitlab.ts'
import { gke } from './gke.ts'
import { google } from './google.ts'
import { hcpTerraform } from './hcp-terraform.ts'
import { issuerUrl } from './issuer-form.ts'
import { kubernetes } from './kubernetes.ts'
import { okta } from './okta.ts'
import type { ClaimInfo, IssuerForm, Level, Provider, Reach, Segment } from './provider.ts'
import { spiffe } from './spiffe.ts'
import { vercel } from './vercel.ts'

/** Every provider the linter knows. */
export const providers: readonly Provider[] = [
  awsSts,
  eks,
  gke,
  aks,
  kubernetes,
  githubActions,
  gitlab,
  buildkite,
  hcpTerraform,
  circleci,
  bitbucket,
  vercel,
  fly,
  azureDevops,
  google,
  entraV2,
  entraV1,
  okta,
  spiffe,
]

/** The provider of an issuer, also of one that is written slightly wrong; undefined for unknown hosts. */
export function providerOfIssuer(issuer: string): Provider | undefined {
  const url = issuerUrl(issuer)
  return url && providers.find(provider => provider.issuer.matches(url))
}

/** How an issuer compares with what its provider puts in tokens; undefined for unknown hosts. */
export function issuerForm(issuer: string): IssuerForm | undefined {
  const url = issuerUrl(issuer)
  return url && providers.find(provider => provider.issuer.matches(url))?.issuer.form(issuer, url)
}

/** For whom an issuer of this provider signs. */
export function issuerReach(provider: Provider, issuer: string): Reach {
  const url = issuerUrl(issuer)
  return (url && provider.issuer.reach?.(url)) ?? (provider.shared ? 'platform' : 'customer')
}

/**
 * The providers whose subjects begin like `text`, by their markers: the four of Kubernetes for
 * `system:serviceaccount:`, none for opaque subjects. Providers with the same marker are told apart by
 * what follows it (`organization:o:pipeline:` is Buildkite, `organization:o:project:` HCP Terraform).
 */
export function providersOfSubject(text: string): Provider[] {
  const marked = providers.filter(
    ({ subject }) => subject.marker !== undefined && text.startsWith(subject.marker),
  )
  if (marked.length < 2) return marked
  const possible = marked.filter(({ subject }) => subject.read(text).problem === undefined)
  return possible.length > 0 ? possible : marked
}

/** A beginning that is almost the marker of a provider: wrong only by case or by a small slip. */
export interface MarkerSlip {
  /** What stands at the beginning of the text. */
  found: string
  /** What should stand there. */
  marker: string
  /** Those with that marker. */
  providers: Provider[]
  /** The whole text, with the marker put right. */
  suggestion: string
}

/** Slips beyond the case. They stand for the marker only where it is not there already. */
const SLIPS: [RegExp, string][] = [
  [/^system:service-?accounts?[:/]/i, 'system:serviceaccount:'],
  [/^(?:repository|repos):/i, 'repo:'],
  [/^project-?path:/i, 'project_path:'],
  [/^spiffe:\/?(?!\/)/i, 'spiffe://'],
  [/^sc:\/?(?!\/)/i, 'sc://'],
]

/** Says when `text` begins with a marker in the wrong case or with a small slip in it. */
export function markerSlip(text: string): MarkerSlip | undefined {
  const markers = [...new Set(providers.flatMap(({ subject }) => subject.marker ?? []))]
  if (markers.some(marker => text.startsWith(marker))) return undefined
  const byCase = markers.find(marker => text.slice(0, marker.length).toLowerCase() === marker)
  const slip = SLIPS.find(([pattern]) => pattern.test(text))
  const found = byCase === undefined ? (slip?.[0].exec(text)?.[0] ?? '') : text.slice(0, byCase.length)
  const marker = byCase ?? slip?.[1]
  if (marker === undefined) return undefined
  const marked = providers.filter(({ subject }) => subject.marker === marker)
  return { found, marker, providers: marked, suggestion: marker + text.slice(found.length) }
}

const KUBERNETES = new Set([eks, gke, aks, kubernetes].map(({ id }) => id))

/** Whether tokens of the provider are those of Kubernetes service accounts. */
export function isKubernetes(provider: Provider): boolean {
  return KUBERNETES.has(provider.id)
}

/** Whether tokens of the provider are those of Microsoft Entra, of either version. */
export function isEntra(provider: Provider): boolean {
  return provider === entraV1 || provider === entraV2
}

/** The dimensions an exact match on a claim pins; none when the caller chooses it. */
export function levelsOfClaim(claim: ClaimInfo): Level[] {
  if (claim.pins === undefined || claim.callerControlled !== undefined) return []
  return [claim.pins, ...(claim.alsoPins ?? [])]
}

/** The dimensions a segment pins once it is closed; none when the caller chooses it. */
export function levelsOfSegment(provider: Provider, segment: Segment): Level[] {
  const claim = segment.claim === undefined ? undefined : provider.claims[segment.claim]
  if (segment.callerControlled !== undefined) return []
  return claim ? levelsOfClaim(claim) : [segment.level, ...(segment.alsoPins ?? [])]
}
