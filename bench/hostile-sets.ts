import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import { loadPolicySet } from '../src/policy/files/load.ts'
import type { PolicyText } from '../src/policy/policy-set.ts'
import { hostileTexts } from './hostile-texts.ts'

/** Rule sets that cost as much as an officer can make them cost. */
export interface HostileSet {
  readonly name: string
  readonly files: readonly PolicyText[]
  /** Whether it has no faults, so that it can be reviewed. */
  readonly isValid?: boolean
}

/** Almost a mebibyte, the most a file may have. */
const MOST = 1_000_000

const shipped = (): PolicyText[] => readPolicyFolder('policies').filter(({ text }) => !text.startsWith('{'))

function wordsOfShipped() {
  const loaded = loadPolicySet(shipped())
  if (!loaded.ok) throw new Error('the rule files have faults')
  return { parties: [...loaded.set.parties.keys()], purposes: [...loaded.set.vocabulary.purposes.keys()] }
}

/** A permit with conditions and a duty of its own. */
const overlapping = (number: number) => `  - id: regel-${number}
    van: [politie]
    naar: [comensha]
    doel: [registratie-mensenhandel]
    over: [slachtoffer]
    als: [${CIRCUMSTANCES[number % CIRCUMSTANCES.length]}]
    ten_minste_een_van: [${CIRCUMSTANCES.filter((_, index) => index % 3 === number % 3 && index !== number % CIRCUMSTANCES.length).join(', ')}]
    gegevens:
      verstrekken: [voornaam, achternaam, geslacht, nationaliteit, uitbuitingsvorm]
      koppelen: [achternaam, geboortedatum]
    plichten:
      - {soort: bewaartermijn, voor: ontvanger, dagen: ${number + 1}}
    uitleg: {nl: Regel ${number}., en: Rule ${number}.}
`
const CIRCUMSTANCES = Array.from({ length: 24 }, (_, number) => `omstandigheid-${number}`)

const FILE = (rules: string) => `soort: grondslag
id: overlap
titel: Overlap
grond: Wpg art. 19
bronnen:
  - {citeer: Wpg art. 19, url: "https://example.org/wet", geldend: 2020-01-01, samenvatting: Kort}
geldig: {vanaf: 2020-01-01}
toelichting: Regels die elkaar overlappen.
regels:
${rules}voorbeelden:
  uitgangspunt: {van: politie, naar: comensha, doel: registratie-mensenhandel, over: slachtoffer, op: 2026-11-22, gegevens: [voornaam]}
  gevallen:
    - {naam: Niets bekend, verwacht: {besluit: geweigerd}}
`

/** The shipped set with more words for circumstances. */
function withCircumstances(files: readonly PolicyText[], words: readonly string[]): PolicyText[] {
  const lines = words
    .map(
      (word) =>
        `  ${word}: {nl: "De ${word} doet zich voor.", en: "The ${word} applies.", vraag: {nl: "Doet de ${word} zich voor?", en: "Does the ${word} apply?"}, weet: [afzender]}\n`,
    )
    .join('')
  return files.map((file) =>
    file.path.endsWith('woordenlijst.yaml')
      ? { ...file, text: file.text.replace('omstandigheden:\n', `omstandigheden:\n${lines}`) }
      : file,
  )
}

/** Parties that receive or send, purposes and roles: each rule has a part of each that others have in part. */
const partOf = (words: readonly string[], number: number) =>
  words.filter((_, index) => index === 0 || (index * 7 + number * 3) % 5 < 3).join(', ')

const crossing = (words: { parties: readonly string[]; purposes: readonly string[] }) => (number: number) =>
  overlapping(number)
    .replace('van: [politie]', `van: [${partOf(words.parties, number)}]`)
    .replace('naar: [comensha]', `naar: [${partOf(words.parties.toReversed(), number + 1)}]`)
    .replace('doel: [registratie-mensenhandel]', `doel: [${partOf(words.purposes, number + 2)}]`)

const overlap = (count: number, form = overlapping): PolicyText[] => [
  ...withCircumstances(shipped(), CIRCUMSTANCES),
  {
    path: 'policies/overlap.yaml',
    text: FILE(Array.from({ length: count }, (_, number) => form(number)).join('')),
  },
]

/** As many as a vocabulary may still get beside the shipped words, and as many as a list may have. */
const [KNOWN, UNKNOWN] = [140, 500]
const longWords = (count: number, form: string) =>
  Array.from({ length: count }, (_, number) => `zeer-lang-${form}-woord-voor-een-omstandigheid-nummer-${number}`)
const known = longWords(KNOWN, 'bekend')
const unknown = longWords(UNKNOWN, 'bkeend')

/** Every set, made when it is asked for. */
export function* hostileSets(): Generator<HostileSet> {
  yield { name: 'shipped rule set again', files: [...shipped(), EXTRA], isValid: true }
  for (const count of [4, 12]) yield { name: `${count} overlapping rules`, files: overlap(count), isValid: true }
  yield { name: '12 rules that overlap in part', files: overlap(12, crossing(wordsOfShipped())), isValid: true }
  yield {
    name: `${UNKNOWN} unknown words near ${KNOWN} known ones`,
    files: [
      ...withCircumstances(shipped(), known),
      {
        path: 'policies/overlap.yaml',
        text: FILE(
          overlapping(0)
            .replace(/als: .*/, `als: [${unknown.join(', ')}]`)
            .replace(/ {4}ten_minste.*\n/, ''),
        ),
      },
    ],
  }
  const words = shipped().filter(({ path }) => /(woordenlijst|partijen)\.yaml$/.test(path))
  for (const [name, text] of Object.entries(hostileTexts(MOST)))
    yield { name, files: [...words, { path: 'policies/vijandig.yaml', text }] }
}

const EXTRA = {
  path: 'policies/overlap.yaml',
  text: FILE(
    overlapping(0)
      .replace(/als: .*/, 'als: [verwerkt-onder-wpg-8]')
      .replace(/ {4}ten_minste.*\n/, '    beoordeling: [noodzaak]\n'),
  ),
}
