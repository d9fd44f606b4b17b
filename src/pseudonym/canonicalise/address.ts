import { isUnknownValue } from '../../encoding/unknown-value.ts'
import { canonicaliseCountry } from './country.ts'
import { accepted, type Canonicalisation, noEvidence, type Refusal, refused } from './outcome.ts'
import { canonicalisePlace } from './place.ts'
import { splitWords } from './words.ts'

/** The members of an address that locate a person, each in canonical form; a member without information is absent. */
export type CanonicalAddress = Readonly<Partial<Record<(typeof MEMBERS)[number], string>>>

// In this order in the canonical form. A municipality is less precise than the town and is ignored.
const MEMBERS = ['land', 'postcode', 'huisnummer', 'straat', 'plaats'] as const
const SEPARATOR = '|'

/**
 * An address: its members in canonical form, as `NL|1012AB|12-a|damstraat|amsterdam`, with nothing where a member is missing. An
 * address of a country alone is no evidence. `readCanonicalAddress` returns the members.
 *
 * | member | form |
 * |---|---|
 * | `land` | ISO 3166-1 alpha-2; NL when there is a full Dutch postcode |
 * | `postcode` | capitals and digits without spaces; Dutch ones have four digits, and two letters if these are known |
 * | `huisnummer` | runs of digits and of letters, joined by hyphens: `12 A`, `12a` and `012-A` are `12-a` |
 * | `straat` | its words in Latin letters, joined, with the abbreviations of NEN 5825 for street, lane, square and way written out |
 * | `plaats` | as `canonicalisePlace` |
 *
 * @returns the canonical form, or the member that is wrong and why
 */
export function canonicaliseAddress(address: Readonly<Record<string, string>>): Canonicalisation {
  const read = (member: string) => {
    const value = Object.hasOwn(address, member) ? address[member]! : ''
    return isUnknownValue(value) ? '' : value
  }
  const members: Partial<Record<(typeof MEMBERS)[number], string>> = {}

  if (read('land') !== '') {
    const country = canonicaliseCountry(read('land'))
    if (!country.ok) return inMember('land', country)
    if (country.canonical !== undefined) members.land = country.canonical
  }
  for (const member of ['postcode', 'huisnummer', 'straat'] as const) {
    const result = splitWords(read(member), { hasDigits: true })
    if (!result.ok) return inMember(member, REFUSALS[result.reason])
    const text = FORMS[member](result.words)
    if (text !== '') members[member] = text
  }
  if (/[\p{L}\p{N}]/u.test(read('plaats'))) {
    const place = canonicalisePlace(read('plaats'))
    if (!place.ok) return inMember('plaats', place)
    if (place.canonical !== undefined) members.plaats = place.canonical
  }

  if (members.postcode !== undefined) {
    if (members.land === undefined && DUTCH_POSTCODE.test(members.postcode)) members.land = 'NL'
    const isDutch = DUTCH_POSTCODE.test(members.postcode) || DUTCH_DIGITS.test(members.postcode)
    if (members.land === 'NL' && !isDutch) return notDutch
  }
  if (MEMBERS.every((member) => member === 'land' || members[member] === undefined)) return noEvidence
  return accepted(MEMBERS.map((member) => members[member] ?? '').join(SEPARATOR))
}

/** The members of a canonical address. */
export function readCanonicalAddress(canonical: string): CanonicalAddress {
  const parts = canonical.split(SEPARATOR)
  return Object.fromEntries(
    MEMBERS.map((member, index) => [member, parts[index] ?? ''] as const).filter(([, part]) => part !== ''),
  )
}

const DUTCH_POSTCODE = /^[1-9]\d{3}[A-Z]{2}$/
const DUTCH_DIGITS = /^[1-9]\d{3}$/

const FORMS = {
  postcode: (words: readonly string[]) => words.join('').toUpperCase(),
  huisnummer: (words: readonly string[]) =>
    (words.join(' ').match(/\d+|[^\d ]+/gu) ?? []).map((run) => run.replace(/^0+(?=\d)/, '')).join('-'),
  // Joined words can end in an abbreviation that none of them ends in.
  straat: (words: readonly string[]) => writeOut(words.map(writeOut).join('')),
}

/** Abbreviations that street names end in or begin with, as the BRP cuts them to 24 characters (NEN 5825). */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({ str: 'straat', ln: 'laan', pln: 'plein', wg: 'weg' }),
)

const writeOut = (word: string): string =>
  word.replace(/(?:str|pln|ln|wg)$/, (abbreviation) => ABBREVIATIONS.get(abbreviation) ?? abbreviation)

const inMember = (member: string, { detail }: Refusal): Refusal =>
  refused(`heeft een fout in \`${member}\`: dit ${detail.nl}`, `has a fault in \`${member}\`: this ${detail.en}`)

const REFUSALS: Readonly<Record<'foreign-character' | 'too-long', Refusal>> = {
  'foreign-character': refused(
    'bevat een teken dat niet in een adres hoort; gebruik letters, cijfers en leestekens',
    'holds a character that belongs in no address; use letters, digits and punctuation',
  ),
  'too-long': refused('is te lang; geef hoogstens 200 tekens', 'is too long; give at most 200 characters'),
}
const notDutch = inMember(
  'postcode',
  refused(
    'is geen Nederlandse postcode; schrijf 1234 AB, of geef het land van het adres',
    'is not a Dutch postal code; write 1234 AB, or give the country of the address',
  ),
)
