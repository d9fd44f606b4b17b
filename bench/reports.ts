import type { Json } from '../src/encoding/json.ts'

/** Reports about made-up persons, in the shape the police send them to CoMensha. Without a BSN: none passes, so none is sent. */

const GIVEN_NAMES =
  'Adaeze Bogdan Chidi Dilnoza Elira Farid Grażyna Hương Ioana Jamila Kofi Lejla Mirela Ngozi Oksana Petar Quỳnh Radu Selam Tünde Uzoma Vesna Wanjiru Xheni Yordanka Zsófia'.split(
    ' ',
  )
const FAMILY_NAMES =
  'Adeyemi Bărbulescu Četković Demir Exempel Fictief Głowacka Haile Ivanova Jansen Kovács Lê Mensah Nowak Okafor Popescu Quispe Rossi Stoica Tesfaye Uzun Voorbeeld Wójcik Xhaka Yılmaz Zonderland'.split(
    ' ',
  )
const COUNTRIES = ['NG', 'RO', 'BG', 'HU', 'VN', 'PL', 'ET', 'AL', 'UA', 'GH']
const FORMS = ['seksueel-binnenlands', 'seksueel-grensoverschrijdend', 'arbeid', 'crimineel']
const TOWNS = ['Amsterdam', 'Rotterdam', 'Utrecht', 'Eindhoven', 'Groningen', 'Zwolle']
/** One report in so many is about a person who was reported before. */
const RETURNING = 10

interface Person {
  readonly voornaam: string
  readonly achternaam: string
  readonly geboortedatum: string
  readonly geslacht: string
  readonly nationaliteit: string
}

/** An endless series of reports, the same for the same seed. */
export function createReports(seed: number): () => Json {
  const chance = createChance(seed)
  const below = (limit: number) => Math.floor(chance() * limit)
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  const persons: Person[] = []

  const newPerson = (): Person => ({
    voornaam: `${pick(GIVEN_NAMES)} ${pick(GIVEN_NAMES)}`,
    achternaam: `${pick(FAMILY_NAMES)}-${pick(FAMILY_NAMES)}`,
    geboortedatum: `${1960 + below(45)}-${twoDigits(1 + below(12))}-${twoDigits(1 + below(28))}`,
    geslacht: pick(['vrouw', 'man']),
    nationaliteit: pick(COUNTRIES),
  })

  return () => {
    const person = persons.length > 0 && below(RETURNING) === 0 ? pick(persons) : newPerson()
    persons.push(person)
    const plaats = pick(TOWNS)
    return {
      recipient: 'comensha',
      purpose: 'registratie-mensenhandel',
      legalBasis: 'wpg-bpg-4-2-comensha',
      kind: 'melding',
      reference: `PL0900-2026-${below(1_000_000)}`,
      dataSubjects: [
        {
          role: 'slachtoffer',
          circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
          assessments: [{ word: 'noodzaak', by: 'hulpofficier van dienst', on: '2025-11-24' }],
          data: {
            ...person,
            wervingsland: person.nationaliteit,
            uitbuitingsvorm: pick(FORMS),
            'plaats-delict': {
              straat: 'Voorbeeldstraat',
              huisnummer: String(1 + below(200)),
              plaats,
              gemeente: plaats,
              land: 'NL',
            },
            toelichting: `${person.voornaam} wil aangifte doen en vraagt opvang.`,
          },
        },
      ],
    }
  }
}

/** Numbers in [0, 1), evenly spread and the same for the same seed (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
