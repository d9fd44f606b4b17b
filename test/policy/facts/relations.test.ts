import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import type { Circumstance, Word } from '../../../src/model/vocabulary.ts'
import { closeFacts, isConsistent, type StatedFacts } from '../../../src/policy/facts/relations.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'

const label = { nl: 'x', en: 'x' }
const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the shipped rule files have faults')
const shipped = loaded.set.vocabulary

describe('the closure of what is stated', () => {
  test.each<[stated: Record<string, boolean>, follows: Record<string, boolean>]>([
    [{ 'jonger-dan-12': true }, { 'jonger-dan-16': true, 'jonger-dan-18': true }],
    [{ 'jonger-dan-16': true }, { 'jonger-dan-18': true }],
    [{ 'jonger-dan-16': false }, { 'jonger-dan-12': false }],
    [{ 'jonger-dan-18': false }, { 'jonger-dan-12': false, 'jonger-dan-16': false }],
    [{ 'jonger-dan-12': false }, {}],
    [{ 'jonger-dan-18': true }, {}],
    [
      { 'verwerkt-onder-wpg-8': true },
      {
        'verwerkt-onder-wpg-8-9-of-13': true,
        'verwerkt-onder-wpg-8-9-10ac-of-13': true,
        'verwerkt-onder-wpg-8-9-10-of-13': true,
        'verwijderd-onder-wpg-14': false,
        'verkregen-in-vreemdelingentaak': false,
      },
    ],
    [
      { 'verwijderd-onder-wpg-14': true },
      {
        'verwerkt-onder-wpg-8': false,
        'verwerkt-onder-wpg-13-1': false,
        'verwerkt-onder-wpg-13-1-a-of-d': false,
        'verwerkt-onder-wpg-8-9-of-13': false,
        'verwerkt-onder-wpg-8-9-10ac-of-13': false,
        'verwerkt-onder-wpg-8-9-10-of-13': false,
      },
    ],
    [{ 'verwerkt-onder-wpg-9': true, toestemming: true }, {}],
    [{ 'uitdrukkelijke-toestemming': true }, { toestemming: true }],
    [{ toestemming: false }, { 'uitdrukkelijke-toestemming': false }],
  ])('from %j follows %j in the shipped vocabulary', (circumstances, follows) => {
    const closed = closeFacts(shipped, { circumstances, assessments: [] })
    expect(closed.contradictions).toEqual([])
    expect(closed.circumstances).toEqual({ ...circumstances, ...follows })
    expect(Object.fromEntries(closed.derived.map(({ circumstance, isTrue }) => [circumstance, isTrue]))).toEqual(
      follows,
    )
  })

  test.each<[one: string, other: string, stated: StatedFacts]>([
    ['jonger-dan-12', 'jonger-dan-16', facts({ 'jonger-dan-12': true, 'jonger-dan-16': false })],
    ['jonger-dan-12', 'jonger-dan-18', facts({ 'jonger-dan-18': false, 'jonger-dan-12': true })],
    [
      'verwerkt-onder-wpg-8',
      'verwijderd-onder-wpg-14',
      facts({ 'verwijderd-onder-wpg-14': true, 'verwerkt-onder-wpg-8': true }),
    ],
    [
      'verkregen-in-vreemdelingentaak',
      'verwerkt-onder-wpg-8-9-of-13',
      facts({ 'verkregen-in-vreemdelingentaak': true, 'verwerkt-onder-wpg-8-9-of-13': true }),
    ],
    [
      'verkregen-in-vreemdelingentaak',
      'verkregen-in-politietaak',
      facts({ 'verkregen-in-vreemdelingentaak': true, 'verkregen-in-politietaak': true }),
    ],
    [
      'verwerkt-onder-wpg-13-1-a-of-d',
      'verwerkt-onder-wpg-13-1',
      facts({ 'verwerkt-onder-wpg-13-1-a-of-d': true, 'verwerkt-onder-wpg-13-1': false }),
    ],
    [
      'passende-waarborgen-beoordeeld',
      'doorgifte-onmisbaar',
      facts({}, 'doorgifte-onmisbaar', 'passende-waarborgen-beoordeeld'),
    ],
  ])('`%s` and `%s` contradict each other when stated so', (one, other, stated) => {
    const { contradictions } = closeFacts(shipped, stated)
    const pairs = contradictions.map((pair) => pair.map(({ word }) => word))
    expect(pairs.map((pair) => pair.toSorted())).toEqual([[one, other].toSorted()])
  })

  test('an assessment that another excludes is refuted, and none is ever derived', () => {
    const closed = closeFacts(shipped, facts({}, 'doorgifte-onmisbaar'))
    expect(closed.refuted).toEqual(['passende-waarborgen-beoordeeld'])
    expect(closed.derived).toEqual([])
  })

  test('a word that the vocabulary does not have stays as stated and says nothing', () => {
    const closed = closeFacts(shipped, facts({ 'bestaat-niet': true }, 'ook-niet'))
    expect(closed).toEqual({
      circumstances: { 'bestaat-niet': true },
      derived: [],
      refuted: [],
      contradictions: [],
    })
  })
})

function facts(circumstances: Record<string, boolean>, ...assessments: string[]): StatedFacts {
  return { circumstances, assessments }
}

/** Few words with many relations, so that every completion can be tried. */
const WORDS = ['a', 'b', 'c', 'd', 'e', 'f'] as const

// A word follows only from words after it and excludes only words that never follow together, as the loader demands.
const small = fc
  .array(fc.tuple(fc.nat(WORDS.length - 1), fc.nat(WORDS.length - 1), fc.boolean()), { maxLength: 8 })
  .map((links) => {
    const words = new Map(
      WORDS.map((id) => [id as string, { id, label, impliedBy: [] as string[], excludes: [] as string[] }]),
    )
    for (const [one, other, isImplied] of links) {
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      if (low === high) continue
      if (isImplied) words.get(WORDS[low]!)!.impliedBy.push(WORDS[high]!)
      else words.get(WORDS[low]!)!.excludes.push(WORDS[high]!)
    }
    const circumstances: ReadonlyMap<string, Circumstance> = words
    return { circumstances, assessments: new Map<string, Word>() }
  })
  .filter((vocabulary) => WORDS.every((word) => completions(vocabulary).some((world) => world[word])))

type Small = {
  readonly circumstances: ReadonlyMap<string, Circumstance>
  readonly assessments: ReadonlyMap<string, Word>
}

/** Every answer to every word that breaks no relation, found by trying them all. */
function completions({ circumstances }: Small): readonly Record<string, boolean>[] {
  return Array.from({ length: 2 ** WORDS.length }, (_, bits) =>
    Object.fromEntries(WORDS.map((word, index) => [word, ((bits >> index) & 1) === 1])),
  ).filter((world) =>
    [...circumstances.values()].every(
      ({ id, impliedBy = [], excludes = [] }) =>
        !impliedBy.some((cause) => world[cause] && !world[id]) && !excludes.some((other) => world[id] && world[other]),
    ),
  )
}

const statement = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...WORDS), fc.boolean()), { selector: ([word]) => word })
  .map((entries) => Object.fromEntries(entries) as Record<string, boolean>)

const agrees = (world: Record<string, boolean>, stated: Record<string, boolean>) =>
  Object.entries(stated).every(([word, isTrue]) => world[word] === isTrue)

describe('the laws of the closure', () => {
  test('a statement contradicts itself exactly when no answer to the open questions fits it', () => {
    fc.assert(
      fc.property(small, statement, (vocabulary, circumstances) => {
        const fitting = completions(vocabulary).filter((world) => agrees(world, circumstances))
        expect(isConsistent(vocabulary, facts(circumstances))).toBe(fitting.length > 0)
      }),
    )
  })

  test('what follows is what is so in every answer that fits', () => {
    fc.assert(
      fc.property(small, statement, (vocabulary, circumstances) => {
        const fitting = completions(vocabulary).filter((world) => agrees(world, circumstances))
        fc.pre(fitting.length > 0)
        const certain = WORDS.filter((word) => fitting.every((world) => world[word] === fitting[0]![word]))
        const closed = closeFacts(vocabulary, facts(circumstances)).circumstances
        expect(closed).toEqual(Object.fromEntries(certain.map((word) => [word, fitting[0]![word]])))
      }),
    )
  })

  test('each pair that is named cannot be so, even alone', () => {
    fc.assert(
      fc.property(small, statement, (vocabulary, circumstances) => {
        for (const pair of closeFacts(vocabulary, facts(circumstances)).contradictions) {
          const alone = Object.fromEntries(pair.map(({ word, isTrue }) => [word, isTrue]))
          expect(completions(vocabulary).some((world) => agrees(world, alone))).toBe(false)
        }
      }),
    )
  })

  test('closing twice is closing once', () => {
    fc.assert(
      fc.property(small, statement, (vocabulary, circumstances) => {
        fc.pre(isConsistent(vocabulary, facts(circumstances)))
        const once = closeFacts(vocabulary, facts(circumstances))
        const twice = closeFacts(vocabulary, { circumstances: once.circumstances, assessments: [] })
        expect(twice.circumstances).toEqual(once.circumstances)
        expect(twice.derived).toEqual([])
      }),
    )
  })

  test('who states more never hears that less follows', () => {
    fc.assert(
      fc.property(small, statement, fc.constantFrom(...WORDS), (vocabulary, circumstances, left) => {
        const { [left]: _, ...fewer } = circumstances
        const less = closeFacts(vocabulary, facts(fewer))
        const more = closeFacts(vocabulary, facts(circumstances))
        fc.pre(more.contradictions.length === 0)
        expect(more.circumstances).toMatchObject(less.circumstances)
      }),
    )
  })

  test('the order in which facts are stated makes no difference', () => {
    fc.assert(
      fc.property(small, statement, (vocabulary, circumstances) => {
        const reversed = Object.fromEntries(Object.entries(circumstances).reverse())
        const one = closeFacts(vocabulary, facts(circumstances))
        const other = closeFacts(vocabulary, facts(reversed))
        expect({ ...other, circumstances: {} }).toEqual({ ...one, circumstances: {} })
        expect(other.circumstances).toEqual(one.circumstances)
      }),
    )
  })
})
