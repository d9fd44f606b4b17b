import type { LocalisedText } from '../../model/language.ts'

/** What is wrong with a value and how to mend it; never the value itself. */
export interface Refusal {
  readonly ok: false
  readonly detail: LocalisedText
}

/**
 * One form for everything that means the same, or a refusal. The form is undefined where a value is in order and tells nobody
 * apart, such as a sex that is not known: such a value links nothing.
 */
export type Canonicalisation = { readonly ok: true; readonly canonical: string | undefined } | Refusal

export const accepted = (canonical: string): Canonicalisation => ({ ok: true, canonical })

export const noEvidence: Canonicalisation = { ok: true, canonical: undefined }

export const refused = (nl: string, en: string): Refusal => ({ ok: false, detail: { nl, en } })
