/** Text that is safe in HTML, as it is or inside an attribute. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | readonly Part[]

/** HTML from a template; every part that is not HTML itself is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((sofar, text, index) => sofar + formatPart(parts[index - 1] ?? '') + text) }
}

function formatPart(part: Part): string {
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escapeText(part)
  return 'html' in part ? part.html : part.map(formatPart).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
