import { z } from 'zod'
import type { Question } from '../model/decision.ts'
import type { LocalisedText } from '../model/language.ts'
import { settleQuestion } from './facts/settle-question.ts'
import { mendUnknown, quote } from './files/fault.ts'
import { findWord, type NamedWords, nameFiles } from './find-word.ts'
import type { PolicySet } from './policy-set.ts'

const words = z.array(z.string()).readonly()

const question = z.strictObject({
  sender: z.string(),
  recipient: z.string(),
  purpose: z.string(),
  legalBasis: z.exactOptional(z.string()),
  at: z.iso.datetime({ offset: true }),
  dataSubjects: z
    .array(
      z.strictObject({
        role: z.string(),
        circumstances: z.record(z.string(), z.boolean()),
        assessments: words,
        fields: words,
      }),
    )
    .min(1),
}) satisfies z.ZodType<Question>

export type QuestionParse =
  | { readonly ok: true; readonly question: Question }
  | { readonly ok: false; readonly faults: readonly { readonly pointer: string; readonly detail: LocalisedText }[] }

/**
 * Parses a question for a decision. Only words of the set, or labels that mean one of them (`findWord`), are accepted, because a
 * decision about a misspelt word would look like an answer; and no words that contradict each other. The question comes back with
 * what follows from its words. Optional members are `legalBasis`, `at` (then it is `now`), `circumstances` and `assessments`.
 *
 * @param now instant, RFC 3339
 */
export function parseQuestion(set: PolicySet, value: unknown, now: string): QuestionParse {
  const result = question.safeParse(withDefaults(value, now))
  if (!result.success) {
    const faults = result.error.issues.map(({ path }) => ({
      pointer: formatPointer(path),
      detail: path.length === 0 ? SHAPE : MEMBER,
    }))
    return { ok: false, faults }
  }
  const asked = findWords(set, result.data)
  const unknown = unknownWords(set, asked)
  if (unknown.length > 0) return { ok: false, faults: unknown }
  const { question: complete, faults } = settleQuestion(set, asked)
  return faults.length > 0
    ? { ok: false, faults: faults.map(({ pointer = '', detail }) => ({ pointer, detail })) }
    : { ok: true, question: complete }
}

const MEMBER: LocalisedText = {
  nl: 'ontbreekt of heeft een andere vorm; geef het zoals `sluis policy decide` het vraagt: tekst, lijsten van tekst, omstandigheden als true of false',
  en: 'is missing or has another shape; give it as `sluis policy decide` asks: text, lists of text, circumstances as true or false',
}

const SHAPE: LocalisedText = {
  nl: 'is geen vraag of heeft een onbekend lid; schrijf `{"sender", "recipient", "purpose", "legalBasis"?, "at"?, "dataSubjects": [{"role", "circumstances": {woord: true|false}, "assessments": [], "fields": []}]}`',
  en: 'is no question or has an unknown member; write `{"sender", "recipient", "purpose", "legalBasis"?, "at"?, "dataSubjects": [{"role", "circumstances": {word: true|false}, "assessments": [], "fields": []}]}`',
}

function withDefaults(value: unknown, now: string): unknown {
  if (!isObject(value)) return value
  const { dataSubjects } = value
  const subjects = Array.isArray(dataSubjects)
    ? dataSubjects.map((subject: unknown) =>
        isObject(subject) ? { circumstances: {}, assessments: [], ...subject } : subject,
      )
    : dataSubjects
  return { at: now, ...value, dataSubjects: subjects }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The question with the word for each label; what means no word stays, for the fault about it. */
function findWords({ vocabulary, parties, files, rulesByFile }: PolicySet, asked: Question): Question {
  const find = (text: string, words: NamedWords) => findWord(text, words) ?? text
  const bases = nameFiles(files.filter(({ id }) => rulesByFile.has(id)))
  return {
    ...asked,
    sender: find(asked.sender, parties),
    recipient: find(asked.recipient, parties),
    purpose: find(asked.purpose, vocabulary.purposes),
    ...(asked.legalBasis !== undefined && { legalBasis: find(asked.legalBasis, bases) }),
    dataSubjects: asked.dataSubjects.map(({ role, circumstances, assessments, fields }) => ({
      role: find(role, vocabulary.roles),
      circumstances: findCircumstances(circumstances),
      assessments: assessments.map((text) => find(text, vocabulary.assessments)),
      fields: fields.map((text) => find(text, vocabulary.fields)),
    })),
  }

  function findCircumstances(told: Readonly<Record<string, boolean>>): Record<string, boolean> {
    const words = Object.keys(told).map((text) => find(text, vocabulary.circumstances))
    // A word and its label may have different answers: then neither may win, and the label is refused.
    const isOnce = (word: string) => words.indexOf(word) === words.lastIndexOf(word)
    return Object.fromEntries(
      Object.entries(told).map(([text, answer], index) => [isOnce(words[index]!) ? words[index]! : text, answer]),
    )
  }
}

type Fault = { readonly pointer: string; readonly detail: LocalisedText }

function unknownWords(set: PolicySet, asked: Question): readonly Fault[] {
  const { vocabulary, parties } = set
  const check = (pointer: string, word: string, known: ReadonlyMap<string, unknown>): readonly Fault[] => {
    if (known.has(word)) return []
    const mend = mendUnknown(word, known.keys(), { nl: 'de woordenlijst', en: 'the vocabulary' })
    return [
      {
        pointer,
        detail: {
          nl: `kent het woord ${quote(word)} niet; ${mend.nl}`,
          en: `does not know the word ${quote(word)}; ${mend.en}`,
        },
      },
    ]
  }
  return [
    ...check('/sender', asked.sender, parties),
    ...check('/recipient', asked.recipient, parties),
    ...check('/purpose', asked.purpose, vocabulary.purposes),
    ...(asked.legalBasis === undefined ? [] : check('/legalBasis', asked.legalBasis, set.rulesByFile)),
    ...asked.dataSubjects.flatMap((subject, index) => {
      const place = `/dataSubjects/${index}`
      return [
        ...check(`${place}/role`, subject.role, vocabulary.roles),
        ...Object.keys(subject.circumstances).flatMap((word) =>
          check(`${place}/circumstances`, word, vocabulary.circumstances),
        ),
        ...subject.assessments.flatMap((word) => check(`${place}/assessments`, word, vocabulary.assessments)),
        ...subject.fields.flatMap((word) => check(`${place}/fields`, word, vocabulary.fields)),
      ]
    }),
  ]
}

const formatPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
