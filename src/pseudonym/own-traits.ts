import type { IdentifierKind } from '../model/identifier.ts'
import { isTellingDate } from './canonicalise/date.ts'
import type { CanonicalIdentifiers } from './canonicalise/identifiers.ts'
import { distinctiveParts } from './canonicalise/particles.ts'
import { findParts } from './match-parts.ts'

/** One value of a person, by which a party finds its own reports again. */
export interface Trait {
  /** Names of every field have one label, so that a name in the wrong field is found. */
  readonly label: string
  readonly text: string
  /** `own` is enough alone, to somebody who checks it; `beside` only with a name; `other` never adds anything. */
  readonly group: 'own' | 'name' | 'beside' | 'other'
  /** Kinds of the values that it was found in. */
  readonly kinds: readonly IdentifierKind[]
}

const NAMES = { voornaam: 'given', achternaam: 'family', alias: 'given' } as const

/**
 * In the order in which they are kept. Without the BSN: every use of it needs a law that names it (UAVG art. 46), so nobody is
 * searched by it here.
 */
const KINDS = [
  ['v-nummer', 'own'],
  ['documentnummer', 'own'],
  ['geboortedatum', 'beside'],
  ['telefoon', 'own'],
  ['email', 'own'],
  ['iban', 'own'],
  ['adres', 'beside'],
  ['voornaam', 'name'],
  ['achternaam', 'name'],
  ['alias', 'name'],
  ['geboorteplaats', 'other'],
  ['nationaliteit', 'other'],
  ['geslacht', 'other'],
  ['tussenvoegsel', 'other'],
] as const satisfies readonly (readonly [IdentifierKind, Trait['group']])[]

/** The traits of a person, each once. */
export function listTraits(identifiers: CanonicalIdentifiers): readonly Trait[] {
  const hasFrontDoor = findParts(identifiers).address.length > 0
  const traits = new Map<string, Trait>()
  for (const [kind, group] of KINDS) {
    for (const text of identifiers[kind]?.flatMap((value) => textsOf(kind, value)) ?? []) {
      const label = group === 'name' ? 'name' : kind
      const known = traits.get(`${label} ${text}`)
      traits.set(`${label} ${text}`, {
        label,
        text,
        // A town is no address.
        group: kind === 'adres' && !hasFrontDoor ? 'other' : group,
        kinds: [...new Set([...(known?.kinds ?? []), kind])],
      })
    }
  }
  return [...traits.values()]
}

/** A name by its parts, or whole when none of them distinguishes anybody, such as an initial. */
function textsOf(kind: IdentifierKind, value: string): readonly string[] {
  if (kind !== 'voornaam' && kind !== 'achternaam' && kind !== 'alias') return [value]
  const parts = distinctiveParts(value, NAMES[kind])
  return parts.length > 0 ? parts : [value]
}

/** The year of birth, and whether nothing else is certain: day or month is unknown, or it is the first of January. */
export function findYears(identifiers: CanonicalIdentifiers): { readonly year?: string; readonly isOpen: boolean } {
  const [date] = identifiers.geboortedatum ?? []
  return date === undefined ? { isOpen: false } : { year: date.slice(0, 4), isOpen: !isTellingDate(date) }
}
