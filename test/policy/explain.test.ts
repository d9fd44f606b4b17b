import { describe, expect, test } from 'vitest'
import type { Question, SubjectQuestion } from '../../src/model/decision.ts'
import type { Language } from '../../src/model/language.ts'
import { decide } from '../../src/policy/decide.ts'
import { explainDecision } from '../../src/policy/explain.ts'
import { loadSmall, ruleFile, SENTENCE } from './small-set.ts'

const rules = `  - {id: een, als: [politietaak], beoordeling: [noodzaak], gegevens: {verstrekken: [land], generaliseren: {geboren: geboortejaar}, koppelen: [naam]}, plichten: [{soort: bewaartermijn, dagen: 30, voor: ontvanger, grond: Wet art. 3}], uitleg: ${SENTENCE}}\n`
const bans = `  - {id: p, als: [minderjarig], verbiedt: [vorm], uitkomst: weigeren, uitleg: {nl: Te jong., en: Too young.}}\n`
const set = loadSmall(ruleFile('grondslag', 'wet-a', rules), ruleFile('verbod', 'verbod-z', bans))

const explain = (subject: Partial<SubjectQuestion>, language: Language, more: readonly SubjectQuestion[] = []) => {
  const base: SubjectQuestion = {
    role: 'slachtoffer',
    circumstances: { politietaak: true, minderjarig: false },
    assessments: ['noodzaak'],
    fields: ['land', 'geboren', 'naam'],
  }
  const question: Question = {
    sender: 'politie',
    recipient: 'opvanghuis',
    purpose: 'opvang',
    legalBasis: 'wet-a',
    at: '2024-06-01T12:00:00Z',
    dataSubjects: [{ ...base, ...subject }, ...more],
  }
  return explainDecision(set, question, decide(set, question), language)
}

describe('a decision in sentences', () => {
  test('an explanation states in Dutch what was asked, what happens to each field, why, and with which duties', () => {
    expect(explain({}, 'nl')).toEqual([
      'Politie wil gegevens over slachtoffer aan Opvanghuis geven, met als doel: Opvang.',
      'De opgegeven grondslag is: Titel van wet-a.',
      'Beoordeeld naar het recht van 1 juni 2024.',
      'Dit mag gedeeltelijk: niet alles wat is gevraagd, wordt verstrekt.',
      'Opgegeven: Uit de politietaak; niet: De persoon is minderjarig; verklaard: Noodzaak gewogen.',
      'Verstrekt: Land. Omdat. (Wet wet-a)',
      'Grover verstrekt: Geboren (geboortejaar). Omdat. (Wet wet-a)',
      'Alleen gekoppeld: Naam. Wordt niet verstrekt: dient alleen om binnen Sluis de persoon te herkennen (Wet wet-a).',
      'Daarbij horen deze plichten:',
      '- De ontvanger: Bewaartermijn, hooguit 30 dagen (Wet art. 3)',
    ])
  })

  test.each<readonly [string, Partial<SubjectQuestion>, string]>([
    ['a missing assessment', { assessments: [] }, 'Not allowed yet: a person must first declare an assessment.'],
    ['no legal basis', { circumstances: {} }, 'Not allowed: no rule provides a legal basis.'],
    [
      'a prohibition',
      { circumstances: { minderjarig: true }, fields: ['vorm'] },
      'Not allowed: a prohibition applies.',
    ],
  ])('an explanation states in English that it is refused for %s', (_, subject, sentence) => {
    expect(explain(subject, 'en')).toContain(sentence)
  })

  test.each([
    ['before', '2019-12-31T12:00:00Z', 'de regels hiervoor gelden vanaf 1 januari 2020'],
    ['after', '2024-01-01T12:00:00Z', 'de regels hiervoor golden tot 1 januari 2024'],
  ])('an explanation says that there is no text for a day %s that of the rules', (_, at, sentence) => {
    const validity = 'geldig: {vanaf: 2020-01-01, tot: 2024-01-01}'
    const dated = loadSmall(ruleFile('grondslag', 'wet-a', rules.replace('gegevens:', `${validity}, gegevens:`)))
    const question: Question = {
      sender: 'politie',
      recipient: 'opvanghuis',
      purpose: 'opvang',
      at,
      dataSubjects: [{ role: 'slachtoffer', circumstances: {}, assessments: [], fields: ['land'] }],
    }
    const line = `Voor deze dag is er geen tekst in: Titel van wet-a; ${sentence}.`
    expect(explainDecision(dated, question, decide(dated, question), 'nl')).toContain(line)
    const within = { ...question, at: '2020-01-01T12:00:00Z' }
    expect(explainDecision(dated, within, decide(dated, within), 'nl').join(' ')).not.toContain('geen tekst')
  })

  test('an explanation asks what it still depends on, and states nothing about duties when refused', () => {
    const sentences = explain({ assessments: [] }, 'nl')
    expect(sentences).toContain('Wat er kan, hangt nog af van:')
    expect(sentences.join('\n')).toContain('hangt af van een vraag: Is het nodig? Ja: Dan verstrekt: Land.')
    expect(sentences.join('\n')).not.toContain('plichten')
  })

  test('an explanation keeps persons apart', () => {
    const other = { role: 'verdachte', circumstances: {}, assessments: [], fields: ['land'] }
    expect(explain({}, 'en', [other])).toContain('Data subject 2 (Suspect):')
  })
})
