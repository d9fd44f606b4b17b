import { z } from 'zod'
import { isModernDate } from '../encoding/calendar-date.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { labelsOf, mapWords, titled } from './body-schema.ts'
import { line } from './field-form.ts'
import { createTextSchema, createWordSchema, formatTitle } from './field-value.ts'

/** A person's own assessment of an open norm. The gateway asks for it and never makes it. */
export interface DeclaredAssessment {
  readonly word: string
  /** The person who assessed. Sent to the recipient, never written to the log. */
  readonly by: string
  /** Date, `YYYY-MM-DD`. */
  readonly on: string
}

/** Most assessments of one data subject: more than the vocabulary has, because two people can make the same. */
export const MAX_ASSESSMENTS = 32

const DATE_FORM = {
  maxLength: 10,
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  isValid: isModernDate,
  form: { nl: 'een bestaande datum als JJJJ-MM-DD', en: 'an existing date as YYYY-MM-DD' },
}

/** Schema of one word of the vocabulary's assessments. */
export const createAssessmentWordSchema = ({ assessments }: Vocabulary) =>
  createWordSchema(labelsOf(assessments), { nl: 'Beoordeling', en: 'Assessment' })

/** Schema of an assessment that a person declared. */
export const createDeclaredAssessmentSchema = (vocabulary: Vocabulary) =>
  z.strictObject({
    word: createAssessmentWordSchema(vocabulary),
    by: createTextSchema(line(200), { nl: 'Beoordeeld door', en: 'Assessed by' }),
    on: createTextSchema(DATE_FORM, { nl: 'Beoordeeld op', en: 'Assessed on' }),
  }) satisfies z.ZodType<DeclaredAssessment>

/** Schema of a list of assessments, empty when absent. */
export const listAssessments = <S extends z.ZodType>(assessment: S) =>
  z
    .array(assessment)
    .max(MAX_ASSESSMENTS)
    .default(() => [])

/** Schema of the known facts about one person, none when absent. */
export const createCircumstancesSchema = ({ circumstances }: Vocabulary) =>
  z
    .strictObject(
      mapWords(circumstances, ({ label }) =>
        z
          .boolean()
          .meta({ title: formatTitle(label) })
          .exactOptional(),
      ),
    )
    .default(() => ({}))
    .meta(titled({ nl: 'Omstandigheden; wat onbekend is blijft weg', en: 'Circumstances; leave out what is unknown' }))
