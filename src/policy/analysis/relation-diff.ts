import type { Language } from '../../model/language.ts'
import type { Circumstance, DateLimits, ValueCondition, Vocabulary } from '../../model/vocabulary.ts'
import { type Labels, labelsOf } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'

/** Something that holds between two words, or between a field and a word or date, in one of two sets only. */
export type RelationChange = { readonly change: 'added' | 'removed' } & Relation

export type Relation =
  | { readonly kind: 'excludes'; readonly words: readonly [string, string] }
  | { readonly kind: 'implies'; readonly word: string; readonly implied: string }
  | { readonly kind: 'settles'; readonly condition: ValueCondition; readonly word: string }
  | { readonly kind: 'limits'; readonly field: string; readonly limits: DateLimits }

/** Lists the relations of the vocabulary that two sets do not share. They decide what a report may state and what follows from it. */
export function diffRelations(old: PolicySet, next: PolicySet): readonly RelationChange[] {
  const [before, after] = [old, next].map(
    ({ vocabulary }) => new Map(listRelations(vocabulary).map((relation) => [JSON.stringify(relation), relation])),
  )
  const only = (these: ReadonlyMap<string, Relation>, those: ReadonlyMap<string, Relation>) =>
    [...these].filter(([key]) => !those.has(key)).map(([, relation]) => relation)
  return [
    ...only(after!, before!).map((relation) => ({ change: 'added' as const, ...relation })),
    ...only(before!, after!).map((relation) => ({ change: 'removed' as const, ...relation })),
  ]
}

function listRelations({ circumstances, assessments, fields }: Vocabulary): readonly Relation[] {
  const words: readonly Circumstance[] = [...circumstances.values(), ...assessments.values()]
  return [
    ...words.flatMap(({ id, excludes = [] }) =>
      // Each of the two lists the other.
      excludes.filter((other) => id < other).map((other): Relation => ({ kind: 'excludes', words: [id, other] })),
    ),
    ...words.flatMap(({ id, impliedBy = [] }) =>
      impliedBy.map((word): Relation => ({ kind: 'implies', word, implied: id })),
    ),
    ...words.flatMap(({ id, settledBy }): readonly Relation[] =>
      settledBy === undefined ? [] : [{ kind: 'settles', condition: settledBy, word: id }],
    ),
    ...[...fields.values()].flatMap(({ id, limits }): readonly Relation[] =>
      limits === undefined ? [] : [{ kind: 'limits', field: id, limits }],
    ),
  ]
}

/** Describes each change in one line. */
export function describeRelations(
  changes: readonly RelationChange[],
  sets: { readonly old: PolicySet; readonly next: PolicySet },
  language: Language,
): readonly string[] {
  const labels = labelsOf(language, sets.next, sets.old)
  const isWord = (word: string) => [sets.next, sets.old].some(({ vocabulary }) => vocabulary.circumstances.has(word))
  const label = (word: string) => (isWord(word) ? labels.circumstance(word) : labels.assessment(word))
  return changes.map((change) => `${WORDS[language][change.change]}: ${describe(change, label, labels, language)}`)
}

function describe(relation: Relation, label: (word: string) => string, labels: Labels, language: Language): string {
  const words = WORDS[language]
  switch (relation.kind) {
    case 'excludes':
      return words.excludes(label(relation.words[0]), label(relation.words[1]))
    case 'implies':
      return words.implies(label(relation.word), label(relation.implied))
    case 'settles': {
      const { condition, word } = relation
      const field = labels.field(condition.field)
      if ('youngerThan' in condition) return words.age(label(word), field, condition.youngerThan)
      return words.value(label(word), field, labels.list(condition.trueAt), labels.list(condition.falseAt))
    }
    case 'limits': {
      const { isPast, maxYearsAgo, notBefore = [] } = relation.limits
      const limits = [
        ...(isPast ? [words.past] : []),
        ...(maxYearsAgo === undefined ? [] : [words.yearsAgo(maxYearsAgo)]),
        ...(notBefore.length === 0 ? [] : [words.notBefore(labels.list(notBefore.map(labels.field)))]),
      ]
      return `‘${labels.field(relation.field)}’: ${limits.join('; ')}`
    }
  }
}

const WORDS = {
  nl: {
    added: 'Nieuw verband',
    removed: 'Vervallen verband',
    excludes: (one: string, other: string) => `‘${one}’ en ‘${other}’ gaan niet samen`,
    implies: (word: string, implied: string) => `uit ‘${word}’ volgt ‘${implied}’`,
    age: (word: string, field: string, years: number) => `‘${word}’ volgt uit ‘${field}’: jonger dan ${years} jaar`,
    value: (word: string, field: string, yes: string, no: string) =>
      `‘${word}’ volgt uit ‘${field}’: ${[yes && `waar bij ${yes}`, no && `onwaar bij ${no}`].filter(Boolean).join(', ')}`,
    past: 'niet na de dag van de uitwisseling',
    yearsAgo: (years: number) => `hoogstens ${years} jaar geleden`,
    notBefore: (fields: string) => `niet voor ${fields}`,
  },
  en: {
    added: 'New relation',
    removed: 'Relation gone',
    excludes: (one: string, other: string) => `‘${one}’ and ‘${other}’ cannot both be so`,
    implies: (word: string, implied: string) => `from ‘${word}’ follows ‘${implied}’`,
    age: (word: string, field: string, years: number) => `‘${word}’ follows from ‘${field}’: under ${years} years`,
    value: (word: string, field: string, yes: string, no: string) =>
      `‘${word}’ follows from ‘${field}’: ${[yes && `true at ${yes}`, no && `false at ${no}`].filter(Boolean).join(', ')}`,
    past: 'not after the day of the exchange',
    yearsAgo: (years: number) => `at most ${years} years ago`,
    notBefore: (fields: string) => `not before ${fields}`,
  },
} as const
