import { printableJson } from '../../text/printable.ts'
import type { Report } from './report.ts'

/** The report as one JSON document. Fields may be added under this version; none changes its meaning or goes away. */
export function jsonReport({ findings, summary }: Report): string {
  return printableJson({ version: 1, findings, summary })
}
