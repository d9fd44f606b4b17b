import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideLinks,
  type LinkDecision,
  MAX_POSSIBLE_MATCHES,
  type PersonRelations,
  type WeighedMention,
} from '../../../src/exchange/linking/decide-links.ts'

type Pair = readonly [string, string]

/** What is known of persons `A`, `B`, `C` …; mentions are named after their person. */
interface Known {
  readonly contradictsNew?: readonly string[]
  readonly contradicting?: readonly Pair[]
  readonly rejected?: readonly Pair[]
  readonly asked?: readonly Pair[]
}

const has = (pairs: readonly Pair[] | undefined, one: string, other: string) =>
  pairs?.some((pair) => pair.includes(one) && pair.includes(other) && one !== other) ?? false

const relationsOf = ({ contradictsNew, contradicting, rejected, asked }: Known): PersonRelations => ({
  contradicts: ({ personId }) => contradictsNew?.includes(personId) ?? false,
  contradict: (one, other) => has(contradicting, one, other),
  isRejected: (one, other) => has(rejected, one, other),
  isAsked: (one, other) => has(asked, one, other),
})

const strong = (personId: string, score = 10, mentionId = personId.toLowerCase()): WeighedMention => ({
  mentionId,
  personId,
  verdict: 'automatic',
  score,
})
const weak = (personId: string, score = 3, mentionId = personId.toLowerCase()): WeighedMention => ({
  ...strong(personId, score, mentionId),
  verdict: 'possible',
})

/** Persons joined, then links as `mention:status`. */
const summarise = ({ joined, links }: LinkDecision) => [
  joined.join('+'),
  ...links.map((link) => `${link.mentionId} ${link.status}`),
]

describe('a new mention', () => {
  const rows: readonly [what: string, weighed: readonly WeighedMention[], known: Known, decided: readonly string[]][] =
    [
      ['of whom nothing is known is somebody new', [], {}, ['']],
      ['joins the person of strong evidence', [strong('A')], {}, ['A', 'a automatic']],
      [
        'joins by the strongest mention of a person',
        [strong('A', 10, 'a1'), strong('A', 12, 'a2')],
        {},
        ['A', 'a2 automatic'],
      ],
      ['only resembles on weak evidence', [weak('A'), weak('B', 5)], {}, ['', 'b possible', 'a possible']],
      ['joins one and resembles another', [strong('A'), weak('B', 20)], {}, ['A', 'a automatic', 'b possible']],
      ['makes one of two', [strong('A', 12), strong('B')], {}, ['A+B', 'a automatic', 'b automatic']],
      ['makes one of two equals', [strong('A'), strong('B')], {}, ['A+B', 'a automatic', 'b automatic']],
      [
        'joins the stronger of two that contradict each other',
        [strong('A', 12), strong('B')],
        { contradicting: [['A', 'B']] },
        ['A', 'a automatic', 'b possible'],
      ],
      [
        'joins the stronger of two that were told apart',
        [strong('A'), strong('B', 12)],
        { rejected: [['A', 'B']] },
        ['B', 'b automatic', 'a possible'],
      ],
      [
        'is somebody new between two equals that contradict each other',
        [strong('A'), strong('B')],
        { contradicting: [['A', 'B']] },
        ['', 'a possible', 'b possible'],
      ],
      [
        'is somebody new between two equals that were told apart',
        [strong('A'), strong('B'), weak('C')],
        { rejected: [['A', 'B']] },
        ['', 'a possible', 'b possible', 'c possible'],
      ],
      [
        'joins the equal that nothing speaks against, and asks nothing twice',
        [strong('A'), strong('B'), strong('N')],
        {
          contradicting: [['A', 'B']],
          asked: [
            ['A', 'N'],
            ['B', 'N'],
          ],
        },
        ['N', 'n automatic'],
      ],
      [
        'does not bring in by a third whom the recipient told apart',
        [strong('A', 12), strong('B'), strong('C')],
        { rejected: [['B', 'C']] },
        ['A', 'a automatic', 'b possible', 'c possible'],
      ],
      ['never joins a person that it contradicts', [strong('A')], { contradictsNew: ['A'] }, ['', 'a possible']],
      [
        'joins another one instead',
        [strong('A', 12), strong('B')],
        { contradictsNew: ['A'] },
        ['B', 'b automatic', 'a possible'],
      ],
      [
        'does not ask again on weak evidence what was rejected',
        [strong('A'), weak('B')],
        { rejected: [['A', 'B']] },
        ['A', 'a automatic'],
      ],
      [
        'does not ask again what is still open',
        [strong('A'), weak('B')],
        { asked: [['A', 'B']] },
        ['A', 'a automatic'],
      ],
      [
        'asks again on strong evidence what was rejected, but once',
        [strong('A', 12), strong('B')],
        { rejected: [['A', 'B']], asked: [['A', 'B']] },
        ['A', 'a automatic'],
      ],
    ]
  test.each(rows)('a new mention %s', (_what, weighed, known, decided) => {
    expect(summarise(decideLinks(weighed, relationsOf(known), true))).toEqual(decided)
  })

  test('a new mention that is not delivered yet merges no existing persons', () => {
    const decision = decideLinks([strong('A', 12), strong('B')], relationsOf({}), false)
    expect(summarise(decision)).toEqual(['A', 'a automatic', 'b possible'])
  })

  test('a new mention resembles a limited number of persons', () => {
    const many = Array.from({ length: MAX_POSSIBLE_MATCHES + 3 }, (_, index) => weak(`P${index}`, index))
    const { links } = decideLinks(many, relationsOf({}), true)
    expect(links.map(({ personId }) => personId)).toEqual(
      many
        .toReversed()
        .slice(0, MAX_POSSIBLE_MATCHES)
        .map(({ personId }) => personId),
    )
  })
})

const PERSONS = ['A', 'B', 'C', 'D', 'E']
const person = fc.constantFrom(...PERSONS)
const pairs = fc.array(fc.tuple(person, person), { maxLength: 4 })
const known = fc.record({
  contradictsNew: fc.array(person, { maxLength: 2 }),
  contradicting: pairs,
  rejected: pairs,
  asked: pairs,
})
/** Mentions of one score are told apart by nothing but their order, so every mention has a score of its own or is alone. */
const weighed = fc
  .uniqueArray(
    fc.record({
      personId: person,
      verdict: fc.constantFrom('automatic' as const, 'possible' as const),
      score: fc.nat({ max: 30 }),
    }),
    { maxLength: 8, selector: ({ score }) => score },
  )
  .map((mentions) => mentions.map((mention, index) => ({ ...mention, mentionId: `m${index}` })))

describe('whatever the evidence', () => {
  test('the order of the evidence makes no difference to linking', () => {
    fc.assert(
      fc.property(
        weighed.chain((mentions) =>
          fc.tuple(fc.constant(mentions), fc.shuffledSubarray(mentions, { minLength: mentions.length })),
        ),
        known,
        fc.boolean(),
        ([mentions, shuffled], known, mayMerge) => {
          const relations = relationsOf(known)
          expect(decideLinks(shuffled, relations, mayMerge)).toEqual(decideLinks(mentions, relations, mayMerge))
        },
      ),
    )
  })

  test('a new mention joins nobody who was rejected or contradicts, and each person is linked at most once', () => {
    fc.assert(
      fc.property(weighed, known, fc.boolean(), (mentions, known, mayMerge) => {
        const relations = relationsOf(known)
        const { joined, links } = decideLinks(mentions, relations, mayMerge)
        for (const one of joined) {
          expect(known.contradictsNew).not.toContain(one)
          expect(mentions.some(({ personId, verdict }) => personId === one && verdict === 'automatic')).toBe(true)
          for (const other of joined) {
            expect(relations.isRejected(one, other) || relations.contradict(one, other)).toBe(false)
          }
        }
        if (!mayMerge) expect(joined.length).toBeLessThanOrEqual(1)
        expect(new Set(links.map(({ personId }) => personId)).size).toBe(links.length)
        expect(links.filter(({ status }) => status === 'automatic').map(({ personId }) => personId)).toEqual(joined)
        // Strong evidence is never dropped in silence: it joins, or it asks, or the question is open.
        for (const { personId, verdict } of mentions) {
          const isAsked = joined.some((other) => relations.isAsked(personId, other))
          const isAnswered =
            known.contradictsNew.includes(personId) && joined.some((other) => relations.isRejected(personId, other))
          if (verdict === 'automatic' && !isAsked && !isAnswered)
            expect(links.map((link) => link.personId)).toContain(personId)
        }
      }),
    )
  })
})
