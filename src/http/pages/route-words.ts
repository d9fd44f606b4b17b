import type { Language } from '../../model/language.ts'
import { DUTCH_EXCHANGE_ROUTES } from './dutch-exchange-routes.ts'
import { DUTCH_OTHER_ROUTES } from './dutch-other-routes.ts'

/** Dutch texts by the English text of the route table, which the OpenAPI document shows. A test holds them complete. */
export const DUTCH_ROUTE_TEXTS: Readonly<Record<string, string>> = { ...DUTCH_EXCHANGE_ROUTES, ...DUTCH_OTHER_ROUTES }

/** A text of the route table in the language of the reader. */
export const translateRoute = (text: string, language: Language): string =>
  language === 'nl' ? (DUTCH_ROUTE_TEXTS[text] ?? text) : text
