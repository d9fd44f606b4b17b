import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { romaniseWord } from '../../src/pseudonym/canonicalise/words.ts'
import { createRedact } from '../../src/report/free-text.ts'
import type { Romanise } from '../../src/report/romanised-words.ts'

const redact = (text: string, knownValues: readonly string[], romanise?: Romanise) =>
  createRedact(knownValues, romanise)(text)

const X = '[weggelaten]'

describe('free text', () => {
  // Fictional BSNs (9999…), the example IBANs of the ISO 13616 registry, telephone numbers that are never issued.
  test.each([
    ['a BSN', 'bsn 999990019.', `bsn ${X}.`],
    ['a BSN with dots', '9999.90.019', X],
    ['a BSN with spaces', 'nr 9999 90 019 bekend', `nr ${X} bekend`],
    ['a BSN with spaced hyphens', '9999 - 90 - 019', X],
    ['a BSN in full-width digits', '９９９９９００１９', X],
    ['a BSN glued to a word', 'BSN999990019', `BSN${X}`],
    ['a BSN after another number', '12 999990019', `12 ${X}`],
    ['nine digits that fail the eleven test', 'zaak 999990018', `zaak ${X}`],
    ['twelve digits', 'zaak 999990019123', `zaak ${X}`],
    ['seven digits', 'zaak 9999900', 'zaak 9999900'],
    ['a national number with hyphens', 'nr 123-45-6789.', `nr ${X}.`],
    ['a national number with a date in it', '85.12.01-123.45', X],
    ['a national insurance number', 'nino QQ 12 34 56 C', `nino ${X}`],
    ['a number of a passport', 'pas XR1001R58 en AB1234567', `pas ${X} en ${X}`],
    ['a British telephone number', 'bel 020 7946 0958 of 07911 123456', `bel ${X} of ${X}`],
    ['a German telephone number', '0171 1234567', X],
    ['a Nigerian telephone number', 'bereikbaar via 0803 123 4567', `bereikbaar via ${X}`],
    ['an American telephone number', 'call (415) 555-0132', `call ${X}`],
    ['a telephone number in Arabic digits', 'هاتف ٠٦١٢٣٤٥٦٧٨', `هاتف ${X}`],
    ['a telephone number in Persian digits with spaces', '۰۹۱۲ ۳۴۵ ۶۷۸۹', X],
    ['a telephone number with en dashes', '06–12–34–56–78', X],
    ['a telephone number with low lines', '06_12345678', X],
    ['a BSN in Devanagari digits', '९९९९९००१९', X],
    ['a V-nummer', 'V-nummer 1234567890', `V-nummer ${X}`],
    ['a V-nummer with dots', '123.456.7890', X],
    ['an IBAN', 'op NL91ABNA0417164300 gestort', `op ${X} gestort`],
    ['an IBAN with spaces', 'NL91 ABNA 0417 1643 00 en', `${X} en`],
    ['a foreign IBAN in small letters', 'de89 3704 0044 0532 0130 00', X],
    ['an IBAN that fails mod 97', 'ref NL92ABNA0417XY64', `ref ${X}`],
    ['a mobile number', 'bel 06-12345678', `bel ${X}`],
    ['a mobile number in pairs', '06 12 34 56 78', X],
    ['a fixed number with brackets', '(020) 123 45 67', X],
    ['an international number', '+31 6 1234 5678', X],
    ['an international number with (0)', '+31 (0)6-12345678', X],
    ['an international number with 00', '0040 712 345 678', X],
    ['an e-mail address', 'mail a.b+c@voorbeeld.example.', `mail ${X}.`],
    ['an e-mail address in disguise', 'a.b [at] voorbeeld.example', X],
    ['a date and a time', 'op 05-11-2024 12:30 gezien', 'op 05-11-2024 12:30 gezien'],
    ['an ISO date and a time', 'op 2024-11-05 12:30 en 2024-11-05T12:30', 'op 2024-11-05 12:30 en 2024-11-05T12:30'],
    ['a period', 'van 17-05-2024 tot 19-05-2024, in 2019-2020', 'van 17-05-2024 tot 19-05-2024, in 2019-2020'],
    ['a list of years', 'in 2019 2020 2021', 'in 2019 2020 2021'],
    ['a compact date', 'log 20241105', 'log 20241105'],
    ['office hours', 'open 09.30-17.00 uur', 'open 09.30-17.00 uur'],
    ['large amounts', '€ 12.500.000, 1.250.000 euro, EUR 10000000,-', '€ 12.500.000, 1.250.000 euro, EUR 10000000,-'],
    ['amounts and times', '€ 1.250 per maand, 14 uur per dag, 7 dagen', '€ 1.250 per maand, 14 uur per dag, 7 dagen'],
  ])('free text is searched for identifiers: %s', (_, text, expected) => {
    expect(redact(text, []).text).toBe(expected)
  })

  test.each([
    ['a name', 'Fatima', 'Zij heet Fatima.', `Zij heet ${X}.`],
    ['a name in capitals', 'Fatima', 'FATIMA', X],
    ['a name with an accent too many', 'Fatima', 'Fátima', X],
    ['a name with combining accents', 'Núñez', 'Nun\u0303ez', X],
    ['a name without its accents', 'Núñez', 'nunez', X],
    ['a name with letters that do not decompose', 'Łukasz Sørensen', 'Lukasz Sorensen', X],
    ['a name with characters that do not show', 'Fatima', 'Fa\u200bti\u00adma', X],
    ['a genitive', 'Fatima', "Fatima's broer, Fatimas moeder", `${X}'s broer, ${X} moeder`],
    ['a name inside a word', 'Roos', 'Roosendaal en kroos', 'Roosendaal en kroos'],
    ['a double name without its hyphen', 'Jean-Pierre', 'Jean Pierre en JeanPierre', `${X} en ${X}`],
    ['an apostrophe that was left out', "O'Neill", 'ONeill en O’Neill', `${X} en ${X}`],
    ['a name in Cyrillic', 'Ольга', 'зовут ОЛЬГА', `зовут ${X}`],
    ['a name in Arabic with vowel signs', 'محمد', 'مُحَمَّد هنا', `${X} هنا`],
    ['a name in Chinese inside a sentence', '王小明', '他叫王小明吗', `他叫${X}吗`],
    ['a name of two letters with a capital', 'Bo', 'Bo zei: bo', `${X} zei: bo`],
    ['a name of one letter', 'A', 'A is A', 'A is A'],
    ['characters that mean something in a pattern', '.*(x+)+$', 'abc x', 'abc x'],
    ['a document number', 'NXP12A345', 'pas NXP 12 A 345', `pas ${X}`],
    ['a postcode', '1012 AB', 'woont 1012ab', `woont ${X}`],
    ['a street and number', 'Damstraat 12', 'Damstraat 12 hoog', `${X} hoog`],
  ])('free text is searched for known values: %s', (_, value, text, expected) => {
    expect(redact(text, [value]).text).toBe(expected)
  })

  // What was reported in canonical form, and what the text holds.
  test.each([
    ['+2348031234567', 'via 0803 123 4567 of 803-123-4567 of +234 (0)803 1234567', `via ${X} of ${X} of ${X}`],
    ['+31201234567', 'lokaal 123 45 67', `lokaal ${X}`],
    ['+31612345678', '٠٦-١٢٣٤٥٦٧٨', X],
    ['012345672', 'bsn 12345672', `bsn ${X}`],
    ['1234567', 'dossier 12 34 567', `dossier ${X}`],
  ])('free text is searched for the known number %s however it is written', (value, text, expected) => {
    expect(redact(text, [value]).text).toBe(expected)
  })

  test.each([
    ['Олена', 'zij heet Olena.', `zij heet ${X}.`],
    ['Olena', 'зовут Олена', `зовут ${X}`],
    ['Γιώργος', 'Giorgos en Giorgosa', `${X} en Giorgosa`],
    ['王小明', 'Wang Xiaoming en Wang Xiao Ming', `${X} en ${X}`],
    ['Xiaoming', '他叫王小明吗', `他叫王${X}吗`],
    ['محمد', 'mhmd', X],
    ['M\u0430ria', 'Maria', X],
    ['Sofia', 'Sofiastraat', 'Sofiastraat'],
  ])('free text is searched for the known name %s in other scripts', (value, text, expected) => {
    expect(redact(text, [value], romaniseWord).text).toBe(expected)
  })

  test.each([
    ...[
      'a',
      '1',
      ' ',
      '1 ',
      'a1',
      '1.',
      '(1',
      'a@',
      '王',
      'ж ',
      '€1',
      '+',
      '06-',
      'nl91 ',
      '١',
      '2024-',
      '\u0301',
      'A ',
    ],
  ])('free text of 4000 characters of %j is searched at once', (unit) => {
    const text = unit.repeat(4000).slice(0, 4000)
    const names = ['Maria', 'Олена', '王小明', '+31612345678', '999990019', '1985-12-01', 'de Berg', 'NXP12A345']
    redact(text, names, romaniseWord)
    const start = performance.now()
    redact(text, names, romaniseWord)
    // Far more than it takes, also on a busy machine; quadratic work takes seconds.
    expect(performance.now() - start).toBeLessThan(400)
  })

  test.each([
    '1-12-1985',
    '01-12-1985',
    '1985-12-01',
    '1 december 1985',
    '1 dec 1985',
    '1 dec. 1985',
    '1 December 1985',
    '1/12/85',
    '01.12.1985',
    '12/1/1985',
    'December 1, 1985',
    '1st of December 1985',
    '19851201',
    '01121985',
    "1 dec '85",
    '1 - 12 - 1985',
  ])('free text is searched for a known date written as %s', (written) => {
    expect(redact(`geboren ${written}, zegt zij`, ['1985-12-01']).text).toBe(`geboren ${X}, zegt zij`)
  })

  test.each([
    ['1985-12-01', 'op 11-12-1985 en 1-12-1986 en 2 december 1985'],
    ['1985-12-00', 'op 1 januari 1985, in 1985'],
    ['1985-00-00', 'in 1985'],
  ])('free text keeps dates other than %s', (value, text) => {
    expect(redact(text, [value])).toEqual({ text, redactions: 0 })
  })

  test('free text is searched for a known month', () => {
    expect(redact('december 1985 of 12-1985', ['1985-12-00']).text).toBe(`${X} of ${X}`)
  })

  test('free text counts what was taken out, and what overlaps once', () => {
    const text = 'Fatima El Idrissi (999990019), fatima@voorbeeld.example'
    expect(redact(text, ['Fatima', 'Fatima El Idrissi', 'Idrissi', '999990019'])).toEqual({
      text: `${X} (${X}), ${X}`,
      redactions: 3,
    })
  })

  const letters = 'abcdeéïñoprstuüvzß'
  const name = fc.array(fc.constantFrom(...letters), { minLength: 3, maxLength: 8 }).map((parts) => parts.join(''))
  const spelling = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.normalize('NFD'),
    (text: string) => text.normalize('NFD').replace(/\p{M}/gu, ''),
    (text: string) => `(${text})`,
    (text: string) => `${text}, `,
  )
  const texts = fc.array(name, { minLength: 1, maxLength: 4 }).chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc
        .array(
          fc.tuple(fc.oneof(fc.constantFrom(...names), name, fc.string({ unit: 'grapheme', maxLength: 6 })), spelling),
          { maxLength: 12 },
        )
        .map((parts) => parts.map(([part, spell]) => spell(part)).join(' ')),
    ),
  )

  test('free text keeps no known value of three letters or more', () => {
    const plain = (text: string) => text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '')
    fc.assert(
      fc.property(texts, ([names, text]) => {
        const left = plain(redact(text, names).text).replaceAll(X, '|')
        for (const known of names) {
          expect(left).not.toMatch(new RegExp(`(?<![\\p{L}\\p{N}])${plain(known)}(?![\\p{L}\\p{N}])`, 'u'))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('free text is the same after a second search', () => {
    fc.assert(
      fc.property(texts, ([names, text]) => {
        const once = redact(text, names)
        expect(redact(once.text, names)).toEqual({ text: once.text, redactions: 0 })
      }),
    )
  })

  test('free text without identifiers stays as it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{N}@+]|at/iu.test(text)),
        (text) => {
          expect(redact(text, [])).toEqual({ text, redactions: 0 })
        },
      ),
    )
  })
})
