import { type Fault, throwFaults } from '../errors.ts'
import type { FieldDecision, SubjectDecision } from '../model/decision.ts'
import type { IdentifierKind } from '../model/identifier.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { type CanonicalIdentifiers, canonicaliseIdentifiers } from '../pseudonym/canonicalise/identifiers.ts'
import { type FieldValue, isNames } from '../report/field-value.ts'
import type { SubmittedSubject } from '../report/submission.ts'

/** What an identifying field is used for. An `unused` one is withheld and does not link, so its value is never read. */
export type FieldUse = 'linked' | 'released' | 'unused'

export const fieldUseOf = ({ link, release }: Pick<FieldDecision, 'link' | 'release'>): FieldUse => {
  if (link) return 'linked'
  return release === 'verstrekken' || release === 'generaliseren' ? 'released' : 'unused'
}

/**
 * Canonicalises the identifying fields of one person. Every field that is used is checked; those that are linked make the
 * identifiers.
 *
 * @param pointer JSON Pointer of `data` in the body
 * @returns by kind the values of all linked fields, in the order of the vocabulary, so that the order of a body's members does
 *   not matter; and a fault for each value that fails its check, which names its position and never the value
 */
export function canonicaliseFields(
  vocabulary: Pick<Vocabulary, 'fields'>,
  data: Readonly<Record<string, FieldValue>>,
  pointer: string,
  useOf: (field: string) => FieldUse,
): { readonly identifiers: CanonicalIdentifiers; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const linked = new Map<string, readonly string[]>()
  for (const [field, value] of Object.entries(data)) {
    const kind = vocabulary.fields.get(field)?.identifier
    const use = useOf(field)
    if (kind === undefined || use === 'unused') continue
    const result = canonicaliseIdentifiers({ [kind]: isNames(value) ? value : [value] })
    for (const { index, detail } of result.faults) {
      const position = isNames(value) ? `${pointer}/${field}/${index}` : `${pointer}/${field}`
      faults.push({ code: 'identifier-invalid', pointer: position, detail })
    }
    if (use === 'linked') linked.set(field, result.canonical[kind] ?? [])
  }
  const identifiers: Partial<Record<IdentifierKind, readonly string[]>> = {}
  for (const { id, identifier: kind } of vocabulary.fields.values()) {
    const values = linked.get(id)
    if (kind !== undefined && values) identifiers[kind] = [...new Set([...(identifiers[kind] ?? []), ...values])]
  }
  return { identifiers, faults }
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
): readonly CanonicalIdentifiers[] {
  const results = passing.map((index) => {
    const uses = new Map(decisions[index]!.fields.map((decided) => [decided.field, fieldUseOf(decided)]))
    const useOf = (field: string) => uses.get(field) ?? 'unused'
    return canonicaliseFields(vocabulary, dataSubjects[index]!.data, `/dataSubjects/${index}/data`, useOf)
  })
  throwFaults(results.flatMap(({ faults }) => faults))
  return results.map(({ identifiers }) => identifiers)
}
