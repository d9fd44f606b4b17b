import { FIRST_COMPARED_FAMILY } from '../ports/mentions.ts'
import type { PartName } from './match-parts.ts'

/** Kinds of evidence that do not follow from each other. Within one the strongest counts; groups add up. */
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

/** In bits, roughly: one more halves the chance that two people agree by accident. */
export type Weights = Readonly<Partial<Record<EvidenceGroup, number>>>

/** One kind of match token: what it is made of, how many of them a mention has, and what it says when it is shared. */
export interface MatchFamily {
  /** Stored with every token, so never given to another family. From `FIRST_COMPARED_FAMILY` on: compared with, not searched by. */
  readonly id: number
  /** Names the key. Families with one key make equal tokens of equal parts, so that a name is found in the wrong field. */
  readonly key: string
  /** A token holds one value of each; there is one for every combination. */
  readonly parts: readonly PartName[]
  /** As many tokens every mention has, padding included. Of more combinations the first count. */
  readonly size: number
  /** What a token in common says. */
  readonly shared: Weights
  /** What it says that both mentions have such tokens, none is the same, and the part `beside` is. */
  readonly unshared?: { readonly beside: PartName; readonly weights: Weights }
  /** Which name of a person the token holds. */
  readonly role?: 'first' | 'other' | 'family' | 'alias'
  /** Nobody has two: another value is another person. */
  readonly isOnePerPerson?: true
}

const compared = (index: number): number => FIRST_COMPARED_FAMILY + index

/**
 * Every kind of match token, strongest first. No token holds a name, a sex or a nationality alone.
 *
 * A composite is a pivot with something known beside it: a full date of birth, a document number, or a given with a family
 * name. One slip of the pen leaves the tokens of the other pivots whole, and what differs beside a pivot that is the same
 * speaks against. Names beside a date are spellings, which tell Hassan and Hussein apart. Pairs of names are sounds, which do
 * not, but meet in every transliteration: without a spelling in common they ask and never link.
 *
 * Weights and sizes were settled on FEBRL 1 and 2 and on people of `sluis linkage generate`; `test/synthetic/evaluate.test.ts`
 * holds them to it.
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
    // Documents that a family fetched together begin the same.
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

/** @throws RangeError for an id that no family has */
export function findFamily(id: number): MatchFamily {
  const family = BY_ID.get(id)
  if (family === undefined) throw new RangeError('match tokens: a family is unknown; use the release that wrote them')
  return family
}
