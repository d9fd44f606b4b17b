import { describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { faultsOf, loadSmall, ruleFile, VOCABULARY, words } from '../small-set.ts'

const RULE = `  - id: r1
    als: [minderjarig]
    beoordeling: [belang]
    gegevens: {verstrekken: [land]}
    uitleg: {nl: Omdat., en: Because.}
`
const law = ruleFile('grondslag', 'wet-a', RULE)

/** The faults of the set when its vocabulary is written otherwise. */
function faultsWith(from: string, to: string): readonly string[] {
  expect(VOCABULARY).toContain(from)
  return faultsOf(
    [...words, law].map(({ path, text }) => ({
      path,
      text: path.endsWith('woordenlijst.yaml') ? text.replace(from, to) : text,
    })),
  )
}

const ASKED = ', vraag: {nl: "Is de persoon minderjarig?", en: "Is the person a minor?"}'
const KNOWN = ', weet: [afzender, betrokkene]'

describe('how to ask about a word', () => {
  test('a word has its question and who can know the answer', () => {
    expect(loadSmall(law).vocabulary.circumstances.get('minderjarig')).toMatchObject({
      question: { nl: 'Is de persoon minderjarig?', en: 'Is the person a minor?' },
      knownBy: ['afzender', 'betrokkene'],
    })
  })

  test.each([
    [
      'no question',
      ASKED,
      '',
      /^policies\/woordenlijst\.yaml:12:3: een regel vraagt naar `minderjarig`, en de sleutel `vraag` ontbreekt; /,
    ],
    [
      'nobody who knows it',
      KNOWN,
      '',
      /^policies\/woordenlijst\.yaml:12:3: een regel vraagt naar `minderjarig`, en de sleutel `weet` ontbreekt; /,
    ],
    ['an unknown knower', KNOWN, ', weet: [afzendr]', /`afzendr` bestaat niet; bedoelde u `afzender`\?/],
    ['a list without knowers', KNOWN, ', weet: []', /de lijst is leeg/],
    ['a question in one language', ASKED, ', vraag: {nl: "Is de persoon minderjarig?"}', /sleutel `en` ontbreekt/],
    ['a short form in one language', KNOWN, `${KNOWN}, kort: {nl: "als minderjarige"}`, /sleutel `en` ontbreekt/],
    ['a question without a text', ASKED, ', vraag: {nl: "", en: "x"}', /woordenlijst\.yaml:12:/],
    [
      'an assessment without a question',
      ', vraag: {nl: "Is het belang gewogen?", en: "Was the interest weighed?"}',
      '',
      /een regel vraagt naar `belang`/,
    ],
  ])('%s is a fault at its place', (_, from, to, fault) => {
    const faults = faultsWith(from, to)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(fault)
  })

  test('a word that no rule asks needs neither', () => {
    expect(
      faultsWith(', vraag: {nl: "Is toestemming gegeven?", en: "Was consent given?"}, weet: [betrokkene]', ''),
    ).toEqual([])
  })

  test('every word that the shipped rules ask is a question in both languages', () => {
    const loaded = loadPolicySet(readPolicyFolder('policies'))
    const { circumstances, assessments } = loaded.ok ? loaded.set.vocabulary : loadSmall().vocabulary
    const asked = [...circumstances.values(), ...assessments.values()].filter(({ question }) => question)
    expect(asked.length).toBeGreaterThan(70)
    for (const { question, knownBy } of asked) {
      expect([question!.nl.endsWith('?'), question!.en.endsWith('?'), knownBy!.length > 0]).toEqual([true, true, true])
    }
  })
})
