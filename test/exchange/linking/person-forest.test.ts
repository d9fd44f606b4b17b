import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createForest, type Forest } from './forest.ts'

/** Who is whom, as sets of mentions under the id of the person. */
const partition = (forest: Forest) =>
  Object.fromEntries([...forest.persons()].map(([id, { mentions }]) => [id, mentions.map((mention) => mention.id)]))

/** The sets of mentions that joining matches hold together. */
function components(forest: Forest, mentions: readonly string[]): string[][] {
  const parent = new Map(mentions.map((mention) => [mention, mention]))
  const root = (mention: string): string => (parent.get(mention) === mention ? mention : root(parent.get(mention)!))
  for (const { joins, earlierMention, laterMention } of forest.matches) {
    if (!joins) continue
    const [one, other] = [root(earlierMention), root(laterMention)]
    expect(one, 'no joining match closes a circle').not.toBe(other)
    parent.set(one, other)
  }
  return [...Map.groupBy(mentions, root).values()]
}

describe('the answer of a recipient', () => {
  test('a confirmation makes two persons the older of both, and a rejection makes them two again', () => {
    const forest = createForest()
    const [older, younger] = [forest.mention(), forest.mention()]
    forest.mention(younger)
    const { id } = forest.match(older, younger, 'possible')
    const before = partition(forest)

    expect(forest.answer(id, 'confirmed')).toEqual({
      effect: 'merged',
      joins: true,
      others: [],
      moves: [
        { mentionId: 'm0001', from: younger, to: older },
        { mentionId: 'm0002', from: younger, to: older },
      ],
    })
    expect(partition(forest)).toEqual({ [older]: ['m0000', 'm0001', 'm0002'] })
    expect(forest.answer(id, 'rejected').effect).toBe('split')
    expect(partition(forest)).toEqual(before)
    expect(forest.answer(id, 'confirmed').effect).toBe('merged')
    expect(forest.answer(id, 'rejected').effect).toBe('split')
    expect(partition(forest)).toEqual(before)
  })

  test('a rejection of an automatic match takes along the mentions that came by way of the later one', () => {
    const forest = createForest()
    const first = forest.mention()
    const second = forest.mention(first)
    forest.mention(second)
    forest.mention(first)
    const [doubted] = forest.matches
    forest.answer(doubted!.id, 'rejected')
    expect(partition(forest)).toEqual({ m0000: ['m0000', 'm0003'], m0001: ['m0001', 'm0002'] })
  })

  test('an answer holds for every match between the same two persons', () => {
    const forest = createForest()
    const [one, other] = [forest.mention(), forest.mention()]
    const [oneMore, otherMore] = [forest.mention(one), forest.mention(other)]
    const [first, second] = [forest.match(one, other, 'possible'), forest.match(oneMore, otherMore, 'possible')]
    const statusOf = (id: string) => forest.matches.find((match) => match.id === id)!.status

    expect(forest.answer(first.id, 'rejected')).toMatchObject({
      effect: 'none',
      others: [{ matchId: second.id, joins: false }],
    })
    expect(statusOf(second.id)).toBe('rejected')
    forest.answer(second.id, 'confirmed')
    expect([statusOf(first.id), statusOf(second.id)]).toEqual(['confirmed', 'confirmed'])
    // What was joined last comes apart, though it was another match that did the joining.
    expect(forest.answer(first.id, 'rejected')).toMatchObject({
      effect: 'split',
      others: [{ matchId: second.id, joins: false }],
    })
    expect(partition(forest)).toEqual({ [one]: [one, oneMore], [other]: [other, otherMore] })
  })

  test('an answer that is true already moves nobody', () => {
    const forest = createForest()
    const one = forest.mention()
    const later = forest.mention(one)
    const [automatic] = forest.matches
    expect(forest.answer(automatic!.id, 'confirmed')).toEqual({ effect: 'none', joins: true, others: [], moves: [] })
    const possible = forest.match(one, later, 'possible')
    expect(forest.answer(possible.id, 'confirmed')).toEqual({ effect: 'none', joins: false, others: [], moves: [] })
  })

  test('a rejection still parts a person of whom the mention in between was erased', () => {
    const forest = createForest()
    const first = forest.mention()
    const between = forest.mention(first)
    const last = forest.mention(between)
    const { id } = forest.match(first, last, 'possible')
    forest.erase(between)
    expect(forest.answer(id, 'rejected').effect).toBe('split')
    expect(partition(forest)).toEqual({ [first]: [first], [last]: [last] })
  })

  test('a rejection leaves the id with the earlier side when the mention it came from was erased', () => {
    const forest = createForest()
    const founder = forest.mention()
    const [earlier] = [forest.mention(founder)]
    const later = forest.mention(earlier)
    forest.erase(founder)
    const joining = forest.matches.find((match) => match.laterMention === later)!
    forest.answer(joining.id, 'rejected')
    expect(partition(forest)).toEqual({ [founder]: [earlier], [later]: [later] })
  })
})

const place = fc.nat({ max: 1000 })
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('mention' as const), near: fc.option(place, { nil: undefined }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('match' as const),
      one: place,
      other: place,
      status: fc.constantFrom('possible' as const, 'automatic' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      match: place,
      answer: fc.constantFrom('confirmed' as const, 'rejected' as const),
    }),
  },
)

/** True when the recipient said of two persons that they are two. */
const isRejected = (forest: Forest, one: string, other: string) =>
  forest.matches.some(
    ({ status, persons }) =>
      status === 'rejected' && persons.includes(forest.personOf(one)) && persons.includes(forest.personOf(other)),
  )

describe('whatever comes, in whatever order', () => {
  test('persons are the trees of the forest, each named after its oldest mention, and every answer holds, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const forest = createForest()
        const mentions = [forest.mention()]
        for (const taken of steps) {
          if (taken.kind === 'mention') {
            mentions.push(forest.mention(taken.near === undefined ? undefined : mentions[taken.near % mentions.length]))
          } else if (taken.kind === 'match') {
            const [one, other] = [taken.one, taken.other].map((index) => mentions[index % mentions.length]!)
            // The pipeline joins no persons that the recipient told apart, and nobody with themselves.
            if (one === other || (taken.status === 'automatic' && isRejected(forest, one!, other!))) continue
            if (taken.status === 'automatic' && forest.personOf(one!) === forest.personOf(other!)) continue
            forest.match(one!, other!, taken.status)
          } else if (forest.matches.length > 0) {
            const { id, status } = forest.matches[taken.match % forest.matches.length]!
            if (status !== taken.answer) checkAnswer(forest, id, taken.answer)
          }
          checkPersons(forest, mentions)
        }
      }),
      { numRuns: 300 },
    )
  })
})

function checkAnswer(forest: Forest, id: string, answer: 'confirmed' | 'rejected'): void {
  const before = partition(forest)
  const { effect, moves } = forest.answer(id, answer)
  expect(moves.length > 0).toBe(effect !== 'none')
  expect(new Set(moves.map(({ from, to }) => `${from} ${to}`)).size).toBe(effect === 'none' ? 0 : 1)
  if (effect === 'none') return
  // Taken back, everybody is who they were; given again, everybody is who they became.
  const after = partition(forest)
  const opposite = answer === 'confirmed' ? 'rejected' : 'confirmed'
  forest.answer(id, opposite)
  expect(partition(forest)).toEqual(before)
  forest.answer(id, answer)
  expect(partition(forest)).toEqual(after)
}

function checkPersons(forest: Forest, mentions: readonly string[]): void {
  const trees = components(forest, mentions)
  expect(partition(forest)).toEqual(Object.fromEntries(trees.map((tree) => [tree.toSorted()[0], tree.toSorted()])))
  for (const { status, persons, joins } of forest.matches) {
    if (status === 'confirmed') expect(persons[0]).toBe(persons[1])
    if (status === 'rejected') expect(persons[0]).not.toBe(persons[1])
    if (joins) expect(['automatic', 'confirmed']).toContain(status)
  }
}
