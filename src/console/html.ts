import { html } from 'hono/html'

/** Text that the template has escaped. */
export type Html = ReturnType<typeof html>

/** On both sides of the number of a name, until its place in the sentence is known; no text has it. */
const SLOT = '\uFFFC'

/**
 * A sentence of ours with names that somebody else chose, each kept apart: letters that are written from right to left do not turn the
 * words around them.
 * @param form the sentence with its names; may use each more than once
 * @see UAX #9 (isolates)
 */
export function withNames<Names extends readonly string[]>(form: (...names: Names) => string, ...names: Names): Html {
  const slots = names.map((_, index) => `${SLOT}${index}${SLOT}`) as readonly string[] as Names
  return html`${form(...slots)
    .split(SLOT)
    .map((part, index) => (index % 2 === 0 ? html`${part}` : html`<bdi>${names[Number(part)]}</bdi>`))}`
}

/** Nothing. */
export const NOTHING: Html = html``
