import type { Fault } from '../../errors.ts'
import type { LocalisedText } from '../../model/language.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import { findDateConflicts, isYoungerThan, readDates } from './dates.ts'
import { close, type DerivedFact, type Fact } from './relations.ts'
import { settledByWord } from './words.ts'

/** What somebody states about one data subject. */
export interface StatedSubject {
  readonly circumstances: Readonly<Record<string, boolean>>
  /** Words, each with the day on which somebody declared it if that was sent. */
  readonly assessments: readonly { readonly word: string; readonly on?: string }[]
  /** Values by field. None in a question that names fields only. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Where the members of one data subject are in the body, as JSON Pointers (RFC 6901). */
export interface Places {
  circumstance(word: string): string
  /** @param index position in `assessments` */
  assessment(index: number): string
  field(id: string): string
}

/** The usual places: under the pointer of the data subject. */
export const placesUnder = (pointer: string): Places => ({
  circumstance: (word) => `${pointer}/circumstances/${word}`,
  assessment: (index) => `${pointer}/assessments/${index}`,
  field: (id) => `${pointer}/data/${id}`,
})

/** A circumstance that follows, with the place that it follows from. */
export interface SettledFact extends DerivedFact {
  /** Set when it follows from a value, and not from a stated word. */
  readonly field?: string
}

export interface SettledSubject {
  /** Everything that is known: what is stated, what the values say, and what follows from both. */
  readonly circumstances: Readonly<Record<string, boolean>>
  /** Circumstances that are known without being stated. */
  readonly follows: readonly SettledFact[]
  /** Two for each contradiction, one at either place; one for a date that cannot be. Empty when everything can be so. */
  readonly faults: readonly Fault[]
}

type PlacedFact = Fact & { readonly place: string; readonly field?: string }

/**
 * What is known of one data subject: what is stated, what the values settle, and what follows. A value that cannot be read settles
 * nothing, and an incomplete date settles what is so on every day that it can be. No fault and no fact contains a value.
 *
 * @param day legal date of the exchange, `YYYY-MM-DD`
 */
export function settleSubject(
  vocabulary: Pick<Vocabulary, 'circumstances' | 'assessments' | 'fields'>,
  stated: StatedSubject,
  day: string,
  places: Places,
): SettledSubject {
  const dates = readDates(vocabulary, stated.data)
  const conflicts = findDateConflicts(vocabulary, dates, stated.circumstances, day)
  const impossible = new Set(
    conflicts.flatMap((conflict) =>
      conflict.kind === 'future' || conflict.kind === 'too-long-ago' ? conflict.field : [],
    ),
  )
  const facts: readonly PlacedFact[] = [
    ...Object.entries(stated.circumstances).map(([word, isTrue]) => ({
      kind: 'circumstance' as const,
      word,
      isTrue,
      place: places.circumstance(word),
    })),
    ...stated.assessments.map(({ word }, index) => ({
      kind: 'assessment' as const,
      word,
      isTrue: true,
      place: places.assessment(index),
    })),
    ...[...vocabulary.circumstances.values()].flatMap(({ id, settledBy }): readonly PlacedFact[] => {
      if (settledBy === undefined) return []
      const { field } = settledBy
      const span = impossible.has(field) ? undefined : dates.get(field)
      const isTrue =
        'youngerThan' in settledBy
          ? span && isYoungerThan(span, settledBy.youngerThan, day)
          : settledByWord(settledBy, vocabulary.fields.get(field), stated.data[field])
      return isTrue === undefined ? [] : [{ kind: 'circumstance', word: id, isTrue, place: places.field(field), field }]
    }),
  ]
  const closed = close(vocabulary, facts)
  const pairs = new Map(
    [
      ...closed.contradictions.map(([one, other]) =>
        // The statement first, and then the value that it contradicts.
        one.field === undefined ? ([one.place, other.place] as const) : ([other.place, one.place] as const),
      ),
      ...conflicts.flatMap((conflict) =>
        conflict.kind === 'age'
          ? [[places.circumstance(conflict.circumstance), places.field(conflict.field)] as const]
          : [],
      ),
    ].map((pair) => [pair.toSorted().join(' '), pair]),
  )
  const isStated = (word: string) => Object.hasOwn(stated.circumstances, word)
  const settledByValue = facts.flatMap((fact): readonly SettledFact[] =>
    fact.field === undefined || isStated(fact.word)
      ? []
      : [{ circumstance: fact.word, isTrue: fact.isTrue, because: fact, field: fact.field }],
  )
  const derived = closed.derived.map((fact): SettledFact => {
    const { field } = fact.because
    return { ...fact, ...(field !== undefined && { field }) }
  })
  return {
    // What is stated comes last: where it contradicts, there are faults and nobody uses this.
    circumstances: { ...closed.circumstances, ...stated.circumstances },
    follows: [...settledByValue, ...derived],
    faults: [
      ...conflicts.flatMap((conflict) => {
        if (conflict.kind === 'age') return []
        if (conflict.kind !== 'order') return [{ ...UNLIKELY[conflict.kind], pointer: places.field(conflict.field) }]
        const [earlier, later] = [places.field(conflict.earlier), places.field(conflict.later)]
        return [disordered(later, earlier, 'before'), disordered(earlier, later, 'after')]
      }),
      ...stated.assessments.flatMap(({ on }, index) =>
        on !== undefined && on > day ? [{ ...ASSESSED_LATER, pointer: `${places.assessment(index)}/on` }] : [],
      ),
      ...[...pairs.values()].flatMap(([one, other]) => [contradicted(one, other), contradicted(other, one)]),
    ],
  }
}

const UNLIKELY = {
  future: {
    code: 'value-invalid',
    detail: {
      nl: 'deze datum ligt na vandaag; controleer jaar, maand en dag',
      en: 'this date is after today; check year, month and day',
    },
  },
  'too-long-ago': {
    code: 'value-invalid',
    detail: {
      nl: 'deze datum is langer geleden dan kan; controleer het jaar',
      en: 'this date is longer ago than is possible; check the year',
    },
  },
} as const satisfies Record<string, Pick<Fault, 'code' | 'detail'>>

const ASSESSED_LATER: Pick<Fault, 'code' | 'detail'> = {
  code: 'value-invalid',
  detail: {
    nl: 'deze dag ligt na vandaag; geef de dag waarop de beoordeling is gemaakt',
    en: 'this day is after today; give the day on which the assessment was made',
  },
}

const contradicted = (pointer: string, other: string): Fault => ({
  code: 'report-contradictory',
  pointer,
  detail: {
    nl: `dit kan niet samengaan met \`${other}\`; verbeter een van beide, of laat weg wat u niet zeker weet`,
    en: `this cannot be so together with \`${other}\`; correct one of the two, or leave out what you are not certain of`,
  },
})

const disordered = (pointer: string, other: string, side: 'before' | 'after'): Fault => {
  const order: LocalisedText = side === 'before' ? { nl: 'voor', en: 'before' } : { nl: 'na', en: 'after' }
  return {
    code: 'report-contradictory',
    pointer,
    detail: {
      nl: `deze datum ligt ${order.nl} die van \`${other}\`, en dat kan niet; verbeter een van beide`,
      en: `this date is ${order.en} that of \`${other}\`, which is not possible; correct one of the two`,
    },
  }
}
