import type { IdentifierKind, Identifiers, IdentifierValue } from '../../model/identifier.ts'
import type { LocalisedText } from '../../model/language.ts'
import { canonicalise } from './canonicalise.ts'

/** Canonical values by kind, each once. */
export type CanonicalIdentifiers = Readonly<Partial<Record<IdentifierKind, readonly string[]>>>

/** An identifier that fails its check. */
export interface IdentifierFault {
  readonly kind: IdentifierKind
  /** Index of the value among those of its kind, from 0. */
  readonly index: number
  /** What is wrong and how to fix it; never the value. */
  readonly detail: LocalisedText
}

/** Canonicalises every value of every kind. A value that is valid but no evidence has no canonical form and no fault. */
export function canonicaliseIdentifiers(identifiers: Identifiers): {
  readonly canonical: CanonicalIdentifiers
  readonly faults: readonly IdentifierFault[]
} {
  const canonical: Partial<Record<IdentifierKind, readonly string[]>> = {}
  const faults: IdentifierFault[] = []
  for (const [kind, values] of Object.entries(identifiers) as [IdentifierKind, readonly IdentifierValue[]][]) {
    const forms = new Set<string>()
    for (const [index, value] of values.entries()) {
      const result = canonicalise(kind, value)
      if (!result.ok) faults.push({ kind, index, detail: result.detail })
      else if (result.canonical !== undefined) forms.add(result.canonical)
    }
    canonical[kind] = [...forms]
  }
  return { canonical, faults }
}
