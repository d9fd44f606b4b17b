import { html } from 'hono/html'
import type { Language } from '../model/language.ts'
import { sentence } from './error-page.ts'
import { type Html, NOTHING } from './html.ts'

const TITLE = { nl: 'Dit klopt nog niet', en: 'Something is not right yet' } as const

/** What is wrong with a form, with the id of its input where it has one. */
export interface LinkedFault {
  /** The label of what it is about, which the sentence begins with; absent when the text names it. */
  readonly about?: string
  readonly text: string
  readonly id?: string | undefined
}

/**
 * The summary of faults above a form, each linked to its input; nothing without faults. It has the focus when its page opens, also
 * without scripts, so that the keyboard and a screen reader begin there (WCAG 2.2, 3.3.1).
 */
export function formatFaults(faults: readonly LinkedFault[], language: Language): Html {
  if (faults.length === 0) return NOTHING
  return html`<div class="faults" role="alert" aria-labelledby="faults-title" tabindex="-1" autofocus><h2 id="faults-title">${TITLE[language]}</h2>
<ul>${faults.map((fault) => html`<li>${fault.id === undefined ? formatFault(fault) : html`<a href="#${fault.id}">${formatFault(fault)}</a>`}</li>`)}</ul></div>`
}

const formatFault = ({ about, text }: LinkedFault): Html =>
  about === undefined ? html`${sentence(text)}` : html`<bdi>${about}</bdi>: ${text.replace(/\.$/, '')}.`
