import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/encoding/json.ts'
import { settleCheck } from '../../src/exchange/check.ts'
import { explainCheck } from '../../src/exchange/explain-check.ts'
import { createSchemas } from '../../src/exchange/rule-sets/rules-in-force.ts'
import type { Language } from '../../src/model/language.ts'
import { decide } from '../../src/policy/decide.ts'
import type { PolicyText } from '../../src/policy/files/load.ts'
import { advise } from '../../src/policy/questions/advise.ts'
import { load } from './duty-context.ts'
import { dutySet, mutateSet, report } from './duty-set.ts'

const AT = '2026-11-22T10:00:00.000Z'

function explain(
  texts: readonly PolicyText[],
  body: Json,
  language: Language = 'en',
  submittedBy?: string,
): readonly string[] {
  const set = load(texts)
  const request = createSchemas(set).parseCheck(body)
  const question = settleCheck(set, 'politie', request, AT).question
  const decision = decide(set, question)
  const receipt = { leafIndex: 0, record: '', proof: '' }
  const answer = { decision, ...advise(set, question), receipt }
  return explainCheck(set, 'politie', request, answer, language, submittedBy)
}

/** A second basis that only works for another fact. */
const withSecondBasis = (): readonly PolicyText[] => {
  const law = dutySet().find(({ path }) => path.endsWith('wet-a.yaml'))!.text
  const second = law
    .replaceAll('wet-a', 'wet-b')
    .replaceAll('Wet A', 'Wet B')
    .replaceAll('    als: [politietaak]\n', '')
  const cases = second.slice(0, second.indexOf('    - naam: Mag niet'))
  return [...dutySet(), { path: 'policies/wet-b.yaml', text: cases }]
}

describe('a check in sentences', () => {
  test('the explanation of a check names the other legal basis that would let more pass, and not one that lets no more', () => {
    const asked = report('registratie', { circumstances: {} })
    expect(explain(withSecondBasis(), asked)).toContain('On the legal basis `wet-b` (Wet B): released in part.')
    const sentences = explain(withSecondBasis(), report('registratie'))
    expect(sentences.filter((sentence) => sentence.includes('legal basis `wet-'))).toEqual([])
  })

  test('the explanation of a check warns when too few people could approve', () => {
    const warning = 'Too few people of your organisation can approve this now; ask the operator for `exchange:approve`.'
    expect(explain(dutySet(), report('zorg'))).not.toContain(warning)
    const texts = mutateSet('partijen', 'toegang: ["exchange:approve"]', 'toegang: ["exchange:check"]')
    expect(explain(texts, report('zorg'))).toContain(warning)
    expect(explain(texts, report('opvang'))).not.toContain(warning)
    // A person who submits is one of the three; the system is not, nor is anybody twice.
    expect(explain(texts, report('zorg'), 'en', 'politie.teamleider-1')).toContain(warning)
    expect(explain(texts, report('zorg'), 'en', 'politie.teamleider-2')).not.toContain(warning)
  })

  test('the explanation of a check distinguishes several data subjects by their role', () => {
    const [one] = Object(report('registratie')).dataSubjects
    const sentences = explain(
      dutySet(),
      { ...Object(report('registratie')), dataSubjects: [one, { ...one, circumstances: {} }] },
      'nl',
    )
    expect(sentences).toContain(
      'Betrokkene 1 (Slachtoffer): Zou worden verstrekt: Nationaliteit. Mag van de wet (Wet A art. 1).',
    )
    expect(sentences.some((sentence) => sentence.startsWith('Betrokkene 2 (Slachtoffer): Na te gaan: '))).toBe(true)
  })

  test('the explanation of a check repeats no value of the request', () => {
    expect(explain(dutySet(), report('registratie')).join('\n')).not.toMatch(/Voorbeeld|1985|NG\b/)
  })
})
