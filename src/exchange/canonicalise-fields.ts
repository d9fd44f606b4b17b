import { type Fault, throwFaults } from '../errors.ts'
import type { FieldDecision, SubjectDecision } from '../model/decision.ts'
import type { IdentifierKind } from '../model/identifier.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { type CanonicalIdentifiers, canonicaliseIdentifiers } from '../pseudonym/canonicalise/identifiers.ts'
import { type FieldValue, findFormFaults, isNames } from '../report/field-form.ts'
import type { SubmittedSubject } from '../report/submission.ts'

/** The identifiers of one person, canonical. */
export interface UsedIdentifiers {
  /** May feed a pseudonym. */
  readonly linked: CanonicalIdentifiers
  /** The linked ones, and those that the recipient gets: what the person can ask the sender about. */
  readonly used: CanonicalIdentifiers
}

/** What an identifying field is used for. An `unused` one is withheld and does not link, so its value is never read. */
export type FieldUse = 'linked' | 'released' | 'unused'

export const fieldUseOf = ({ link, release }: Pick<FieldDecision, 'link' | 'release'>): FieldUse => {
  if (link) return 'linked'
  return release === 'verstrekken' || release === 'generaliseren' ? 'released' : 'unused'
}

/**
 * Reads the fields of one person that are used, and canonicalises those that identify; the linked ones make the identifiers. Whatever
 * is not used is not read.
 *
 * @param pointer JSON Pointer of `data` in the body
 * @returns by kind the values of all linked fields, and of all used ones, in the order of the vocabulary, so that the order of a
 *   body's members does not matter; and a fault for each value that fails its check, which names its position and never the value
 */
export function canonicaliseFields(
  vocabulary: Pick<Vocabulary, 'fields'>,
  data: Readonly<Record<string, FieldValue>>,
  pointer: string,
  useOf: (field: string) => FieldUse,
): UsedIdentifiers & { readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const linked = new Map<string, readonly string[]>()
  const used = new Map<string, readonly string[]>()
  for (const [field, value] of Object.entries(data)) {
    const known = vocabulary.fields.get(field)
    const use = useOf(field)
    if (known === undefined || use === 'unused') continue
    const kind = known.identifier
    const formFaults = findFormFaults(known, value).map(
      ({ path, detail }): Fault => ({
        code: 'value-invalid',
        pointer: [pointer, field, ...path].join('/'),
        detail,
      }),
    )
    if (kind === undefined) {
      faults.push(...formFaults)
      continue
    }
    const result = canonicaliseIdentifiers({ [kind]: isNames(value) ? value : [value] })
    // The canonicaliser decides what can be read; the form of the type explains better what cannot.
    const unread = result.faults.map(({ index, detail }): Fault => {
      const position = isNames(value) ? `${pointer}/${field}/${index}` : `${pointer}/${field}`
      return { code: 'identifier-invalid', pointer: position, detail }
    })
    faults.push(...(unread.length > 0 && formFaults.length > 0 ? formFaults : unread))
    used.set(field, result.canonical[kind] ?? [])
    if (use === 'linked') linked.set(field, result.canonical[kind] ?? [])
  }
  return { linked: mergeByKind(vocabulary, linked), used: mergeByKind(vocabulary, used), faults }
}

function mergeByKind(
  { fields }: Pick<Vocabulary, 'fields'>,
  valuesOf: ReadonlyMap<string, readonly string[]>,
): CanonicalIdentifiers {
  const identifiers: Partial<Record<IdentifierKind, readonly string[]>> = {}
  for (const { id, identifier: kind } of fields.values()) {
    const values = valuesOf.get(id)
    if (kind !== undefined && values) identifiers[kind] = [...new Set([...(identifiers[kind] ?? []), ...values])]
  }
  return identifiers
}

/**
 * The identifiers of the data subjects of whom something passes, in the order of `passing`.
 * @throws SluisError `identifier-invalid` with every fault; the field is named, the value is not
 */
export function canonicaliseReport(
  vocabulary: Pick<Vocabulary, 'fields'>,
  dataSubjects: readonly Pick<SubmittedSubject, 'data'>[],
  decisions: readonly Pick<SubjectDecision, 'fields'>[],
  passing: readonly number[],
): readonly UsedIdentifiers[] {
  const results = passing.map((index) => {
    const uses = new Map(decisions[index]!.fields.map((decided) => [decided.field, fieldUseOf(decided)]))
    const useOf = (field: string) => uses.get(field) ?? 'unused'
    return canonicaliseFields(vocabulary, dataSubjects[index]!.data, `/dataSubjects/${index}/data`, useOf)
  })
  throwFaults(results.flatMap(({ faults }) => faults))
  return results.map(({ linked, used }) => ({ linked, used }))
}
