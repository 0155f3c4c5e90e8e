/** Blocks of Markdown: an example, or what stands between empty lines. */
const BLOCK = /^```[\s\S]*?^```$|^[^\n](?:[^\n]|\n(?!\n))*/gm

/**
 * A rule's page without its examples and what leads to the next of them, and without its head and first line, which
 * other fields say: Markdown.
 */
export function prose(page: string): string {
  const body = page.replaceAll('\r\n', '\n').replace(/^# .*\n+(?:_.*_\n+)?/, '')
  const blocks = body.match(BLOCK) ?? []
  const isExample = (block: string | undefined) => block?.startsWith('```') === true
  const kept: string[] = []
  for (const [i, block] of blocks.entries()) {
    // A sentence may go on behind an example.
    const belongs = i === 0 || /^#/.test(blocks[i - 1] ?? '') || kept.at(-1)?.endsWith(',')
    if (!isExample(block) && (belongs || !isExample(blocks[i + 1]))) kept.push(block)
  }
  return `${kept.join('\n\n')}\n`
}

/** The first paragraph of a page: what the rule catches. Markdown. */
export function summary(page: string): string {
  return prose(page).split('\n\n', 1)[0] ?? ''
}

/** What can be read of Markdown without its marks: paragraphs in one line each. */
export function plainText(markdown: string): string {
  const paragraphs = markdown.trim().split(/\n{2,}/)
  return paragraphs
    .map(paragraph =>
      paragraph
        .replace(/\n(?![-*] |\d+\. )/g, ' ')
        .replace(/^#+ /, '')
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/\*\*([^*]+)\*\*/g, '$1')
        .replace(/`([^`]*)`/g, '$1'),
    )
    .join('\n\n')
}
