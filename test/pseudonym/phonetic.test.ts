import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalise } from '../../src/pseudonym/canonicalise/canonicalise.ts'
import { soundOf } from '../../src/pseudonym/phonetic/sound.ts'
import { spellingOf, typosOf } from '../../src/pseudonym/phonetic/spelling.ts'
import { createChance } from '../../src/synthetic/names/chance.ts'
import { ORIGINS } from '../../src/synthetic/names/origins.ts'
import type { Spelled } from '../../src/synthetic/names/spelled.ts'

describe('one sound', () => {
  test.each([
    ['mohamed', 'mohammed', 'muhammad', 'mhmd'],
    ['khaled', 'khalid'],
    ['julia', 'yuliia'],
    ['oleksandr', 'aleksandr', 'alexander'],
    ['tetiana', 'tatiana'],
    ['djamila', 'jamila'],
    ['hassan', 'hussein'],
  ])('names with one sound share a phonetic code: %s and its like', (...names) => {
    expect(new Set(names.map(soundOf)).size).toBe(1)
  })
})

/** The sound of a name in any script, its parts joined. */
function soundsOf(name: string): string {
  const result = canonicalise('alias', name)
  if (!result.ok) throw new Error('a name of this test is refused')
  return (result.canonical ?? '').split(' ').map(soundOf).join('')
}

describe('one sound in two scripts', () => {
  test.each([
    [
      'Arabic',
      'حسن Hassan حسين Hussein حداد Haddad حمزة Hamza هدى Huda هبة Hiba سهام Siham خالد Khaled عمر Omar عائشة Aisha غادة Ghada',
    ],
    ['Arabic that begins with a glide', 'وليد Walid وفاء Wafaa جمال Jamal جميلة Djamila يوسف Youssef هشام Hisham'],
    ['Persian', 'حسین Hossein فاطمه Fatemeh علی Ali مهدی Mahdi زهرا Zahra بهرام Bahram گلنار Golnar ژاله Zhaleh'],
    ['Cyrillic', 'Юлия Yulia Жанна Zhanna Хасан Khasan Щербак Shcherbak Цветан Tsvetan Чавдар Chavdar Тетяна Tetiana'],
    ['Greek', 'Γιώργος Giorgos Ελένη Eleni Χρήστος Christos Δημήτρης Dimitris Θανάσης Thanasis Βασίλης Vasilis'],
    ['Hebrew', 'דוד David משה Moshe שרה Sarah חנה Hannah כהן Cohen לוי Levi'],
    ['Amharic', 'ሰላም Selam ተስፋይ Tesfay አበበ Abebe ሰምሃር Semhar ሃይለ Haile ገብረ Gebre ዮናስ Yonas'],
    ['Chinese', '张 Zhang 伟 Wei 王小明 Wangxiaoming 陈 Chen 李 Lee'],
  ])('names in %s have the sound of their Latin spelling', (_, list) => {
    const names = list.split(' ')
    const pairs = names.flatMap((name, index) => (index % 2 === 0 ? [[name, names[index + 1]!] as const] : []))
    expect(pairs.filter(([native, latin]) => soundsOf(native) !== soundsOf(latin))).toEqual([])
  })

  // Share of the pairs of a name in its script and in a Latin spelling whose sounds are equal, by the letters of the name.
  test('names of the generator meet their Latin spellings, in every Arabic letter at least in four of five pairs', () => {
    const { all, letters } = measure('arabisch')
    expect(all).toBeGreaterThan(0.9)
    expect(letters.size).toBeGreaterThan(20)
    expect([...letters].filter(([, share]) => share < 0.8)).toEqual([])
  })

  test.each([
    ['oekraiens', 0.75],
    ['bulgaars', 0.6],
    ['chinees', 0.9],
  ])('names of the generator from %s meet their Latin spellings', (origin, floor) => {
    expect(measure(origin).all).toBeGreaterThan(floor)
  })
})

/** Without a separate or a glued article (`ElHaddad`), which is no letter of the name. */
const isOneWord = (name: string): boolean => !/[ -]|\p{Ll}\p{Lu}/u.test(name)

/** The shares of pairs that meet, for names of the generator of one origin. */
function measure(id: string): { readonly all: number; readonly letters: ReadonlyMap<string, number> } {
  const origin = ORIGINS.find((one) => one.id === id)!
  const chance = createChance(5)
  const names = new Map<string, Spelled>()
  for (let draw = 0; draw < 3000; draw++) {
    const sex = draw % 2 === 0 ? 'vrouw' : 'man'
    for (const name of [...origin.drawGiven(chance, sex), origin.drawFamily(chance)[sex]])
      names.set(name.latin[0], name)
  }
  const pairs = [...names.values()].flatMap(({ latin, native }) =>
    latin
      .filter(isOneWord)
      .flatMap((spelling) => native.map((name) => ({ name, meets: soundsOf(spelling) === soundsOf(name) }))),
  )
  const shareOf = (some: typeof pairs) => some.filter(({ meets }) => meets).length / some.length
  const letters = [...new Set(pairs.flatMap(({ name }) => [...name]))].filter((letter) => /\p{L}/u.test(letter))
  return {
    all: shareOf(pairs),
    letters: new Map(
      letters
        .map((letter) => [letter, pairs.filter(({ name }) => name.includes(letter))] as const)
        .filter(([, some]) => some.length >= 10)
        .map(([letter, some]) => [letter, shareOf(some)]),
    ),
  }
}

describe('one spelling', () => {
  test.each([
    ['mohamed', 'mohammed', 'muhammad'],
    ['yousuf', 'joesoef'],
    ['sarah', 'sara'],
    ['karim', 'kareem'],
    ['tetiana', 'tatiana'],
    ['sergei', 'sergey'],
    ['youssra', 'yousra'],
  ])('names with one spelling share a code: %s and its like', (...names) => {
    expect(new Set(names.map(spellingOf)).size).toBe(1)
  })

  test.each([
    ['hassan', 'hussein'],
    ['mia', 'maya'],
    ['lina', 'lisa'],
    ['maria', 'daria'],
  ])('names with different spellings share no code: %s and %s', (one, other) => {
    expect(spellingOf(one)).not.toBe(spellingOf(other))
  })
})

describe('spellings with one slip of the pen', () => {
  const share = (one: string, other: string) => typosOf(one).some((typo) => typosOf(other).includes(typo))
  const letters = fc.string({ unit: fc.constantFrom(...'abcdef'), minLength: 2, maxLength: 8 })
  const place = fc.nat()

  test('spellings with one slip of the pen have something in common, unless it is in the first letter', () => {
    fc.assert(
      fc.property(letters, place, fc.constantFrom(...'abcdef'), (word, at, letter) => {
        const i = 1 + (at % (word.length - 1))
        const lost = word.slice(0, i) + word.slice(i + 1)
        const wrong = word.slice(0, i) + letter + word.slice(i + 1)
        const double = word.slice(0, i) + letter + word.slice(i)
        expect([lost, wrong, double].filter((slip) => !share(word, slip))).toEqual([])
        if (i + 1 === word.length) return
        expect(share(word, word.slice(0, i) + word[i + 1]! + word[i]! + word.slice(i + 2))).toBe(true)
      }),
    )
  })

  test.each([
    ['maria', 'daria'],
    ['hasan', 'husain'],
    ['anna', 'hanna'],
  ])('names that differ by more than a slip of the pen have nothing in common: %s and %s', (one, other) => {
    expect(share(one, other)).toBe(false)
  })
})
