import type { Json } from '../../src/encoding/json.ts'
import type { IdentifierKind } from '../../src/model/identifier.ts'
import type { Field, Vocabulary } from '../../src/model/vocabulary.ts'

/**
 * Values that can be recognised anywhere: one or more for every field of the vocabulary, each different and none of them a
 * word that the gateway knows by itself. Country codes and words of closed lists are filled in, but cannot be told apart.
 */
export interface Canaries {
  /** A value for every field. */
  readonly data: Readonly<Record<string, Json>>
  /** What to look for, by field. */
  readonly marks: ReadonlyMap<string, readonly string[]>
}

/** A fictional BSN of the test range and a V-nummer, written into free text as people do. */
const IN_FREE_TEXT = 'volgens 9999.93.653 en 2987 650 321 bereikbaar op vrijtekst@kanarie.example'
/** What of it the form alone gives away. */
export const FREE_TEXT_MARKS = ['999993653', '9999.93.653', '2987 650 321', 'vrijtekst@kanarie.example']

export function releaseCanaries(vocabulary: Vocabulary): Canaries {
  const data: Record<string, Json> = {}
  const marks = new Map<string, readonly string[]>()
  for (const [index, field] of [...vocabulary.fields.values()].entries()) {
    const { value, found } = canaryFor(field, index)
    data[field.id] = value
    marks.set(field.id, found)
  }
  return { data, marks }
}

function canaryFor(field: Field, index: number): { value: Json; found: readonly string[] } {
  const letters = `${String.fromCharCode(97 + Math.floor(index / 26))}${String.fromCharCode(97 + (index % 26))}`
  const digits = String(index).padStart(2, '0')
  const mark = (value: string, ...others: string[]) => ({ value, found: [value, ...others] })
  switch (field.type) {
    case 'naam':
      return mark(`Kanarie${letters}qua`)
    case 'namen': {
      const names = [`Kanariealias${letters}`, `Kanarienaam${letters}`]
      return { value: names, found: names }
    }
    case 'tekst':
      return mark(`Kanarietekst ${letters}quo ${IN_FREE_TEXT}`, `Kanarietekst ${letters}quo`, ...FREE_TEXT_MARKS)
    case 'datum':
      return mark(`19${60 + (index % 30)}-03-${10 + (index % 18)}`)
    case 'land':
      return { value: 'NG', found: [] }
    case 'woord':
      return { value: [...field.values!.keys()][0]!, found: [] }
    case 'adres':
      return canaryAddress(letters, digits)
    case 'nummer':
      if (field.identifier === 'bsn') return mark('999990639')
      if (field.identifier === 'iban') return mark(canaryIban(`KANA29876543${digits}`))
      return field.identifier === 'v-nummer' ? mark(`29876543${digits}`) : mark(`QXZKANARIE${digits}`)
    case 'telefoon':
      return mark(`+316123498${digits}`)
    case 'email':
      return mark(`kanarie.${letters}@voorbeeld.example`)
  }
}

/** Of a bank that does not exist, with the check digits that fit it (ISO 7064, mod 97-10). */
function canaryIban(account: string): string {
  const number = [...`${account}NL00`].map((character) => Number.parseInt(character, 36)).join('')
  return `NL${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${account}`
}

function canaryAddress(letters: string, digits: string): { value: Json; found: readonly string[] } {
  const value = {
    straat: `Kanariestraat${letters}`,
    huisnummer: `77-${letters}-bis`,
    postcode: `10${digits} KN`,
    plaats: `Kanariedorp${letters}`,
    gemeente: `Kanariestad${letters}`,
    land: 'NL',
  }
  const { land: _, ...marked } = value
  return { value, found: Object.values(marked) }
}

/** The ways in which a value could lie in a file or a line of output without being readable at first sight. */
export function spell(value: string): string[] {
  const bytes = Buffer.from(value)
  // Base64 looks different at each of the three places in a group of bytes where a value can start; the ends depend on neighbours.
  const base64 = [0, 1, 2].map((lead) => {
    const encoded = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64')
    const skipped = lead === 0 ? 0 : lead + 1
    return encoded.replace(/=+$/, '').slice(skipped, -1)
  })
  return [
    ...new Set([
      value,
      value.toUpperCase(),
      value.toLowerCase(),
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      value.replaceAll('-', ''),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      bytes.toString('utf16le'),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ].filter((text) => text.length >= 7)
}

/** The values that a text or file holds in any spelling. */
export function findMarks(content: Uint8Array | string, values: Iterable<string>): string[] {
  const bytes = Buffer.from(content)
  return [...values].filter((value) => spell(value).some((spelling) => bytes.includes(spelling)))
}

/** A value of one kind. */
export interface KindCanary {
  readonly field: string
  readonly value: Json
  /** What to look for; empty where the value is a word that everybody uses. */
  readonly marks: readonly string[]
}

const mark = (field: string, value: string): KindCanary => ({ field, value, marks: [value] })

/** One value of every kind by which somebody can be recognised; none of them exists. */
export const KIND_CANARIES: Readonly<Record<IdentifierKind, KindCanary>> = {
  bsn: { ...mark('bsn', '999990639'), marks: ['999990639', '9999.90.639'] },
  'v-nummer': mark('v-nummer', '2987654317'),
  documentnummer: mark('documentnummer', 'QXZKANARIE17'),
  iban: { ...mark('iban', 'NL58FICT0417164317'), marks: ['NL58FICT0417164317', 'NL58 FICT 0417 1643 17'] },
  telefoon: { ...mark('telefoon', '+31612349817'), marks: ['+31612349817', '0612349817', '612349817'] },
  email: mark('email', 'kanarie.zeventien@voorbeeld.example'),
  voornaam: mark('voornaam', 'Kanariëtte-Ngọcqua'),
  tussenvoegsel: mark('tussenvoegsel', "van 't Kanariënd"),
  achternaam: mark('achternaam', 'Kanáriequo’Șöhn'),
  alias: {
    field: 'aliassen',
    value: ['Kanarie Schuilnaamé', 'Канарейкина'],
    marks: ['Kanarie Schuilnaamé', 'Канарейкина'],
  },
  geboortedatum: { ...mark('geboortedatum', '1963-03-17'), marks: ['1963-03-17', '19630317'] },
  geboorteplaats: mark('geboorteplaats', 'Kanariëdorp aan Zee'),
  nationaliteit: { field: 'nationaliteit', value: 'NG', marks: [] },
  geslacht: { field: 'geslacht', value: 'vrouw', marks: [] },
  adres: {
    field: 'verblijfadres',
    value: { straat: 'Kanariéstraat', huisnummer: '77-kanarie', postcode: '1017KANARIE', plaats: 'Kanariestad-Zuid' },
    marks: ['Kanariéstraat', '77-kanarie', '1017KANARIE', 'Kanariestad-Zuid'],
  },
}

export const KIND_DATA: Readonly<Record<string, Json>> = Object.fromEntries(
  Object.values(KIND_CANARIES).map(({ field, value }) => [field, value]),
)
export const KIND_MARKS: readonly string[] = [...new Set(Object.values(KIND_CANARIES).flatMap(({ marks }) => marks))]
/** What a mark may look like: each of these in every spelling of `spell` (hexadecimal, base64 at three offsets, URL, JSON). */
export const SPELLINGS = KIND_MARKS.map((value) => ({
  value,
  spellings: [
    ...new Set(
      [
        value,
        value.normalize('NFD'),
        value.toUpperCase(),
        value.toLowerCase(),
        toAscii(value),
        escapeJson(value),
        escapeHtml(value),
      ].flatMap(spell),
    ),
  ],
}))

function toAscii(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '')
}

/** As a serialiser writes it that keeps to ASCII. */
function escapeJson(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** As a page shows it. */
function escapeHtml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('’', '&rsquo;')
}

/** Every spelling by its first three bytes, so that one pass over a file looks for all of them. */
const byStart = Map.groupBy(
  SPELLINGS.flatMap(({ value, spellings }) => spellings.map((spelling) => ({ value, bytes: Buffer.from(spelling) }))),
  ({ bytes }) => startAt(bytes, 0),
)
const starts = new Uint8Array(1 << 24)
for (const start of byStart.keys()) starts[start] = 1

function startAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!
}

/** The marks that a file or an answer holds in any spelling. */
export function findSpelled(content: Uint8Array): string[] {
  const found = new Set<string>()
  for (let at = 0; at + 2 < content.length; at++) {
    const start = startAt(content, at)
    if (starts[start] !== 1) continue
    for (const { value, bytes } of byStart.get(start)!) {
      if (bytes.equals(content.subarray(at, at + bytes.length))) found.add(value)
    }
  }
  return KIND_MARKS.filter((mark) => found.has(mark))
}
