import type { Language } from '../../model/language.ts'
import { DUTCH_CLAUSES } from './dutch-clauses.ts'

interface Clause {
  readonly pattern: RegExp
  readonly dutch: string
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const CLAUSES: readonly Clause[] = Object.entries(DUTCH_CLAUSES).map(([english, dutch]) => ({
  pattern: new RegExp(`^${english.split('{}').map(escapePattern).join('(.+?)')}$`),
  dutch,
}))

/**
 * Why a verification failed, as its reader sees it. The audit gives reasons in English, as `place: what is wrong; how to fix it`; in
 * Dutch each of these clauses is translated by itself, and one without a translation stays as it is.
 */
export const formatReason = (reason: string, language: Language): string =>
  language === 'en'
    ? reason
    : reason
        .split(/(: |; )/)
        .map((part, position) => (position % 2 === 0 ? translate(part) : part))
        .join('')

function translate(clause: string): string {
  for (const { pattern, dutch } of CLAUSES) {
    const [whole, ...values] = pattern.exec(clause) ?? []
    if (whole !== undefined) return values.reduce((text, value) => text.replace('{}', () => value), dutch)
  }
  return clause
}
