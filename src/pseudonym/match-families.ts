import { FIRST_COMPARED_FAMILY } from '../ports/mentions.ts'
import type { PartName } from './match-parts.ts'

/** Groups of independent evidence. Within a group the strongest counts; groups are summed. */
export type EvidenceGroup =
  | 'number'
  | 'contact'
  | 'given'
  | 'family'
  | 'date'
  | 'birthplace'
  | 'nationality'
  | 'sex'
  | 'address'

/** In bits, roughly: one bit more halves the chance that two people agree by accident. */
export type Weights = Readonly<Partial<Record<EvidenceGroup, number>>>

/** One kind of match token: its parts, its number per mention, and its weight when shared. */
export interface MatchFamily {
  /** Stored with every token, so never reused. From `FIRST_COMPARED_FAMILY` on: only compared, not searched by. */
  readonly id: number
  /** Name of the key. Families that share a key make equal tokens of equal parts, so a name in the wrong field is found. */
  readonly key: string
  /** A token combines one value of each; there is one for every combination. */
  readonly parts: readonly PartName[]
  /** Number of tokens of every mention, padding included. Of more combinations the first are used. */
  readonly size: number
  /** Weight of a shared token. */
  readonly shared: Weights
  /** Weight when both mentions have such tokens, none is shared, and the part `beside` is equal. */
  readonly unshared?: { readonly beside: PartName; readonly weights: Weights }
  /** The name of the person in the token. */
  readonly role?: 'first' | 'other' | 'family' | 'alias'
  /** A person has only one: another value is another person. */
  readonly isOnePerPerson?: true
  /** Too common to link on: it makes a possible match, and never adds to an automatic one. */
  readonly onlySuggests?: true
}

const compared = (index: number): number => FIRST_COMPARED_FAMILY + index

/**
 * Every kind of match token, strongest first. No token consists of a name, a sex or a nationality alone.
 *
 * A composite is a pivot combined with other data: a full date of birth, a document number, or a given with a family name. One
 * slip of the pen leaves the tokens of the other pivots intact, and a difference next to an equal pivot counts against. Names with
 * a date are spellings, which distinguish Hassan from Hussein. Pairs of names are sounds, which do not, but agree in every
 * transliteration: without a shared spelling they only make a possible match. Their skeletons agree in every script, and are so
 * short that they only count with a full date of birth.
 *
 * Weights and sizes were tuned on FEBRL 1 and 2 and on people of `sluis linkage generate`; `test/synthetic/evaluate.test.ts` checks
 * the result.
 */
export const MATCH_FAMILIES: readonly MatchFamily[] = [
  { id: 1, key: 'bsn', parts: ['bsn'], size: 1, shared: { number: 36 }, isOnePerPerson: true },
  { id: 2, key: 'v-nummer', parts: ['v-nummer'], size: 1, shared: { number: 31 }, isOnePerPerson: true },
  { id: 3, key: 'documentnummer', parts: ['documentnummer'], size: 1, shared: { number: 31 } },
  { id: 4, key: 'iban', parts: ['iban'], size: 1, shared: { contact: 8 } },
  { id: 5, key: 'telefoon', parts: ['telefoon'], size: 1, shared: { contact: 8 } },
  { id: 6, key: 'email', parts: ['email'], size: 1, shared: { contact: 10 } },
  { id: 7, key: 'document-end-date', parts: ['documentEnd', 'date'], size: 1, shared: { number: 12, date: 14 } },
  {
    id: 8,
    key: 'document-start-date',
    parts: ['documentStart', 'date'],
    size: 1,
    // Documents issued to a family together start with the same characters.
    shared: { number: 9, date: 14 },
    unshared: { beside: 'documentnummer', weights: { date: -5 } },
  },
  { id: 9, key: 'name-date', parts: ['firstName', 'date'], size: 2, shared: { given: 7, date: 14 }, role: 'first' },
  { id: 10, key: 'name-date', parts: ['otherName', 'date'], size: 2, shared: { given: 5, date: 14 }, role: 'other' },
  {
    id: 11,
    key: 'name-date',
    parts: ['familyName', 'date'],
    size: 2,
    shared: { family: 7, date: 14 },
    unshared: { beside: 'date', weights: { family: -3 } },
    role: 'family',
  },
  { id: 12, key: 'name-date', parts: ['alias', 'date'], size: 2, shared: { given: 4, date: 14 }, role: 'alias' },
  { id: 13, key: 'pair-date', parts: ['namePair', 'date'], size: 2, shared: { given: 4, family: 5, date: 14 } },
  { id: 14, key: 'pair-near', parts: ['namePair', 'dateButOne'], size: 3, shared: { given: 4, family: 5, date: 7 } },
  {
    id: 15,
    key: 'pair-birthplace',
    parts: ['namePair', 'birthplace'],
    size: 1,
    shared: { given: 5, family: 5, birthplace: 8 },
  },
  { id: 16, key: 'pair-address', parts: ['namePair', 'address'], size: 1, shared: { given: 5, family: 5, address: 8 } },
  { id: 17, key: 'contact-name', parts: ['contact', 'calledName'], size: 2, shared: { contact: 11, given: 7 } },
  {
    id: 18,
    key: 'birthplace-date',
    parts: ['birthplace', 'date'],
    size: 1,
    shared: { birthplace: 6, date: 14 },
    unshared: { beside: 'date', weights: { birthplace: -1 } },
  },
  {
    id: 19,
    key: 'skeleton-date',
    parts: ['skeletonPair', 'date'],
    size: 4,
    shared: { given: 3, family: 4, date: 14 },
    onlySuggests: true,
  },
  {
    id: compared(0),
    key: 'typo-date',
    parts: ['namePairTypo', 'date'],
    size: 12,
    shared: { given: 5, family: 6, date: 14 },
    role: 'first',
  },
  {
    id: compared(1),
    key: 'document-name',
    parts: ['documentnummer', 'nameEdge'],
    size: 4,
    shared: { family: 3 },
    unshared: { beside: 'documentnummer', weights: { family: -4 } },
  },
  {
    id: compared(2),
    key: 'document-birthplace',
    parts: ['documentnummer', 'birthplace'],
    size: 1,
    shared: { birthplace: 8 },
  },
  {
    id: compared(3),
    key: 'pair-year',
    parts: ['namePair', 'birthYear'],
    size: 1,
    shared: { given: 4, family: 5, date: 4 },
    // Father and son, with one name, one address and one telephone.
    unshared: { beside: 'namePair', weights: { date: -8 } },
  },
  {
    id: compared(4),
    key: 'nationality-date',
    parts: ['nationality', 'date'],
    size: 1,
    shared: { nationality: 2, date: 14 },
    unshared: { beside: 'date', weights: { nationality: -3 } },
  },
  {
    id: compared(5),
    key: 'sex-date',
    parts: ['sex', 'date'],
    size: 1,
    shared: { date: 14 },
    unshared: { beside: 'date', weights: { sex: -5 } },
  },
  { id: compared(6), key: 'address-date', parts: ['address', 'date'], size: 1, shared: { address: 8, date: 14 } },
]

const BY_ID: ReadonlyMap<number, MatchFamily> = new Map(MATCH_FAMILIES.map((family) => [family.id, family]))

/** @throws RangeError for an unknown id */
export function findFamily(id: number): MatchFamily {
  const family = BY_ID.get(id)
  if (family === undefined) throw new RangeError('match tokens: a family is unknown; use the release that wrote them')
  return family
}
