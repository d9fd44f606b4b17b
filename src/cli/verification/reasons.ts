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
 * Why a verification failed, or what is wrong in a witness policy, in the language of the reader. The audit says so in English, as
 * `place: what is wrong; how to fix it`. Each of these clauses has its own translation; one without stays as it is.
 */
export const formatReason = (reason: string, language: Language): string =>
  language === 'en'
    ? reason
    : reason
        .split(/(: |; )/)
        .map((part, position) => (position % 2 === 0 ? translate(part) : part))
        .join('')

function translate(clause: string): string {
  const exact = Object.hasOwn(DUTCH_CLAUSES, clause) ? DUTCH_CLAUSES[clause] : undefined
  if (exact !== undefined) return exact
  for (const { pattern, dutch } of CLAUSES) {
    const [whole, ...values] = pattern.exec(clause) ?? []
    if (whole !== undefined) return values.reduce((text, value) => text.replace('{}', () => value), dutch)
  }
  return clause
}
