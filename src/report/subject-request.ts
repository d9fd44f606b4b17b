import { z } from 'zod'
import { isDayOrInstant } from '../encoding/calendar-date.ts'
import type { Json } from '../encoding/json.ts'
import type { LocalisedText } from '../model/language.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import { createIdSchema, formatJsonSchema, type JsonSchema, parseBody, titled } from './body-schema.ts'
import type { FieldValue } from './field-form.ts'
import { createFieldSchema, createTextSchema } from './field-value.ts'
import { listMemberNames } from './members.ts'

/** A person's request to a party for access to what it shared (AVG 15, Wpg 25), or for erasure (AVG 17, Wpg 28). */
export interface SubjectRequest {
  readonly request: 'access' | 'erasure'
  /** Field id to value, to find the person by. At least one. Used for the search and not stored. */
  readonly identifiers: Readonly<Record<string, FieldValue>>
  /** From this moment on: a day in Amsterdam, or an instant. */
  readonly since?: string
  /** Up to, and not including, this moment. */
  readonly until?: string
  /** For erasure: only these exchanges. */
  readonly exchanges?: readonly string[]
}

export interface SubjectRequestSchemas {
  /** @throws SluisError as `parseSubmission` */
  parseSubjectRequest(json: Json): SubjectRequest
  readonly subjectRequestJsonSchema: JsonSchema
}

const MAX_EXCHANGES = 1000

/** Makes the schema of a request of a person; a new identifying field in the vocabulary needs no code. */
export function createSubjectRequestSchemas(vocabulary: Vocabulary): SubjectRequestSchemas {
  const identifying = [...vocabulary.fields.values()].filter((field) => field.identifier !== undefined)
  const identifiers = z
    .strictObject(
      Object.fromEntries(
        identifying.map((field) => [
          field.id,
          // Every use of the number needs a law that names it, and searching is a use (UAVG art. 46). A name and a date find the same person.
          (field.class === 'bsn' ? NO_BSN : createFieldSchema(field)).exactOptional(),
        ]),
      ),
    )
    .refine((values) => Object.keys(values).length > 0, {
      params: { detail: NO_IDENTIFIER },
      when: ({ issues }) => issues.length === 0,
    })
    .meta({ ...titled({ nl: 'Kenmerken van de betrokkene', en: 'Identifiers of the person' }), minProperties: 1 })
  const request = z
    .strictObject({
      request: z.enum(['access', 'erasure']).meta(titled({ nl: 'Inzage of wissing', en: 'Access or erasure' })),
      identifiers,
      since: createTextSchema(MOMENT_FORM, { nl: 'Vanaf', en: 'Since' }).exactOptional(),
      until: createTextSchema(MOMENT_FORM, { nl: 'Tot, niet tot en met', en: 'Until, exclusive' }).exactOptional(),
      exchanges: z
        .array(createIdSchema({ nl: 'Uitwisseling', en: 'Exchange' }))
        .min(1)
        .max(MAX_EXCHANGES)
        .meta(titled({ nl: 'Bij wissing: alleen deze uitwisselingen', en: 'For erasure: only these exchanges' }))
        .exactOptional(),
    })
    .refine(({ request, exchanges }) => request === 'erasure' || exchanges === undefined, {
      path: ['exchanges'],
      params: { detail: ONLY_FOR_ERASURE },
      when: ({ issues }) => issues.length === 0,
    })
    .meta(titled({ nl: 'Verzoek van een betrokkene', en: 'Request of a person' })) satisfies z.ZodType<SubjectRequest>

  const memberNames = listMemberNames(vocabulary)
  return {
    parseSubjectRequest: (json) => parseBody(request, json, memberNames),
    subjectRequestJsonSchema: formatJsonSchema(request),
  }
}

const MOMENT_FORM = {
  maxLength: 40,
  isValid: isDayOrInstant,
  form: {
    nl: 'een datum als JJJJ-MM-DD of een tijdstip volgens RFC 3339',
    en: 'a date as YYYY-MM-DD or an instant as in RFC 3339',
  },
}

const BSN_DETAIL: LocalisedText = {
  nl: 'met het burgerservicenummer kan hier niet worden gezocht; zoek met naam en geboortedatum of met een ander nummer',
  en: 'the citizen service number cannot be searched here; search by name and date of birth, or by another number',
}
const NO_BSN: z.ZodType<FieldValue> = z
  .string()
  .refine(() => false, { params: { detail: BSN_DETAIL } })
  .meta({ not: {}, description: `${BSN_DETAIL.nl} / ${BSN_DETAIL.en}` })

const NO_IDENTIFIER: LocalisedText = {
  nl: 'geen kenmerk opgegeven; geef ten minste één kenmerk van de betrokkene',
  en: 'no identifier given; give at least one identifier of the person',
}
const ONLY_FOR_ERASURE: LocalisedText = {
  nl: 'alleen bij wissing; laat het weg om alles te zien',
  en: 'only for erasure; leave it out to see everything',
}
