import type { Json } from '../../encoding/json.ts'
import { type Fault, SluisError } from '../../errors.ts'
import { canonicaliseFields, fieldUseOf } from '../../exchange/canonicalise-fields.ts'
import { labelsOf } from '../../policy/labels.ts'
import type { LinkedFault } from '../faults.ts'
import type { Visit } from '../page.ts'
import { statementsOf } from '../share/question.ts'
import { inputName } from './draft.ts'
import { type ChosenDraft, dataOf, type EvaluatedDraft } from './evaluate-draft.ts'
import { describeFault } from './read-value.ts'
import { firstInputId, typedDay } from './typed-values.ts'
import { REPORT_WORDS } from './words.ts'

/** What is wrong with a draft, for people. It never holds a value. */
export interface DraftFault extends LinkedFault {
  /** Name of the part of the form that the fault is shown at: `p1.data.geboortedatum`; as `id`. */
  readonly at?: string
}

/** The report of a draft, as the API takes it: only fields that would pass, so that nothing else leaves the page for good. */
export function formBody(visit: Visit, draft: ChosenDraft, evaluated: EvaluatedDraft): Json {
  const set = visit.gateway.policySet
  return {
    recipient: draft.to,
    purpose: draft.purpose,
    ...(evaluated.basis !== undefined && { legalBasis: evaluated.basis }),
    kind: draft.kind,
    ...(draft.reference !== undefined && { reference: draft.reference }),
    ...(draft.inReplyTo !== undefined && { inReplyTo: draft.inReplyTo }),
    dataSubjects: draft.people.map((person, index) => {
      const { circumstances, assessments } = statementsOf(set, person.replies)
      const asked = new Set(evaluated.people[index]!.asked.map(({ field }) => field))
      return {
        role: person.role,
        circumstances,
        assessments: assessments.map((word) => {
          const [by, on] = [person.typed.get(`by.${word}`), typedDay(person, word)]
          return { word, ...(by !== undefined && { by }), ...(on !== undefined && { on }) }
        }),
        data: Object.fromEntries(
          Object.entries(dataOf(set, person)).filter(([field]) => asked.has(field)),
        ) as unknown as Json,
      }
    }),
  }
}

/**
 * Everything that is wrong with a report before it is sent: the same checks as the API makes, all at once, and without anything being
 * recorded.
 */
export function findFaults(visit: Visit, draft: ChosenDraft, evaluated: EvaluatedDraft): readonly DraftFault[] {
  const { gateway, language } = visit
  const { vocabulary } = gateway.policySet
  const faults = [
    ...findShapeFaults(visit, formBody(visit, draft, evaluated)),
    ...evaluated.faults,
    ...draft.people.flatMap((person, index) => {
      const uses = new Map(evaluated.people[index]!.asked.map((decided) => [decided.field, fieldUseOf(decided)]))
      const useOf = (field: string) => uses.get(field) ?? 'unused'
      const data = dataOf(gateway.policySet, person)
      return canonicaliseFields(vocabulary, data, `/dataSubjects/${index}/data`, useOf).faults
    }),
  ]
  const placed = faults.map(({ pointer, detail }) => placeFault(visit, draft, pointer ?? '', detail[language]))
  // A date that does not exist is found twice: by its form, and as an identifier.
  return [...new Map(placed.map((fault) => [fault.id ?? fault.text, fault])).values()]
}

function findShapeFaults({ gateway }: Visit, body: Json): readonly Fault[] {
  try {
    gateway.schemas.parseSubmission(body)
    return []
  } catch (error) {
    if (error instanceof SluisError) return error.faults
    throw error
  }
}

/** Places a fault of the API, or of the same check beforehand, at the input that it is about. @param pointer JSON Pointer (RFC 6901) */
export function placeFault(
  { gateway, language }: Pick<Visit, 'gateway' | 'language'>,
  draft: ChosenDraft,
  pointer: string,
  detail: string,
): DraftFault {
  const { vocabulary } = gateway.policySet
  const words = REPORT_WORDS[language]
  const labels = labelsOf(language, gateway.policySet)
  const [top, position, group, word = '', part] = pointer.split('/').slice(1)
  const index = Number(position)
  const person = draft.people[index]
  if (top === 'reference') return { id: 'reference', at: 'reference', about: words.reference, text: detail }
  if (top !== 'dataSubjects' || !person) return { text: detail }
  const named = (label: string) =>
    draft.people.length === 1 ? label : `${words.person(index + 1, labels.role(person.role))}, ${label}`
  const field = vocabulary.fields.get(word)
  if (group === 'data' && field) {
    const at = inputName(index, `data.${word}`)
    const id =
      field.type === 'adres' && part !== undefined
        ? `${at.replaceAll('.', '-')}-${part}`
        : firstInputId(index, 'data', word, field.type)
    return { at, id, about: named(labels.field(word)), text: describeFault(field, detail, language) }
  }
  if (group === 'data')
    return {
      at: inputName(index, 'data'),
      id: `person-${index + 1}`,
      about: named(words.data),
      text: words.noData,
    }
  if (group === 'circumstances') return { about: named(labels.circumstance(word)), text: detail }
  const assessment = statementsOf(gateway.policySet, person.replies).assessments[Number(word)]
  if (group === 'assessments' && assessment !== undefined) {
    const about = named(labels.assessment(assessment))
    return part === 'on'
      ? {
          at: inputName(index, `on.${assessment}`),
          id: firstInputId(index, 'on', assessment, 'datum'),
          about,
          text: words.dayMissing,
        }
      : part === 'by' || part === undefined
        ? {
            at: inputName(index, `by.${assessment}`),
            id: inputName(index, `by.${assessment}`).replaceAll('.', '-'),
            about,
            text: words.byMissing,
          }
        : { about, text: detail }
  }
  return { text: detail }
}
