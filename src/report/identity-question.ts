import { z } from 'zod'
import type { Json } from '../encoding/json.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { formatJsonSchema, type JsonSchema, labelsOf, parseBody, titled } from './body-schema.ts'
import {
  createCircumstancesSchema,
  createDeclaredAssessmentSchema,
  type DeclaredAssessment,
  listAssessments,
} from './declarations.ts'
import { createWordSchema } from './field-value.ts'
import { listMemberNames } from './members.ts'

/** A recipient asks the sender of an exchange who a person is. Contains nothing that identifies a person. */
export interface IdentityQuestion {
  /** Position in the delivered content, from 0. */
  readonly dataSubject: number
  readonly purpose: string
  readonly legalBasis: string
  readonly circumstances: Readonly<Record<string, boolean>>
  readonly assessments: readonly DeclaredAssessment[]
  /** Names of the fields that the recipient wants to know, each once. */
  readonly fields: readonly string[]
}

export interface IdentityQuestionSchemas {
  /** @throws SluisError as `parseSubmission` */
  parseIdentityQuestion(json: Json): IdentityQuestion
  readonly identityQuestionJsonSchema: JsonSchema
}

const NUMBER = { nl: 'een geheel getal vanaf 0', en: 'a whole number from 0' }

/** Makes the schema of an identity question. Every identifying field can be asked for. */
export function createIdentityQuestionSchemas(words: {
  vocabulary: Vocabulary
  legalBases: readonly string[]
}): IdentityQuestionSchemas {
  const { vocabulary } = words
  const circumstances = createCircumstancesSchema(vocabulary)
  const assessment = createDeclaredAssessmentSchema(vocabulary)
  const identifying = [...vocabulary.fields.values()].filter(
    (field) => field.identifier !== undefined || field.class === 'identificerend' || field.class === 'bsn',
  )
  const question = z
    .strictObject({
      dataSubject: z
        .number()
        .refine((position) => Number.isSafeInteger(position) && position >= 0, {
          params: {
            detail: {
              nl: `ongeldige waarde; geef ${NUMBER.nl}`,
              en: `invalid value; give ${NUMBER.en}`,
            },
          },
        })
        .meta({
          ...titled({
            nl: 'Betrokkene: de plaats in de ontvangen inhoud, vanaf 0',
            en: 'Data subject: the position in the delivered content, from 0',
          }),
          type: 'integer',
          minimum: 0,
        }),
      purpose: createWordSchema(labelsOf(vocabulary.purposes), { nl: 'Doel', en: 'Purpose' }),
      legalBasis: z.enum(words.legalBases).meta(titled({ nl: 'Grondslag', en: 'Legal basis' })),
      circumstances,
      assessments: listAssessments(assessment),
      fields: z
        .array(
          createWordSchema(labelsOf(new Map(identifying.map((field) => [field.id, field]))), {
            nl: 'Gegeven',
            en: 'Field',
          }),
        )
        .min(1)
        .max(identifying.length)
        .refine((fields) => new Set(fields).size === fields.length, { params: { detail: FIELD_TWICE } })
        .meta({ ...titled({ nl: 'Wat u wilt weten', en: 'What you want to know' }), uniqueItems: true }),
    })
    .meta(titled({ nl: 'Vraag wie iemand is', en: 'Question who somebody is' })) satisfies z.ZodType<IdentityQuestion>

  const memberNames = listMemberNames(vocabulary)
  return {
    parseIdentityQuestion: (json) => parseBody(question, json, memberNames),
    identityQuestionJsonSchema: formatJsonSchema(question),
  }
}

const FIELD_TWICE = {
  nl: 'een gegeven staat er twee keer in; noem elk gegeven één keer',
  en: 'a field occurs twice; name each field once',
}
