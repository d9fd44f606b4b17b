import { describe, expect, test } from 'vitest'
import { findWord, nameFiles } from '../../src/policy/find-word.ts'
import { parseQuestion } from '../../src/policy/request.ts'
import { loadSmall, ruleFile } from './small-set.ts'

const RULE =
  '  - {id: een, van: [politie], naar: [opvanghuis], doel: [registratie], over: [slachtoffer], als: [politietaak], gegevens: {verstrekken: [naam, land]}, uitleg: {nl: Omdat., en: Because.}}\n'
const set = loadSmall(ruleFile('grondslag', 'wet-a', RULE), ruleFile('grondslag', 'wet-b', RULE))

describe('a word as people write it', () => {
  const words = new Map([
    ['melder-telefoon', { label: { nl: 'Telefoon van de melder', en: 'Telephone of the reporter' } }],
    ['coordinatie', { label: { nl: 'Coördinatie.', en: 'Coordination' } }],
    ['land', { label: { nl: 'Land', en: 'Country' } }],
    ['streek', { label: { nl: 'Streek', en: 'Land' } }],
    ['een', { label: { nl: 'Zelfde', en: 'One' } }],
    ['twee', { label: { nl: 'Zelfde', en: 'Two' } }],
  ])

  test.each([
    ['melder-telefoon', 'melder-telefoon'],
    ['Melder-Telefoon', 'melder-telefoon'],
    ['melder telefoon', 'melder-telefoon'],
    ['TELEFOON VAN DE MELDER', 'melder-telefoon'],
    ['  Telephone of the reporter ', 'melder-telefoon'],
    ['Coördinatie', 'coordinatie'],
    ['coordinatie.', 'coordinatie'],
    ['land', 'land'],
    ['One', 'een'],
  ])('`%s` is %s', (text, word) => {
    expect(findWord(text, words)).toBe(word)
  })

  test.each([
    ['Land', 'is a label of two words'],
    ['zelfde', 'is a label of two words'],
    ['telefoon', 'is part of a label only'],
    ['', 'is nothing'],
    ['constructor', 'is no word'],
  ])('`%s` is no word: it %s', (text) => {
    expect(findWord(text, words)).toBeUndefined()
  })

  test('a rule file is named by its title', () => {
    expect(findWord('titel van WET-B', nameFiles(set.files))).toBe('wet-b')
  })
})

describe('a question in labels', () => {
  const now = '2026-11-22T10:00:00Z'
  const inWords = {
    sender: 'politie',
    recipient: 'opvanghuis',
    purpose: 'registratie',
    legalBasis: 'wet-a',
    dataSubjects: [
      {
        role: 'slachtoffer',
        circumstances: { politietaak: true },
        assessments: ['noodzaak'],
        fields: ['naam', 'geboren'],
      },
    ],
  }
  const inLabels = {
    sender: 'Police',
    recipient: 'Opvanghuis',
    purpose: 'REGISTRATION',
    legalBasis: 'Titel van wet-a',
    dataSubjects: [
      {
        role: 'Victim',
        circumstances: { 'uit de politietaak': true },
        assessments: ['Necessity weighed'],
        fields: ['Naam', 'born'],
      },
    ],
  }

  test('a question in labels is the question in words', () => {
    expect(parseQuestion(set, inLabels, now)).toEqual(parseQuestion(set, inWords, now))
    expect(parseQuestion(set, inLabels, now)).toMatchObject({ ok: true, question: inWords })
  })

  test('a question in labels is refused when a circumstance is there twice, as word and as label', () => {
    const [subject] = inWords.dataSubjects
    const twice = { ...subject, circumstances: { politietaak: true, 'From the police task': false } }
    expect(parseQuestion(set, { ...inWords, dataSubjects: [twice] }, now)).toMatchObject({
      ok: false,
      faults: [{ pointer: '/dataSubjects/0/circumstances' }],
    })
  })

  test('a question in labels is refused with the nearest word where it means none', () => {
    expect(parseQuestion(set, { ...inLabels, sender: 'Poltie' }, now)).toMatchObject({
      ok: false,
      faults: [{ pointer: '/sender', detail: { en: 'does not know the word `Poltie`; did you mean `politie`?' } }],
    })
  })
})
