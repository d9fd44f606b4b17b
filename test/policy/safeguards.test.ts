import { describe, expect, test } from 'vitest'
import type { Question, SubjectQuestion } from '../../src/model/decision.ts'
import { runCases } from '../../src/policy/analysis/cases.ts'
import { decide } from '../../src/policy/decide.ts'
import { faultsOf, loadSmall, ruleFile, SENTENCE, words } from './small-set.ts'

const permit = `  - id: een
    gegevens: {verstrekken: [land, geboren, plaats, naam], koppelen: [naam, geboren]}
    plichten: [{soort: bewaartermijn, dagen: 90, voor: ontvanger, grond: Wet 1}]
    uitleg: ${SENTENCE}
`
const safeguard = (body: string) => ruleFile('waarborg', 'waarborg-w', `  - {id: w, ${body}, uitleg: ${SENTENCE}}\n`)
const setWith = (body: string) => loadSmall(ruleFile('grondslag', 'wet-a', permit), safeguard(body))

const ask = (subject: Partial<SubjectQuestion> = {}, question: Partial<Question> = {}): Question => ({
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'wet-a',
  at: '2024-06-01T12:00:00Z',
  dataSubjects: [
    { role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['geboren', 'naam', 'land'], ...subject },
  ],
  ...question,
})

const summarise = (body: string, subject: Partial<SubjectQuestion> = {}) =>
  decide(setWith(body), ask(subject))
    .dataSubjects[0]!.fields.map(
      ({ field, release, level, link }) => `${field}=${level ?? release}${link ? '+link' : ''}`,
    )
    .join(' ')

describe('a safeguard', () => {
  test.each([
    ['generaliseren: {geboren: maand}', 'geboren=maand+link naam=verstrekken+link land=verstrekken'],
    ['weglaten: [naam]', 'geboren=verstrekken+link naam=weglaten land=verstrekken'],
    ['weglaten: ["klasse:identificerend"]', 'geboren=weglaten naam=weglaten land=verstrekken'],
    ['alleen-koppelen: [naam]', 'geboren=verstrekken+link naam=weglaten+link land=verstrekken'],
    [
      'generaliseren: {geboren: geboortejaar}, weglaten: [land], alleen-koppelen: [naam]',
      'geboren=geboortejaar+link naam=weglaten+link land=weglaten',
    ],
    ['plichten: [{soort: loggen}]', 'geboren=verstrekken+link naam=verstrekken+link land=verstrekken'],
  ])('a safeguard with %s leaves %s', (body, expected) => {
    expect(summarise(body)).toBe(expected)
  })

  test.each<[string, string, Partial<SubjectQuestion>, boolean]>([
    ['applies when nothing is known', 'als: [minderjarig]', {}, true],
    ['applies when its condition is true', 'als: [minderjarig]', { circumstances: { minderjarig: true } }, true],
    ['does not when it is known to be false', 'als: [minderjarig]', { circumstances: { minderjarig: false } }, false],
    ['does not when `als_niet` is true', 'als_niet: [toestemming]', { circumstances: { toestemming: true } }, false],
    ['does not for another role', 'over: [verdachte]', {}, false],
    ['does not before it is in force', 'geldig: {vanaf: 2025-01-01}', {}, false],
    ['does not when its exception is certain', 'tenzij: [{beoordeling: [belang]}]', { assessments: ['belang'] }, false],
    ['applies when its exception is not', 'tenzij: [{beoordeling: [belang]}]', {}, true],
  ])('a safeguard applies: %s', (_, condition, subject, isApplying) => {
    const [decided] = decide(setWith(`${condition}, weglaten: [land]`), ask(subject)).dataSubjects
    expect(decided!.prohibitions).toEqual(isApplying ? [{ file: 'waarborg-w', rule: 'w' }] : [])
  })

  test('a safeguard never widens what no permit gives', () => {
    expect(summarise('generaliseren: {plaats: land}', { fields: ['vorm', 'plaats'] })).toBe('vorm=weglaten plaats=land')
    expect(summarise('alleen-koppelen: [land]', { fields: ['land'] })).toBe('land=weglaten')
  })

  test('a safeguard is named beside the field that it narrowed', () => {
    const decision = decide(setWith('weglaten: [land]'), ask())
    expect(decision.dataSubjects[0]!.fields[2]).toMatchObject({
      rule: { file: 'waarborg-w', rule: 'w' },
      citation: 'Wet waarborg-w',
    })
    expect(decision.dataSubjects[0]!.nearestMisses).toEqual([])
  })

  test('a safeguard refuses like a prohibition when it leaves nothing', () => {
    const decision = decide(setWith('weglaten: [land]'), ask({ fields: ['land'] }))
    expect(decision).toMatchObject({ outcome: 'geweigerd', reason: 'verbod', duties: [] })
  })

  test('a safeguard states the question on which it depends', () => {
    const [subject] = decide(setWith('als: [minderjarig], weglaten: [land]'), ask()).dataSubjects
    expect(subject!.nearestMisses.map(({ sentence }) => sentence.nl)).toEqual([
      'De waarborg van Wet waarborg-w hangt af van een vraag: Is de persoon minderjarig? Ja: Blijft zoals het nu is: Land. Nee: Dan verstrekt: Land.',
    ])
  })

  test('a safeguard adds its duties to those of the permits, the strictest of each', () => {
    const duties = 'plichten: [{soort: bewaartermijn, dagen: 30, voor: ontvanger, grond: Wet 2}, {soort: vier-ogen}]'
    expect(decide(setWith(duties), ask())).toMatchObject({
      outcome: 'in-afwachting',
      duties: [
        { kind: 'bewaartermijn', for: 'ontvanger', retentionDays: 30, citation: 'Wet 2' },
        { kind: 'vier-ogen', for: 'sluis', people: 2 },
      ],
    })
    expect(decide(setWith(duties), ask({ fields: ['vorm'] }))).toMatchObject({ outcome: 'geweigerd', duties: [] })
  })

  test('a safeguard adds its duties only when a field of its own was requested, if it has any', () => {
    const set = setWith('generaliseren: {plaats: gemeente}, plichten: [{soort: vier-ogen}]')
    expect(decide(set, ask()).outcome).toBe('verstrekt')
    expect(decide(set, ask({ fields: ['land', 'plaats'] })).outcome).toBe('in-afwachting')
  })

  test('a safeguard can be named by a case', () => {
    const cases = `voorbeelden:
  uitgangspunt: {van: politie, naar: opvanghuis, doel: registratie, over: slachtoffer, op: 2024-06-01, gegevens: [land]}
  gevallen:
    - {naam: x, verwacht: {besluit: geweigerd, reden: verbod, regel: w, gegevens: {land: weglaten}}}
`
    const file = ruleFile('waarborg', 'waarborg-w', `  - {id: w, weglaten: [land], uitleg: ${SENTENCE}}\n`, { cases })
    const set = loadSmall(ruleFile('grondslag', 'wet-a', permit), file)
    expect(runCases(set).find(({ name }) => name === 'x')).toMatchObject({ passed: true })
    expect(set.files.map(({ kind }) => kind)).toEqual(['waarborg', 'grondslag'])
  })

  test('a safeguard is part of the policy hash', () => {
    expect(setWith('weglaten: [land]').policyHash).not.toBe(setWith('weglaten: [plaats]').policyHash)
  })

  test.each([
    [
      'als: [minderjarig]',
      'de waarborg doet niets; noem velden onder `generaliseren`, `weglaten` of `alleen-koppelen`, of voeg `plichten` toe',
    ],
    ['weglaten: [land], alleen-koppelen: [land]', 'veld `land` krijgt twee behandelingen; kies één behandeling'],
    ['generaliseren: {land: gemeente}', 'niveau `gemeente` staat niet op de ladder van `land`'],
    ['weglaten: [lnad]', 'veld `lnad` bestaat niet; bedoelde u `land`?'],
    ['gegevens: {verstrekken: [land]}, weglaten: [bsn]', 'onbekende sleutel `gegevens`'],
    ['weglaten: [bsn], koppelen: [naam]', 'onbekende sleutel `koppelen`'],
    ['weglaten: [bsn], tenzij: [{}]', 'een uitzondering zonder voorwaarde heft het verbod op'],
  ])('a safeguard with %s is refused', (body, fault) => {
    expect(faultsOf([...words, ruleFile('grondslag', 'wet-a', permit), safeguard(body)]).join('\n')).toContain(fault)
  })
})
