import { formatHex } from '../encoding/bytes.ts'
import { type Evidence, weighMentions } from '../exchange/linking/weigh-candidates.ts'
import type { IdentifierKind } from '../model/identifier.ts'
import { FIRST_COMPARED_FAMILY } from '../ports/mentions.ts'
import { type CanonicalIdentifiers, canonicaliseIdentifiers } from '../pseudonym/canonicalise/identifiers.ts'
import { weighEvidence } from '../pseudonym/evidence.ts'
import type { LabelledRecord } from './mapping.ts'

/** How far two records of one person came before they were left apart. */
export const STAGES = ['not-met', 'too-common', 'too-weak', 'contradicted', 'not-asked'] as const
export type Stage = (typeof STAGES)[number]

/** What two records have in common, by kinds that belong together. */
export const FIELDS = {
  number: ['bsn', 'v-nummer', 'documentnummer'],
  contact: ['telefoon', 'email', 'iban'],
  'given-name': ['voornaam'],
  'family-name': ['achternaam'],
  alias: ['alias'],
  date: ['geboortedatum'],
  birthplace: ['geboorteplaats'],
  address: ['adres'],
} as const satisfies Record<string, readonly IdentifierKind[]>
export type Field = keyof typeof FIELDS

/** Pairs of records that agree and differ in the same fields. */
export interface Cause {
  /** Absent for two people who were taken for one. */
  readonly stage?: Stage
  /** In both records, with a value in common. Canonical values are compared, so another spelling differs. */
  readonly equal: readonly Field[]
  /** In both records, without a value in common. */
  readonly different: readonly Field[]
  readonly pairs: number
}

/**
 * How far the pair of two records came.
 *
 * @param demoted tokens that too many persons shared, in hexadecimal
 */
export function findStage(one: Evidence, other: Evidence, demoted: ReadonlySet<string>): Stage {
  const searched = ({ tokens }: Evidence) =>
    tokens.filter(({ family }) => family < FIRST_COMPARED_FAMILY).map(({ token }) => formatHex(token))
  const known = new Set(searched(one))
  const shared = searched(other).filter((token) => known.has(token))
  if (shared.length === 0) return 'not-met'
  if (shared.every((token) => demoted.has(token))) return 'too-common'
  const isDemoted = (token: Uint8Array) => demoted.has(formatHex(token))
  if (weighEvidence(one.tokens, other.tokens, isDemoted).contradicts) return 'contradicted'
  const met = weighMentions([one], [{ ...other, id: '', personId: '' }], isDemoted)
  return met.length === 0 ? 'too-weak' : 'not-asked'
}

/** Counts causes; the most frequent first. */
export function createCauses() {
  const counts = new Map<string, Omit<Cause, 'pairs'> & { pairs: number }>()
  return {
    add(one: LabelledRecord, other: LabelledRecord, stage?: Stage) {
      const cause = { ...(stage && { stage }), ...compareFields(one, other) }
      const name = JSON.stringify(cause)
      const known = counts.get(name) ?? { ...cause, pairs: 0 }
      known.pairs += 1
      counts.set(name, known)
    },
    list: (): readonly Cause[] => [...counts.values()].sort((one, other) => other.pairs - one.pairs),
  }
}

function compareFields(one: LabelledRecord, other: LabelledRecord): Pick<Cause, 'equal' | 'different'> {
  const [left, right] = [one, other].map(({ identifiers }) => canonicaliseIdentifiers(identifiers).canonical) as [
    CanonicalIdentifiers,
    CanonicalIdentifiers,
  ]
  const equal: Field[] = []
  const different: Field[] = []
  for (const [field, kinds] of Object.entries(FIELDS) as [Field, readonly IdentifierKind[]][]) {
    const inBoth = kinds.filter((kind) => left[kind] !== undefined && right[kind] !== undefined)
    if (inBoth.length === 0) continue
    const agrees = inBoth.some((kind) => left[kind]!.some((value) => right[kind]!.includes(value)))
    ;(agrees ? equal : different).push(field)
  }
  return { equal, different }
}
