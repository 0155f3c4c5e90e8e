/** Markup whose every part was written here or escaped; only `html` makes it. */
export interface Html {
  readonly markup: string
}

/** What may stand in a `${}` of `html`: text is escaped, what is undefined or false leaves nothing. */
export type Content = Html | string | number | undefined | false | readonly Content[]

/**
 * Markup with values in it: html`<p title="${title}">${text}</p>`. A token and the files of a workspace are written by
 * strangers, so text never becomes markup, neither between tags nor in an attribute (which must be in quotes).
 */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  return { markup: parts.reduce((before, part, i) => before + markupOf(values[i - 1]) + part) }
}

function markupOf(content: Content): string {
  if (content === undefined || content === false) return ''
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content))
  return 'markup' in content ? content.markup : content.map(markupOf).join('')
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => ESCAPES[character] ?? character)
}
