import type { LocalisedText } from '../../model/language.ts'

/** What is wrong with a value and how to fix it; never the value itself. */
export interface Refusal {
  readonly ok: false
  readonly detail: LocalisedText
}

/**
 * The canonical form, or a refusal. The form is undefined for a valid value that distinguishes no persons, such as an unknown sex:
 * such a value is never used for linking.
 */
export type Canonicalisation = { readonly ok: true; readonly canonical: string | undefined } | Refusal

export const accepted = (canonical: string): Canonicalisation => ({ ok: true, canonical })

export const noEvidence: Canonicalisation = { ok: true, canonical: undefined }

export const refused = (nl: string, en: string): Refusal => ({ ok: false, detail: { nl, en } })
