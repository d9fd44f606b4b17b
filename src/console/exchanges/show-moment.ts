import { html } from 'hono/html'
import type { Language } from '../../model/language.ts'
import { formatDate } from '../../policy/labels.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { Html } from '../html.ts'

/** An instant as people in the Netherlands write it, to the minute. @param at RFC 3339 */
export function formatMoment(at: string, language: Language): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', timeStyle: 'short' }).format(
    new Date(at),
  )
  return `${formatDate(legalDate(at), language)}, ${time}`
}

export const showMoment = (at: string, language: Language): Html =>
  html`<time datetime="${at}">${formatMoment(at, language)}</time>`
