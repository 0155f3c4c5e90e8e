import type { Report } from './report.ts'
import { escapeHidden } from './terminal.ts'

/** The report as one JSON document. Fields may be added under this version; none changes its meaning or goes away. */
export function jsonReport({ findings, summary }: Report): string {
  return `${escapeHidden(JSON.stringify({ version: 1, findings, summary }, null, 2))}\n`
}
