import { html } from 'hono/html'
import type { Language } from '../model/language.ts'
import type { Html } from './html.ts'
import { formatMoment } from './moments.ts'

/** An instant on a page, to the minute. @param at RFC 3339 */
export const showMoment = (at: string, language: Language): Html =>
  html`<time datetime="${at}">${formatMoment(at, language)}</time>`
