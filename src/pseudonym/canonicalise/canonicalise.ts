import type { IdentifierKind } from '../../types.ts'
import { canonicaliseEmail, canonicaliseTelephone } from './contact.ts'
import { canonicaliseDateOfBirth } from './date.ts'
import { canonicaliseFamilyName, canonicaliseName } from './names.ts'
import { canonicaliseBsn, canonicaliseDocumentNumber, canonicaliseVNumber } from './numbers.ts'
import type { Canonicalisation } from './outcome.ts'

/**
 * The version of everything in this folder. Tokens of two versions never meet, so it rises with any change after which some
 * value gets another canonical form; making new tokens for stored people then needs their identifiers again.
 */
export const CANONICALISATION_VERSION = 1

const CANONICALISERS: Readonly<Record<IdentifierKind, (value: string) => Canonicalisation>> = {
  bsn: canonicaliseBsn,
  'v-nummer': canonicaliseVNumber,
  documentnummer: canonicaliseDocumentNumber,
  voornaam: canonicaliseName,
  tussenvoegsel: canonicaliseName,
  achternaam: canonicaliseFamilyName,
  geboortedatum: canonicaliseDateOfBirth,
  telefoon: canonicaliseTelephone,
  email: canonicaliseEmail,
}

/**
 * One form for everything that means the same identifier, whatever the spelling, spacing or Unicode normalisation.
 * Applied to its own result it changes nothing.
 *
 * @returns the canonical form, or what is wrong and how to mend it, without the value
 */
export const canonicalise = (kind: IdentifierKind, value: string): Canonicalisation => CANONICALISERS[kind](value)
