import { expect, test } from 'vitest'
import { readPolicyFolder } from '../../../src/boot/policy-folder.ts'
import type { Question, SubjectQuestion } from '../../../src/model/decision.ts'
import { decide } from '../../../src/policy/decide.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { advise } from '../../../src/policy/questions/advise.ts'
import { searchQuestions } from '../../../src/policy/questions/search-questions.ts'

const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the shipped set has faults')
const { set } = loaded

const victim = (
  circumstances: SubjectQuestion['circumstances'] = {},
  fields: readonly string[] = ['voornaam', 'nationaliteit'],
): SubjectQuestion => ({ role: 'slachtoffer', circumstances, assessments: [], fields })

const ask = (question: Partial<Question>): Question => ({
  sender: 'fier',
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'avg-toestemming-comensha',
  at: '2026-11-22T12:00:00Z',
  dataSubjects: [victim()],
  ...question,
})

const OWN = { 'afkomstig-van-opsporingsdienst': false }
const SECRET = { ...OWN, 'onder-medisch-beroepsgeheim': true }
const CONSENTED = {
  ...OWN,
  toestemming: true,
  'toestemming-ingetrokken': false,
  'jonger-dan-16': true,
  'jonger-dan-12': false,
}
const POLICE = ask({
  sender: 'politie',
  legalBasis: 'wpg-bpg-4-2-comensha',
  dataSubjects: [victim({ 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true })],
})

/** Every sentence of the advice about a question, in Dutch. */
function sentencesOf(question: Question, setAside: readonly string[] = []): readonly string[] {
  const { openQuestions, plans, unreachable, note } = advise(set, question, setAside)
  return [
    ...openQuestions.flatMap(({ yes, no }) => [yes.sentence, no.sentence]),
    ...[...plans, ...unreachable].map(({ sentence }) => sentence),
    ...(note ? [note] : []),
  ].map(({ nl }) => nl)
}

const STILL_REFUSED = /Er gaat pas iets door als in de hele uitwisseling niets meer wordt geweigerd\./

test.each([
  [
    'an answer that frees one person says that nothing passes while another is refused',
    ask({ dataSubjects: [victim(CONSENTED), victim(SECRET)] }),
    [],
    /^Dan verstrekt: Voornaam en Nationaliteit\. Er gaat pas iets door als/,
  ],
  [
    'a plan under which persons get different things says who gets what',
    ask({ dataSubjects: [victim({ ...OWN, toestemming: true }), victim(SECRET)] }),
    [],
    /Dan verstrekt \(betrokkene 1\): niets\. Dan verstrekt \(betrokkene 2\): Nationaliteit\.$/,
  ],
  [
    'a plan for another purpose holds only if that really is the purpose',
    ask({
      sender: 'comensha',
      recipient: 'fier',
      purpose: 'terugkoppeling-aan-melder',
      legalBasis: 'avg-terugkoppeling-melder',
      dataSubjects: [victim({}, ['voornaam'])],
    }),
    [],
    /, als het doel werkelijk is: /,
  ],
  [
    'without a rule it is this sender who has no legal basis',
    ask({ dataSubjects: [{ ...victim(), role: 'verdachte' }] }),
    [],
    /op geen enkele grondslag geeft deze afzender dit aan deze ontvanger/,
  ],
  [
    'no plan after a question was set aside is not blamed on the facts',
    POLICE,
    ['noodzaak'],
    /^Er is geen plan zonder wat is overgeslagen: /,
  ],
  [
    'a field that needs what was set aside says so',
    POLICE,
    ['noodzaak'],
    /^Voornaam en Nationaliteit: de regels die dit toestaan, vragen iets wat is overgeslagen, of /,
  ],
  [
    'a refusal that only a question set aside could lift names no prohibition that it does not know',
    ask({ dataSubjects: [victim(SECRET)] }),
    [...set.vocabulary.circumstances.keys(), ...set.vocabulary.assessments.keys()],
    /^Voornaam en Nationaliteit: de regels die dit toestaan, vragen iets wat is overgeslagen, of /,
  ],
] as const)('%s', (_, question, setAside, sentence) => {
  expect(sentencesOf(question, setAside)).toContainEqual(expect.stringMatching(sentence))
})

test('an answer that frees everybody does not say that something is still refused', () => {
  const alone = ask({ dataSubjects: [victim(CONSENTED)] })
  expect(sentencesOf(alone)).toContainEqual(expect.stringMatching(/^Dan verstrekt: Voornaam en Nationaliteit\./))
  expect(sentencesOf(alone).filter((sentence) => STILL_REFUSED.test(sentence))).toEqual([])
})

test('plans and nearest misses of one question are views of one search, and reading them again changes nothing', () => {
  const question = ask({})
  const decision = decide(set, question)
  const advice = advise(set, question)
  const found = searchQuestions(set, question)
  expect(decision.dataSubjects[0]!.nearestMisses).toEqual(decide(set, { ...question }).dataSubjects[0]!.nearestMisses)
  expect(searchQuestions(set, question)).toBe(found)
  expect(advise(set, question)).toEqual(advice)
  expect(searchQuestions(set, question, ['noodzaak'])).not.toBe(found)
})
