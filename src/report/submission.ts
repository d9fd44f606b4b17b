import { z } from 'zod'
import { SluisError } from '../errors.ts'
import type { Json, LocalisedText, Vocabulary, Word } from '../types.ts'
import { isCalendarDate } from './calendar-date.ts'
import { formFaults } from './faults.ts'
import {
  ADDRESS_MEMBERS,
  createFieldSchema,
  createTextSchema,
  createWordSchema,
  type FieldValue,
  formatTitle,
  line,
} from './field-value.ts'
import { ENVELOPE_MEMBERS } from './members.ts'

export type { Address, FieldValue } from './field-value.ts'

/** A person's own weighing of an open norm. The machine asks for it and never makes it. */
export interface DeclaredAssessment {
  readonly word: string
  /** Who weighed. Travels to the recipient, never into the log. */
  readonly by: string
  /** Date, `YYYY-MM-DD`. */
  readonly on: string
}

export interface SubmittedSubject {
  readonly role: string
  /** Known facts; what is absent is unknown. */
  readonly circumstances: Readonly<Record<string, boolean>>
  readonly assessments: readonly DeclaredAssessment[]
  /** Field id to value. */
  readonly data: Readonly<Record<string, FieldValue>>
}

/** A report that a partner organisation wants to share. */
export interface Submission {
  readonly recipient: string
  readonly purpose: string
  readonly legalBasis: string
  readonly kind: string
  /** The sender's own name for the report. */
  readonly reference?: string
  readonly dataSubjects: readonly SubmittedSubject[]
}

/** The question "may I share this?". Names of fields are enough: it needs nothing that identifies a person. */
export interface CheckRequest {
  readonly recipient: string
  readonly purpose: string
  readonly legalBasis?: string
  readonly kind?: string
  readonly reference?: string
  readonly dataSubjects: readonly {
    readonly role: string
    readonly circumstances: Readonly<Record<string, boolean>>
    readonly assessments: readonly (string | DeclaredAssessment)[]
    /** Names of the fields one would share. */
    readonly fields?: readonly string[]
    readonly data?: Readonly<Record<string, FieldValue>>
  }[]
}

export type JsonSchema = Readonly<Record<string, Json>>

export interface ReportSchemas {
  /** @throws SluisError with every fault (a hundred at most): `member-missing`, `member-unknown`, `word-unknown`, `value-invalid` */
  parseSubmission(json: Json): Submission
  /** Every submission is a check request too. @throws SluisError as `parseSubmission` */
  parseCheck(json: Json): CheckRequest
  /** JSON Schema 2020-12 without `$schema` and `$ref`, so that it also stands in OpenAPI 3.1 as it is. */
  readonly submissionJsonSchema: JsonSchema
  readonly checkJsonSchema: JsonSchema
  /** Every member name a body can have, for the pointers of `parseJson`. */
  readonly memberNames: ReadonlySet<string>
}

const MAX_DATA_SUBJECTS = 16
const MAX_ASSESSMENTS = 32

/** Makes the schemas of a report from the words in force. A new field in the vocabulary needs no code. */
export function createReportSchemas(words: {
  vocabulary: Vocabulary
  parties: readonly string[]
  legalBases: readonly string[]
}): ReportSchemas {
  const { vocabulary } = words
  const assessmentWord = createWordSchema(labelsOf(vocabulary.assessments), { nl: 'Beoordeling', en: 'Assessment' })

  const declaredAssessment = z.strictObject({
    word: assessmentWord,
    by: createTextSchema(line(200), { nl: 'Beoordeeld door', en: 'Assessed by' }),
    on: createTextSchema(DATE_FORM, { nl: 'Beoordeeld op', en: 'Assessed on' }),
  })
  const circumstances = z
    .strictObject(
      mapWords(vocabulary.circumstances, ({ label }) =>
        z
          .boolean()
          .meta({ title: formatTitle(label) })
          .exactOptional(),
      ),
    )
    .default(() => ({}))
    .meta(titled({ nl: 'Omstandigheden; wat onbekend is blijft weg', en: 'Circumstances; leave out what is unknown' }))
  const data = z
    .strictObject(mapWords(vocabulary.fields, (field) => createFieldSchema(field).exactOptional()))
    .meta(titled({ nl: 'Gegevens', en: 'Data' }))
  const role = createWordSchema(labelsOf(vocabulary.roles), {
    nl: 'Rol van de betrokkene',
    en: 'Role of the data subject',
  })

  const subject = z.strictObject({
    role,
    circumstances,
    assessments: z
      .array(declaredAssessment)
      .max(MAX_ASSESSMENTS)
      .default(() => []),
    data,
  })
  const checkedSubject = z.strictObject({
    role,
    circumstances,
    assessments: z
      .array(z.union([assessmentWord, declaredAssessment]))
      .max(MAX_ASSESSMENTS)
      .default(() => []),
    fields: z
      .array(z.enum([...vocabulary.fields.keys()]))
      .max(vocabulary.fields.size)
      .refine((fields) => new Set(fields).size === fields.length, { params: { detail: FIELD_TWICE } })
      .meta({ ...titled({ nl: 'Namen van de gegevens', en: 'Names of the fields' }), uniqueItems: true })
      .exactOptional(),
    data: data.exactOptional(),
  })

  const recipient = z.enum(words.parties).meta(titled({ nl: 'Ontvanger', en: 'Recipient' }))
  const purpose = createWordSchema(labelsOf(vocabulary.purposes), { nl: 'Doel', en: 'Purpose' })
  const legalBasis = z.enum(words.legalBases).meta(titled({ nl: 'Grondslag', en: 'Legal basis' }))
  const kind = createWordSchema(labelsOf(vocabulary.kinds), { nl: 'Soort bericht', en: 'Kind of report' })
  const reference = createTextSchema(line(100), { nl: 'Eigen kenmerk', en: 'Own reference' }).exactOptional()

  const submission = z
    .strictObject({ recipient, purpose, legalBasis, kind, reference, dataSubjects: listOf(subject) })
    .meta(titled({ nl: 'Melding', en: 'Report' })) satisfies z.ZodType<Submission>
  const check = z
    .strictObject({
      recipient,
      purpose,
      legalBasis: legalBasis.exactOptional(),
      kind: kind.exactOptional(),
      reference,
      dataSubjects: listOf(checkedSubject),
    })
    .meta(
      titled({ nl: 'Vraag of delen mag', en: 'Question whether sharing is allowed' }),
    ) satisfies z.ZodType<CheckRequest>

  const memberNames = new Set([...ENVELOPE_MEMBERS, ...vocabulary.circumstances.keys(), ...vocabulary.fields.keys()])

  /** The member names an object may have, for "did you mean". */
  function membersAt(path: readonly PropertyKey[], subjectMembers: readonly string[]): readonly string[] {
    const [last, parent] = [path.at(-1), path.at(-2)]
    if (last === undefined) return Object.keys(submission.shape)
    if (parent === 'dataSubjects') return subjectMembers
    if (parent === 'assessments') return Object.keys(declaredAssessment.shape)
    if (last === 'circumstances') return [...vocabulary.circumstances.keys()]
    return last === 'data' ? [...vocabulary.fields.keys()] : ADDRESS_MEMBERS
  }

  function parse<T>(schema: z.ZodType<T>, subjectMembers: readonly string[], json: Json): T {
    const result = schema.safeParse(json)
    if (result.success) return result.data
    const names = { memberNames, membersAt: (path: readonly PropertyKey[]) => membersAt(path, subjectMembers) }
    const [first, ...others] = formFaults(result.error.issues, json, names)
    if (first === undefined) throw new RangeError('a schema that refuses a body gives a reason')
    throw new SluisError([first, ...others])
  }

  return {
    parseSubmission: (json) => parse(submission, Object.keys(subject.shape), json),
    parseCheck: (json) => parse(check, Object.keys(checkedSubject.shape), json),
    submissionJsonSchema: formatJsonSchema(submission),
    checkJsonSchema: formatJsonSchema(check),
    memberNames,
  }
}

const DATE_FORM = {
  maxLength: 10,
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  isValid: isCalendarDate,
  form: { nl: 'een bestaande datum als JJJJ-MM-DD', en: 'an existing date as YYYY-MM-DD' },
}

const FIELD_TWICE: LocalisedText = {
  nl: 'een gegeven staat er twee keer in; noem elk gegeven één keer',
  en: 'a field occurs twice; name each field once',
}

const titled = (label: LocalisedText) => ({ title: formatTitle(label) })

const labelsOf = (words: ReadonlyMap<string, Word>) => new Map([...words].map(([id, { label }]) => [id, label]))

function mapWords<W, S>(words: ReadonlyMap<string, W>, make: (word: W) => S): Record<string, S> {
  return Object.fromEntries([...words].map(([id, word]) => [id, make(word)]))
}

const listOf = <S extends z.ZodType>(subject: S) =>
  z
    .array(subject)
    .min(1)
    .max(MAX_DATA_SUBJECTS)
    .meta(titled({ nl: 'Betrokkenen', en: 'Data subjects' }))

function formatJsonSchema(schema: z.ZodType): JsonSchema {
  // By way of text: what is left is JSON, without the members that only zod knows.
  const { $schema: _, ...jsonSchema } = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })))
  return jsonSchema
}
