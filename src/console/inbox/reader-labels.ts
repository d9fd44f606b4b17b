import type { Language, LocalisedText } from '../../model/language.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import type { ReaderLabels } from '../browser/reading/labels.ts'

type Labelled = ReadonlyMap<string, { readonly label: LocalisedText }>

/** The labels of a rule set that a reader of deliveries shows. */
export function formReaderLabels({ parties, vocabulary, files }: PolicySet, language: Language): ReaderLabels {
  const texts = (words: Labelled) => Object.fromEntries([...words].map(([id, { label }]) => [id, label[language]]))
  return {
    parties: texts(parties),
    kinds: texts(vocabulary.kinds),
    purposes: texts(vocabulary.purposes),
    roles: texts(vocabulary.roles),
    assessments: texts(vocabulary.assessments),
    duties: texts(vocabulary.duties),
    files: Object.fromEntries(files.map(({ id, title }) => [id, title])),
    fields: Object.fromEntries(
      [...vocabulary.fields].map(([id, { label, type, values }]) => [
        id,
        {
          label: label[language],
          type,
          ...(values && { values: Object.fromEntries([...values].map(([value, text]) => [value, text[language]])) }),
        },
      ]),
    ),
  }
}
