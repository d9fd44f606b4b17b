import type { LocalisedText } from '../../types.ts'

/** What is wrong with a value and how to mend it; never the value itself. */
export interface Refusal {
  readonly ok: false
  readonly detail: LocalisedText
}

/** One form for everything that means the same, or a refusal. */
export type Canonicalisation = { readonly ok: true; readonly canonical: string } | Refusal

export const accepted = (canonical: string): Canonicalisation => ({ ok: true, canonical })

export const refused = (nl: string, en: string): Refusal => ({ ok: false, detail: { nl, en } })
