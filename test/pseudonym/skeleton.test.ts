import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalise } from '../../src/pseudonym/canonicalise/canonicalise.ts'
import { distinctiveParts } from '../../src/pseudonym/canonicalise/particles.ts'
import { skeletonsOf } from '../../src/pseudonym/phonetic/skeleton.ts'
import { createChance } from '../../src/synthetic/names/chance.ts'
import type { Origin } from '../../src/synthetic/names/origin.ts'
import { ORIGINS } from '../../src/synthetic/names/origins.ts'
import { NAMES_BY_SCRIPT } from './names-by-script.ts'

type Pair = readonly [own: string, other: string]

/** The parts of a family name in any script that count. */
function partsOf(name: string): readonly string[] {
  const result = canonicalise('achternaam', name)
  if (!result.ok) throw new Error('a name of this test is refused')
  return distinctiveParts(result.canonical ?? '', 'family')
}

const skeletonsByName = new Map<string, ReadonlySet<string>>()

function skeletonsIn(name: string): ReadonlySet<string> {
  const skeletons = skeletonsByName.get(name) ?? new Set(partsOf(name).flatMap(skeletonsOf))
  skeletonsByName.set(name, skeletons)
  return skeletons
}

function meets([one, other]: Pair): boolean {
  const known = skeletonsIn(other)
  return [...skeletonsIn(one)].some((skeleton) => known.has(skeleton))
}

const LEAST_PAIRS = 3

/** The share of pairs that meet: of all, and of those with one letter in their own spelling. */
function measure(pairs: readonly Pair[]) {
  const met = pairs.map((pair) => ({ letters: new Set(pair[0].toLowerCase().normalize('NFC')), meets: meets(pair) }))
  const shareOf = (some: typeof met) => some.filter((pair) => pair.meets).length / some.length
  const letters = [...new Set(met.flatMap((pair) => [...pair.letters]))].filter((letter) => /\p{L}/u.test(letter))
  return {
    all: shareOf(met),
    letters: letters
      .map((letter) => ({ letter, some: met.filter((pair) => pair.letters.has(letter)) }))
      .filter(({ some }) => some.length >= LEAST_PAIRS)
      .map(({ letter, some }) => ({ letter, share: shareOf(some) })),
  }
}

const below = (floor: number, { letters }: ReturnType<typeof measure>) => letters.filter(({ share }) => share < floor)

const pairsOf = (list: string): readonly Pair[] =>
  list
    .trim()
    .split(/\s+/)
    .map((entry) => entry.split('|') as [string, ...string[]])
    .flatMap(([own, ...others]) => others.map((other) => [own, other] as const))

describe('skeletons across scripts', () => {
  test.each<[script: string, floor: number, letterFloor: number]>([
    ['Arabic', 0.95, 0.75],
    ['Persian', 0.95, 0.75],
    ['Pashto, Urdu and Kurdish', 0.95, 0.7],
    ['Hebrew', 0.95, 0.75],
    ['Greek', 0.95, 0.75],
    ['Ukrainian', 0.95, 0.75],
    ['Russian', 0.95, 0.75],
    ['Bulgarian', 0.95, 0.75],
    ['Amharic and Tigrinya', 0.95, 0.75],
    ['Georgian and Armenian', 0.95, 0.75],
    ['Chinese', 0.95, 0.65],
    ['Turkish and Azeri', 0.95, 0.75],
    ['Albanian, Serbian and Croatian', 0.95, 0.75],
    ['Yoruba and Igbo', 0.95, 0.75],
    // Not ř as Czechs say it, ț as ts, or Vietnamese d and tr as z and ch.
    ['Polish, Czech and Hungarian', 0.9, 0.5],
    ['Romanian', 0.85, 0.5],
    ['Vietnamese', 0.9, 0.65],
  ])('skeletons of a name in its own spelling and in others meet: %s', (script, floor, letterFloor) => {
    const measured = measure(pairsOf(NAMES_BY_SCRIPT[script]!))
    expect(measured.all).toBeGreaterThan(floor)
    expect(below(letterFloor, measured)).toEqual([])
  })

  test.each([
    ['Arabic', 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'],
    ['Persian', 'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی'],
    ['Pashto, Urdu and Kurdish', 'ټډړښڼېۍځڅږٹڈڑںےھہڤۆێڕڵە'],
    ['Hebrew', 'אבגדהוזחטיכלמנסעפצקרשתםןךףץ'],
    ['Greek', 'αβγδεζηθικλμνξοπρσςτυφχψω'],
    ['Ukrainian', 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'],
    ['Russian', 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'],
    ['Bulgarian', 'абвгдежзийклмнопрстуфхцчшщъьюя'],
  ])('skeletons are measured for every letter of the alphabet: %s', (script, alphabet) => {
    const letters = new Set(
      NAMES_BY_SCRIPT[script]!.normalize('NFD').toLowerCase() + NAMES_BY_SCRIPT[script]!.toLowerCase(),
    )
    expect([...alphabet].filter((letter) => !letters.has(letter))).toEqual([])
  })

  test.each([
    ['رضا', 'Reza', 'Rida'],
    ['پرویز', 'Parviz'],
    ['חיים', 'Chaim', 'Haim'],
    ['Хасан', 'Hasan', 'Khasan', 'حسن'],
    ['حداد', 'El Haddad', 'ElHaddad', 'Elhaddad', 'Al-Haddad', 'الحداد'],
    ['张', 'Zhang', 'Chang', 'Cheung'],
    ['Γεώργιος', 'Georgios', 'Yorgos'],
    ['ተስፋይ', 'Tesfay', 'Tesfai'],
    ['Марʼяна', 'Mariana', "Mar'yana"],
  ])('skeletons of %s meet in every one of its spellings', (own, ...others) => {
    expect(others.filter((other) => !meets([own, other]))).toEqual([])
  })
})

/** Without a space or a hyphen: parts of names are compared as words. */
const isOneWord = (name: string): boolean => !/[ -]/.test(name)

function drawNames({ drawGiven, drawFamily }: Origin) {
  const chance = createChance(5)
  return Array.from({ length: 1500 }, (_, draw) => (draw % 2 === 0 ? 'vrouw' : 'man')).flatMap((sex) => [
    ...drawGiven(chance, sex),
    drawFamily(chance)[sex],
  ])
}

describe('skeletons of generated names', () => {
  // Names that are written in Latin letters only are compared with their other Latin spellings, slips of the pen included.
  const floors: Readonly<Record<string, readonly [floor: number, letterFloor: number]>> = {
    nederlands: [0.8, 0],
    arabisch: [0.95, 0.85],
    oekraiens: [0.95, 0.75],
    roemeens: [0.85, 0],
    bulgaars: [0.95, 0.9],
    vietnamees: [0.9, 0],
    chinees: [0.9, 0.65],
    igbo: [0.85, 0],
    yoruba: [0.95, 0],
    hausa: [0.7, 0],
    edo: [0.8, 0],
  }

  test.each(ORIGINS.map((origin) => [origin.id, origin] as const))(
    'skeletons of a generated name and of its other spellings meet: %s',
    (id, origin) => {
      const [floor, letterFloor] = floors[id]!
      const names = new Map(drawNames(origin).map((name) => [name.latin[0], name]))
      const pairs = [...names.values()].flatMap(({ latin: [usual, ...others], native }) =>
        native.length > 0
          ? native.flatMap((own) => [usual, ...others].filter(isOneWord).map((other) => [own, other] as const))
          : others.filter(isOneWord).map((other) => [usual, other] as const),
      )
      const measured = measure(pairs)
      expect(measured.all).toBeGreaterThan(floor)
      expect(below(letterFloor, measured)).toEqual([])
    },
  )

  test.each(ORIGINS.map((origin) => [origin.id, origin] as const))(
    'skeletons of two different names of one origin seldom meet: %s',
    (_, origin) => {
      const names = [...new Set(drawNames(origin).map(({ latin }) => latin[0]))].filter(isOneWord).slice(0, 150)
      const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const))
      expect(pairs.filter(meets).length / pairs.length).toBeLessThan(0.1)
    },
  )
})

describe('the number of skeletons', () => {
  test('skeletons of any name are one to four different lists of classes', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(letters, (name) => {
        const skeletons = skeletonsOf(name)
        expect(skeletons.length).toBeGreaterThanOrEqual(1)
        expect(skeletons.length).toBeLessThanOrEqual(4)
        expect(new Set(skeletons).size).toBe(skeletons.length)
        expect(skeletons.filter((skeleton) => !/^A?[PTSKLMNR]*$/.test(skeleton))).toEqual([])
      }),
    )
  })
})
