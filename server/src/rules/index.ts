import type { LintRule } from '../lint/rule.ts'
import { audienceMismatch } from './cross/audience-mismatch.ts'
import { audienceForeign } from './match/audience-foreign.ts'
import { audienceNearMiss } from './match/audience-near-miss.ts'
import { groupWide } from './match/group-wide.ts'
import { innerWildcard } from './match/inner-wildcard.ts'
import { k8sDefaultSa } from './match/k8s-default-sa.ts'
import { k8sNamespaceWildcard } from './match/k8s-namespace-wildcard.ts'
import { missingWildcard } from './match/missing-wildcard.ts'
import { noConstraint } from './match/no-constraint.ts'
import { segmentBoundary } from './match/segment-boundary.ts'
import { tenantWide } from './match/tenant-wide.ts'
import { audienceMissing } from './pod/audience-missing.ts'
import { envIncomplete } from './pod/env-incomplete.ts'
import { projectionInvalid } from './pod/projection-invalid.ts'
import { tokenFileNotMounted } from './pod/token-file-not-mounted.ts'
import { tokenFileWrongToken } from './pod/token-file-wrong-token.ts'

/** Every lint rule, by id. */
export const rules: readonly LintRule[] = [
  audienceMismatch,
  audienceForeign,
  audienceNearMiss,
  groupWide,
  innerWildcard,
  k8sDefaultSa,
  k8sNamespaceWildcard,
  missingWildcard,
  noConstraint,
  segmentBoundary,
  tenantWide,
  audienceMissing,
  envIncomplete,
  projectionInvalid,
  tokenFileNotMounted,
  tokenFileWrongToken,
]
