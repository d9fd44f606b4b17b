import { describe, expect, it } from 'vitest'
import { checkIdentifiers } from '../../src/exchange/check-identifiers.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { FieldValue } from '../../src/report/submission.ts'
import { faultsOf } from '../report/fault.ts'
import { decisionOf, vocabulary } from '../report/vocabulary.ts'

/** What is checked of data subjects whose fields are all treated the same; `link` names those that feed the pseudonym. */
function check(
  subjects: readonly Readonly<Record<string, FieldValue>>[],
  release: string,
  link: readonly string[] = [],
) {
  const submission = {
    recipient: 'comensha',
    purpose: 'registratie-mensenhandel',
    legalBasis: 'wpg-bpg-4-2-comensha',
    kind: 'melding',
    dataSubjects: subjects.map((data) => ({ role: 'slachtoffer', circumstances: {}, assessments: [], data })),
  }
  const decision: Pick<Decision, 'dataSubjects'> = {
    dataSubjects: subjects.map((data) =>
      decisionOf(Object.fromEntries(Object.keys(data).map((field) => [field, release])), link),
    ),
  }
  return checkIdentifiers(vocabulary, submission, decision as Decision, [...subjects.keys()])
}

describe('checking identifiers', () => {
  it('names the field of every identifier that fails, to the item of a list, and no value', () => {
    const faults = faultsOf(() =>
      check(
        [
          { achternaam: 'Berg' },
          {
            bsn: '999990638',
            aliassen: ['Mo', 'Tony2', 'Noor 🙂'],
            geboortedatum: '1990-02-30',
            iban: 'NL92ABNA0417164300',
            woonadres: { straat: 'Damstraat', postcode: '10115', land: 'NL' },
          },
        ],
        'verstrekken',
      ),
    )
    expect(faults.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'identifier-invalid /dataSubjects/1/data/bsn',
      'identifier-invalid /dataSubjects/1/data/aliassen/1',
      'identifier-invalid /dataSubjects/1/data/aliassen/2',
      'identifier-invalid /dataSubjects/1/data/geboortedatum',
      'identifier-invalid /dataSubjects/1/data/iban',
      'identifier-invalid /dataSubjects/1/data/woonadres',
    ])
    expect(JSON.stringify(faults)).not.toMatch(/Tony|Damstraat|10115|ABNA|999990638|1990/)
  })

  it('looks at what feeds the pseudonym though it stays behind, and at nothing else that does', () => {
    const data = { bsn: '999990638', 'v-nummer': '12' }
    expect(faultsOf(() => check([data], 'weglaten', ['v-nummer'])).map(({ pointer }) => pointer)).toEqual([
      '/dataSubjects/0/data/v-nummer',
    ])
    expect(() => check([data], 'weglaten')).not.toThrow()
  })

  it('accepts what is in order and no evidence', () => {
    expect(() => check([{ geslacht: 'anders', geboorteplaats: 'onbekend' }], 'verstrekken')).not.toThrow()
  })
})
