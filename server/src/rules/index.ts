import type { LintRule } from '../lint/rule.ts'

/** Every lint rule, by id. */
export const rules: readonly LintRule[] = []
