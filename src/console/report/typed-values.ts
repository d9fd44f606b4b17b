import type { Field, FieldType } from '../../model/vocabulary.ts'
import type { FieldValue } from '../../report/field-form.ts'
import { type DraftPerson, inputId, inputName } from './draft.ts'
import { partsOf, readTyped } from './read-typed.ts'

/** What was typed of a field of one person. */
export const typedValue = ({ typed }: DraftPerson, { id, type }: Pick<Field, 'id' | 'type'>): FieldValue | undefined =>
  readTyped(type, (part) => typed.get(partName('data', id, part)))

/** The day on which an assessment was declared, as it was typed; undefined when nothing was. */
export const typedDay = ({ typed }: DraftPerson, assessment: string): string | undefined =>
  readTyped('datum', (part) => typed.get(partName('on', assessment, part))) as string | undefined

/** Name of one input without its person: `data.geboortedatum.day`. */
export const partName = (head: 'data' | 'on', word: string, part: string): string =>
  part === '' ? `${head}.${word}` : `${head}.${word}.${part}`

/** The id of the first input of a field: where a link to the field leads. */
export const firstInputId = (index: number, head: 'data' | 'on', word: string, type: FieldType): string =>
  inputId(inputName(index, partName(head, word, partsOf(type)[0]!)))
