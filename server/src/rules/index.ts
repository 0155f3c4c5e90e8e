// Written by `npm run generate`: one line for each file of this folder.
import type { LintRule } from '../lint/rule.ts'
import { absentClaim } from './cel/absent-claim.ts'
import { constant } from './cel/constant.ts'
import { dottedClaim } from './cel/dotted-claim.ts'
import { invalid } from './cel/invalid.ts'
import { orWidens } from './cel/or-widens.ts'
import { tautology } from './cel/tautology.ts'
import { typeMismatch } from './cel/type-mismatch.ts'
import { unanchored } from './cel/unanchored.ts'
import { audienceMismatch } from './cross/audience-mismatch.ts'
import { duplicateName } from './cross/duplicate-name.ts'
import { jtiReplayOnRefresh } from './cross/jti-replay-on-refresh.ts'
import { lifetimeExceedsIssuerMax } from './cross/lifetime-exceeds-issuer-max.ts'
import { mintCapTruncates } from './cross/mint-cap-truncates.ts'
import { providerSubjectMismatch } from './cross/provider-subject-mismatch.ts'
import { ruleSubsumed } from './cross/rule-subsumed.ts'
import { subjectNoWorkload } from './cross/subject-no-workload.ts'
import { targetMismatch } from './cross/target-mismatch.ts'
import { actionWildcard } from './iam/action-wildcard.ts'
import { audienceSetOperator } from './iam/audience-set-operator.ts'
import { audienceUnconstrained } from './iam/audience-unconstrained.ts'
import { duration } from './iam/duration.ts'
import { resourceNotStar } from './iam/resource-not-star.ts'
import { signingAlgorithmInvalid } from './iam/signing-algorithm-invalid.ts'
import { checkJtiDisabled } from './issuer/check-jti-disabled.ts'
import { inactive } from './issuer/inactive.ts'
import { jwkPrivateKey } from './issuer/jwk-private-key.ts'
import { jwkUnusable } from './issuer/jwk-unusable.ts'
import { jwksLegacySource } from './issuer/jwks-legacy-source.ts'
import { jwksModeMismatch } from './issuer/jwks-mode-mismatch.ts'
import { jwksShape } from './issuer/jwks-shape.ts'
import { maxLifetimeRange } from './issuer/max-lifetime-range.ts'
import { maxLifetimeVsProvider } from './issuer/max-lifetime-vs-provider.ts'
import { issuerNameInvalid } from './issuer/name-invalid.ts'
import { issuerUnknownField } from './issuer/unknown-field.ts'
import { urlNotCanonical } from './issuer/url-not-canonical.ts'
import { urlNotDialable } from './issuer/url-not-dialable.ts'
import { audienceForeign } from './match/audience-foreign.ts'
import { audienceMissing } from './match/audience-missing.ts'
import { audienceNearMiss } from './match/audience-near-miss.ts'
import { awsArnMalformed } from './match/aws-arn-malformed.ts'
import { awsSessionArn } from './match/aws-session-arn.ts'
import { claimValueMalformed } from './match/claim-value-malformed.ts'
import { claimsNotString } from './match/claims-not-string.ts'
import { claimsNotTopLevelString } from './match/claims-not-top-level-string.ts'
import { claimsWildcard } from './match/claims-wildcard.ts'
import { contradiction } from './match/contradiction.ts'
import { entraVersionClaim } from './match/entra-version-claim.ts'
import { entraWeakPin } from './match/entra-weak-pin.ts'
import { githubAnyRef } from './match/github-any-ref.ts'
import { githubCallerControlled } from './match/github-caller-controlled.ts'
import { githubMutableName } from './match/github-mutable-name.ts'
import { githubPullRequest } from './match/github-pull-request.ts'
import { githubSubjectSyntax } from './match/github-subject-syntax.ts'
import { groupWide } from './match/group-wide.ts'
import { innerWildcard } from './match/inner-wildcard.ts'
import { k8sDefaultSa } from './match/k8s-default-sa.ts'
import { k8sNamespaceWildcard } from './match/k8s-namespace-wildcard.ts'
import { k8sSubjectMalformed } from './match/k8s-subject-malformed.ts'
import { malformedString } from './match/malformed-string.ts'
import { missingWildcard } from './match/missing-wildcard.ts'
import { noConstraint } from './match/no-constraint.ts'
import { noWorkloadIdentity } from './match/no-workload-identity.ts'
import { segmentBoundary } from './match/segment-boundary.ts'
import { sharedIssuerUnpinned } from './match/shared-issuer-unpinned.ts'
import { subjectMalformed } from './match/subject-malformed.ts'
import { tenantWide } from './match/tenant-wide.ts'
import { volatileSubject } from './match/volatile-subject.ts'
import { podAudienceMissing } from './pod/audience-missing.ts'
import { duplicateProjection } from './pod/duplicate-projection.ts'
import { envIdFormat } from './pod/env-id-format.ts'
import { envIncomplete } from './pod/env-incomplete.ts'
import { envShadowed } from './pod/env-shadowed.ts'
import { projectionInvalid } from './pod/projection-invalid.ts'
import { sharedToken } from './pod/shared-token.ts'
import { tokenFileNotMounted } from './pod/token-file-not-mounted.ts'
import { tokenFileSubpath } from './pod/token-file-subpath.ts'
import { tokenFileWrongToken } from './pod/token-file-wrong-token.ts'
import { allWorkspaces } from './rule/all-workspaces.ts'
import { ruleNameInvalid } from './rule/name-invalid.ts'
import { referenceId } from './rule/reference-id.ts'
import { requiredField } from './rule/required-field.ts'
import { scopeAdminNotExact } from './rule/scope-admin-not-exact.ts'
import { scopeConsoleOnly } from './rule/scope-console-only.ts'
import { scopePreferInference } from './rule/scope-prefer-inference.ts'
import { scopeUnknown } from './rule/scope-unknown.ts'
import { tokenLifetimeRange } from './rule/token-lifetime-range.ts'
import { unknownField } from './rule/unknown-field.ts'
import { workspaceSelection } from './rule/workspace-selection.ts'
import { issAudMismatch } from './token/iss-aud-mismatch.ts'
import { matchFailed } from './token/match-failed.ts'
import { notAJwt } from './token/not-a-jwt.ts'
import { singleUse } from './token/single-use.ts'
import { timeInvalid } from './token/time-invalid.ts'
import { unverifiable } from './token/unverifiable.ts'

/** Every lint rule, by id. */
export const rules: readonly LintRule[] = [
  absentClaim,
  constant,
  dottedClaim,
  invalid,
  orWidens,
  tautology,
  typeMismatch,
  unanchored,
  audienceMismatch,
  duplicateName,
  jtiReplayOnRefresh,
  lifetimeExceedsIssuerMax,
  mintCapTruncates,
  providerSubjectMismatch,
  ruleSubsumed,
  subjectNoWorkload,
  targetMismatch,
  actionWildcard,
  audienceSetOperator,
  audienceUnconstrained,
  duration,
  resourceNotStar,
  signingAlgorithmInvalid,
  checkJtiDisabled,
  inactive,
  jwkPrivateKey,
  jwkUnusable,
  jwksLegacySource,
  jwksModeMismatch,
  jwksShape,
  maxLifetimeRange,
  maxLifetimeVsProvider,
  issuerNameInvalid,
  issuerUnknownField,
  urlNotCanonical,
  urlNotDialable,
  audienceForeign,
  audienceMissing,
  audienceNearMiss,
  awsArnMalformed,
  awsSessionArn,
  claimValueMalformed,
  claimsNotString,
  claimsNotTopLevelString,
  claimsWildcard,
  contradiction,
  entraVersionClaim,
  entraWeakPin,
  githubAnyRef,
  githubCallerControlled,
  githubMutableName,
  githubPullRequest,
  githubSubjectSyntax,
  groupWide,
  innerWildcard,
  k8sDefaultSa,
  k8sNamespaceWildcard,
  k8sSubjectMalformed,
  malformedString,
  missingWildcard,
  noConstraint,
  noWorkloadIdentity,
  segmentBoundary,
  sharedIssuerUnpinned,
  subjectMalformed,
  tenantWide,
  volatileSubject,
  podAudienceMissing,
  duplicateProjection,
  envIdFormat,
  envIncomplete,
  envShadowed,
  projectionInvalid,
  sharedToken,
  tokenFileNotMounted,
  tokenFileSubpath,
  tokenFileWrongToken,
  allWorkspaces,
  ruleNameInvalid,
  referenceId,
  requiredField,
  scopeAdminNotExact,
  scopeConsoleOnly,
  scopePreferInference,
  scopeUnknown,
  tokenLifetimeRange,
  unknownField,
  workspaceSelection,
  issAudMismatch,
  matchFailed,
  notAJwt,
  singleUse,
  timeInvalid,
  unverifiable,
]
