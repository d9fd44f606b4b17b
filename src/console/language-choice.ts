import { languageOf } from '../http/language.ts'
import type { Language } from '../model/language.ts'
import { readCookie } from './cookies.ts'

const COOKIE = '__Host-sluis-language'
const SECONDS_OF_A_YEAR = 31_536_000

/** The language of a page: what the reader chose, or else what the browser prefers; Dutch when it prefers neither. */
export function chosenLanguage(request: Request): Language {
  const chosen = readCookie(request, COOKIE)
  return chosen === 'nl' || chosen === 'en' ? chosen : languageOf(request)
}

/** The header `Set-Cookie` that remembers a choice. */
export const formatLanguageCookie = (language: Language): string =>
  `${COOKIE}=${language}; Path=/; Max-Age=${SECONDS_OF_A_YEAR}; Secure; HttpOnly; SameSite=Lax`
