import { expect, test } from 'vitest'
import type { Question, SubjectQuestion } from '../../src/model/decision.ts'
import { decide } from '../../src/policy/decide.ts'
import { loadSmall, ruleFile, SENTENCE } from './small-set.ts'

/** A basis for consent, one for an assessment, and a secrecy that refuses unless the representative agrees. */
const set = loadSmall(
  ruleFile(
    'grondslag',
    'wet-a',
    `  - {id: een, als: [toestemming], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}
  - {id: twee, over: [verdachte], beoordeling: [noodzaak], gegevens: {verstrekken: [land]}, uitleg: ${SENTENCE}}
`,
  ),
  ruleFile(
    'verbod',
    'verbod-a',
    `  - {id: geheim, als: [minderjarig], verbiedt: [land], uitkomst: weigeren, tenzij: [{als: [politietaak]}], uitleg: ${SENTENCE}}\n`,
  ),
)
const person = (
  circumstances: SubjectQuestion['circumstances'],
  role = 'slachtoffer',
  assessments: readonly string[] = [],
): SubjectQuestion => ({ role, circumstances, assessments, fields: ['land'] })
const ask = (...dataSubjects: readonly SubjectQuestion[]): Question => ({
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'registratie',
  legalBasis: 'wet-a',
  at: '2024-06-01T12:00:00Z',
  dataSubjects,
})

test.each<[string, readonly SubjectQuestion[], string]>([
  ['no ground, and unknown whether the secrecy applies', [person({})], 'geen-grondslag'],
  ['no ground, and no secrecy', [person({ minderjarig: false })], 'geen-grondslag'],
  ['no ground, and a secrecy that applies', [person({ minderjarig: true })], 'verbod'],
  ['no ground, and a secrecy that is lifted', [person({ minderjarig: true, politietaak: true })], 'geen-grondslag'],
  ['a ground, and unknown whether the secrecy applies', [person({ toestemming: true })], 'verbod'],
  ['an assessment is missing, and unknown whether the secrecy applies', [person({}, 'verdachte')], 'verbod'],
  ['an assessment is missing, and no secrecy', [person({ minderjarig: false }, 'verdachte')], 'beoordeling-ontbreekt'],
  ['two persons without a ground, and unknown whether it applies', [person({}), person({})], 'geen-grondslag'],
  [
    'one person without a ground and maybe secret stops another whose data could pass',
    [person({}), person({ toestemming: true, minderjarig: false })],
    'verbod',
  ],
  ['one person without a ground, and one whose secrecy applies', [person({}), person({ minderjarig: true })], 'verbod'],
])('the reason of a refusal is told apart: %s', (_, subjects, reason) => {
  expect(decide(set, ask(...subjects))).toMatchObject({ outcome: 'geweigerd', reason })
})
