import { z } from 'zod'
import type { Json } from '../encoding/json.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import {
  createIdSchema,
  formatJsonSchema,
  type JsonSchema,
  labelsOf,
  mapWords,
  parseBody,
  titled,
} from './body-schema.ts'
import {
  createAssessmentWordSchema,
  createCircumstancesSchema,
  createDeclaredAssessmentSchema,
  type DeclaredAssessment,
  listAssessments,
} from './declarations.ts'
import { type FieldValue, line } from './field-form.ts'
import { createFieldSchema, createTextSchema, createWordSchema, formatTitle } from './field-value.ts'
import { createIdentityQuestionSchemas, type IdentityQuestionSchemas } from './identity-question.ts'
import { listMemberNames } from './members.ts'
import { createSubjectRequestSchemas, type SubjectRequestSchemas } from './subject-request.ts'

export type { DeclaredAssessment } from './declarations.ts'
export type { Address, FieldValue } from './field-form.ts'

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
  /** Id of the exchange that this one answers: one that the recipient sent to this sender. */
  readonly inReplyTo?: string
  readonly dataSubjects: readonly SubmittedSubject[]
}

/** The question "may I share this?". Field names are enough: it contains nothing that identifies a person. */
export interface CheckRequest {
  readonly recipient: string
  readonly purpose: string
  readonly legalBasis?: string
  readonly kind?: string
  readonly reference?: string
  readonly inReplyTo?: string
  /** Circumstances and assessments that the sender cannot find out: no question or plan of the answer uses them. */
  readonly setAside?: readonly string[]
  readonly dataSubjects: readonly {
    readonly role: string
    readonly circumstances: Readonly<Record<string, boolean>>
    readonly assessments: readonly (string | DeclaredAssessment)[]
    /** Names of the fields to share. */
    readonly fields?: readonly string[]
    readonly data?: Readonly<Record<string, FieldValue>>
  }[]
}

export interface ReportSchemas extends IdentityQuestionSchemas, SubjectRequestSchemas {
  /** @throws SluisError with every fault (a hundred at most): `member-missing`, `member-unknown`, `word-unknown`, `value-invalid` */
  parseSubmission(json: Json): Submission
  /** Every submission is a check request too. @throws SluisError as `parseSubmission` */
  parseCheck(json: Json): CheckRequest
  /** JSON Schema 2020-12 without `$schema` and `$ref`, so that it can be used in OpenAPI 3.1 as it is. */
  readonly submissionJsonSchema: JsonSchema
  readonly checkJsonSchema: JsonSchema
  /** Every member name a body can have, for the pointers of `parseJson`. */
  readonly memberNames: ReadonlySet<string>
}

/** No rule leaves room for more persons in a record, however little is reported of them (`test/exchange/record-size.test.ts`). */
const MAX_DATA_SUBJECTS = 12

/** Makes the schemas of a report from the words in force. A new field in the vocabulary needs no code. */
export function createReportSchemas(words: {
  vocabulary: Vocabulary
  parties: readonly string[]
  legalBases: readonly string[]
}): ReportSchemas {
  const { vocabulary } = words
  const assessmentWord = createAssessmentWordSchema(vocabulary)
  const declaredAssessment = createDeclaredAssessmentSchema(vocabulary)
  const circumstances = createCircumstancesSchema(vocabulary)
  const data = z
    .strictObject(mapWords(vocabulary.fields, (field) => createFieldSchema(field).exactOptional()))
    // An object with an unknown member is not empty: that member is the fault.
    .refine((values) => Object.keys(values).length > 0, {
      params: { detail: NO_DATA },
      when: ({ issues }) => issues.length === 0,
    })
    .meta({ ...titled({ nl: 'Gegevens', en: 'Data' }), minProperties: 1 })
  const role = createWordSchema(labelsOf(vocabulary.roles), {
    nl: 'Rol van de betrokkene',
    en: 'Role of the data subject',
  })

  const subject = z.strictObject({
    role,
    circumstances,
    assessments: listAssessments(declaredAssessment),
    data,
  })
  const checkedSubject = z
    .strictObject({
      role,
      circumstances,
      assessments: listAssessments(z.union([assessmentWord, declaredAssessment])),
      fields: z
        .array(z.enum([...vocabulary.fields.keys()]))
        .min(1)
        .max(vocabulary.fields.size)
        .refine((fields) => new Set(fields).size === fields.length, { params: { detail: FIELD_TWICE } })
        .meta({ ...titled({ nl: 'Namen van de gegevens', en: 'Names of the fields' }), uniqueItems: true })
        .exactOptional(),
      data: data.exactOptional(),
    })
    .refine(({ fields, data }) => fields !== undefined || data !== undefined, {
      params: { detail: NO_FIELDS },
      when: ({ issues }) => issues.length === 0,
    })
    .meta({ anyOf: [{ required: ['fields'] }, { required: ['data'] }] })

  const recipient = z.enum(words.parties).meta(titled({ nl: 'Ontvanger', en: 'Recipient' }))
  const purpose = createWordSchema(labelsOf(vocabulary.purposes), { nl: 'Doel', en: 'Purpose' })
  const legalBasis = z.enum(words.legalBases).meta(titled({ nl: 'Grondslag', en: 'Legal basis' }))
  const kind = createWordSchema(labelsOf(vocabulary.kinds), { nl: 'Soort bericht', en: 'Kind of report' })
  const reference = createTextSchema(line(100), { nl: 'Eigen kenmerk', en: 'Own reference' }).exactOptional()
  const inReplyTo = createIdSchema({
    nl: 'De uitwisseling waarop dit een antwoord is',
    en: 'The exchange that this one answers',
  }).exactOptional()

  const statementWords = [...vocabulary.circumstances.keys(), ...vocabulary.assessments.keys()]
  const setAside = z
    .array(z.enum(statementWords))
    .max(statementWords.length)
    .meta(
      titled({
        nl: 'Wat u niet kunt nagaan; geen vraag of plan in het antwoord gebruikt het',
        en: 'What you cannot find out; no question or plan in the answer uses it',
      }),
    )
    .exactOptional()

  const submission = z
    .strictObject({ recipient, purpose, legalBasis, kind, reference, inReplyTo, dataSubjects: listOf(subject) })
    .meta(titled({ nl: 'Melding', en: 'Report' })) satisfies z.ZodType<Submission>
  const check = z
    .strictObject({
      recipient,
      purpose,
      legalBasis: legalBasis.exactOptional(),
      kind: kind.exactOptional(),
      reference,
      inReplyTo,
      setAside,
      dataSubjects: listOf(checkedSubject),
    })
    .meta(
      titled({ nl: 'Vraag of delen mag', en: 'Question whether sharing is allowed' }),
    ) satisfies z.ZodType<CheckRequest>

  const memberNames = listMemberNames(vocabulary)

  return {
    parseSubmission: (json) => parseBody(submission, json, memberNames),
    parseCheck: (json) => parseBody(check, json, memberNames),
    submissionJsonSchema: formatJsonSchema(submission),
    checkJsonSchema: formatJsonSchema(check),
    memberNames,
    ...createIdentityQuestionSchemas(words),
    ...createSubjectRequestSchemas(vocabulary),
  }
}

const NO_DATA: LocalisedText = {
  nl: 'over deze persoon staat er geen enkel gegeven in; vul ten minste één gegeven in of laat de persoon weg',
  en: 'there is no data about this person; fill in at least one field, or leave the person out',
}
const NO_FIELDS: LocalisedText = {
  nl: 'over deze persoon staat er geen gegeven in; noem in `fields` de namen van de gegevens die u wilt delen',
  en: 'there is no field of this person; name in `fields` the fields that you want to share',
}
/** What fits in a record of the log (`MAX_RECORD_BYTES`); `test/exchange/record-size.test.ts` holds the rule files to it. */
const ROOM: LocalisedText = {
  nl: `Ten hoogste ${MAX_DATA_SUBJECTS}, en samen niet meer woorden dan in één regel van het logboek passen (4096 bytes). Er is altijd plaats voor één persoon met elk gegeven en alles waar een regel om vraagt, voor drie personen met elk gegeven dat de regel kent, en voor vijf met één gegeven. Wat niet past is \`record-too-large\`; verdeel het over meer uitwisselingen.`,
  en: `At most ${MAX_DATA_SUBJECTS}, and together no more words than fit in one record of the log (4096 bytes). There is always room for one person with every field and everything that a rule asks for, for three persons with every field that the rule knows, and for five with one field. What does not fit is \`record-too-large\`; divide it over more exchanges.`,
}
const FIELD_TWICE: LocalisedText = {
  nl: 'een gegeven staat er twee keer in; noem elk gegeven één keer',
  en: 'a field occurs twice; name each field once',
}

const listOf = <S extends z.ZodType>(subject: S) =>
  z
    .array(subject)
    .min(1)
    .max(MAX_DATA_SUBJECTS)
    .meta({ ...titled({ nl: 'Betrokkenen', en: 'Data subjects' }), description: formatTitle(ROOM) })
