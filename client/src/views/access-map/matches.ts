/** The nodes that say `text` somewhere, in whatever case: in their titles, in what files say of them, in findings. */
export function matches(
  nodes: readonly {
    id: string
    title: string
    detail: string
    facts: { value: string }[]
    findings: { rule: string }[]
  }[],
  text: string,
): string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const says = (value: string) => value.toLowerCase().includes(wanted)
  return nodes
    .filter(
      ({ title, detail, facts, findings }) =>
        says(title) ||
        says(detail) ||
        facts.some(({ value }) => says(value)) ||
        findings.some(({ rule }) => says(rule)),
    )
    .map(({ id }) => id)
}
