declare const identifierBrand: unique symbol
declare const pseudonymBrand: unique symbol

/** A value that could name a person. It never goes into a log, an error, a URL or a table. */
export type Identifier = string & { readonly [identifierBrand]: true }
/** What one recipient sees instead of a person; meaningless to every other party. */
export type Pseudonym = string & { readonly [pseudonymBrand]: true }

export const IDENTIFIER_KINDS = [
  'bsn',
  'v-nummer',
  'documentnummer',
  'iban',
  'telefoon',
  'email',
  'voornaam',
  'tussenvoegsel',
  'achternaam',
  'alias',
  'geboortedatum',
  'geboorteplaats',
  'nationaliteit',
  'geslacht',
  'adres',
] as const
/** The kind of identifying information in a field; determines how the value is canonicalised. */
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** An identifier as it was sent: an address by its members, everything else as text. */
export type IdentifierValue = string | Readonly<Record<string, string>>
/** Values that may feed a pseudonym, as they were sent: per kind, from several fields or from a list of aliases, in order. */
export type Identifiers = Readonly<Partial<Record<IdentifierKind, readonly IdentifierValue[]>>>
