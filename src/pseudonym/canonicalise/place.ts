import { isUnknownValue } from '../../encoding/unknown-value.ts'
import { accepted, type Canonicalisation, noEvidence, type Refusal, refused } from './outcome.ts'
import { splitWords } from './words.ts'

/**
 * Places that reports write in more than one language, canonical form first: the Dutch cities with two names, and the places
 * abroad that Dutch reports name most, with the name before a change of spelling and the one that Arabic letters give. Deliberately
 * small: any other name is compared as it is written.
 */
const OTHER_NAMES = `
  denhaag sgravenhage thehague
  denbosch shertogenbosch
  antwerpen antwerp anvers
  brussel brussels bruxelles
  luik liege luttich
  london londen londres
  paris parijs
  praha praag prague
  warszawa warschau warsaw
  budapest boedapest
  bucuresti boekarest bucharest
  sofia sofiya sofija
  beograd belgrado belgrade
  chisinau kishinev kisjinev
  kyiv kiev kiiv kiyev kyjiv
  kharkiv kharkov charkov charkiv
  odesa odessa
  lviv lvov lwow lemberg
  dnipro dnipropetrovsk dnepropetrovsk dnjepropetrovsk
  moskva moskou moscow
  damascus damaskus dimashq dmshq
  aleppo halab hlb
  baghdad bagdad bghdad
  cairo kairo alqahirah alqahrh
  addisababa addisabeba
  beijing peking
  hochiminhcity hochiminhstad hochiminh thanhphohochiminh saigon
`

const CANONICAL_NAMES: ReadonlyMap<string, string> = new Map(
  OTHER_NAMES.trim()
    .split('\n')
    .map((line) => line.trim().split(' '))
    .flatMap(([canonical, ...others]) => others.map((other) => [other, canonical!] as const)),
)

/**
 * Place of birth or of stay: its words in Latin letters, joined, so that `Ha Noi` and `Hanoi` are one. Text after a comma or
 * in brackets, mostly a country or province, is dropped. An unknown place is no evidence.
 */
export function canonicalisePlace(value: string): Canonicalisation {
  const line = value.replace(/\s/g, ' ')
  const result = splitWords(line, { hasDigits: true })
  if (!result.ok) return REFUSALS[result.reason]
  // Of a value that splits, every part splits.
  const [name] = line.split(/[,，、،(（[]/u).map((part) => splitWords(part, { hasDigits: true }))
  const joined = [name, result].flatMap((words) => (words?.ok ? [words.words.join('')] : [])).find(hasLetter)
  if (joined === undefined) return withoutLetters
  // Before a comma, as in `Onbekend, Syrië`.
  return isUnknownValue(joined) ? noEvidence : accepted(CANONICAL_NAMES.get(joined) ?? joined)
}

const hasLetter = (text: string): boolean => /\p{L}/u.test(text)

const REFUSALS: Readonly<Record<'foreign-character' | 'too-long', Refusal>> = {
  'foreign-character': refused(
    'bevat een teken dat niet in een plaatsnaam hoort; geef alleen de naam',
    'holds a character that belongs in no name of a place; give the name alone',
  ),
  'too-long': refused(
    'is te lang; geef alleen de plaatsnaam, van hoogstens 200 tekens',
    'is too long; give the name of the place alone, of at most 200 characters',
  ),
}
const withoutLetters = refused(
  'bevat geen letters; laat het veld weg als de plaats onbekend is',
  'holds no letters; leave the field out when the place is unknown',
)
