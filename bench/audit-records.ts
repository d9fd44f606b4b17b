import { formatExchangeRecord } from '../src/audit/record/exchange.ts'
import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import { newId } from '../src/encoding/uuid.ts'
import type { Question } from '../src/model/decision.ts'
import { decide } from '../src/policy/decide.ts'
import { loadPolicySet } from '../src/policy/files/load.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** The question behind a report of the police to CoMensha (`reports.ts`). */
const question: Question = {
  sender: 'politie',
  recipient: 'comensha',
  purpose: 'registratie-mensenhandel',
  legalBasis: 'wpg-bpg-4-2-comensha',
  at: '2026-11-22T10:00:00.000Z',
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: { 'verwerkt-onder-wpg-8': true },
      assessments: ['noodzaak'],
      fields: [
        'achternaam',
        'geboortedatum',
        'geslacht',
        'nationaliteit',
        'plaats-delict',
        'uitbuitingsvorm',
        'voornaam',
        'wervingsland',
      ],
    },
  ],
}

/**
 * Records of exchanges as the pipeline writes them, each with ids, commitments and a nonce of its own; made beforehand, so that
 * making them is not measured.
 */
export function createAuditRecords(count: number): readonly string[] {
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the rule files have faults')
  const decision = decide(loaded.set, question)
  return Array.from({ length: count }, () =>
    formatExchangeRecord({
      type: 'exchange',
      question,
      decision,
      id: newId(new Date(), random),
      kind: 'melding',
      reference: random(32),
      sealed: random(32),
      payload: random(32),
      subjectCommitments: new Map([[0, random(32)]]),
      nonce: random(16),
    }),
  )
}
