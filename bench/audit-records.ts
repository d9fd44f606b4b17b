import { formatExchangeRecord } from '../src/audit/record/exchange.ts'
import { readPolicyFolder } from '../src/boot/policy-folder.ts'
import { newId } from '../src/encoding/uuid.ts'
import type { Decision, Question } from '../src/model/decision.ts'
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
      circumstances: { 'verwerkt-onder-wpg-8': true, 'korter-dan-een-jaar-verwerkt': true },
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

/** One for which no rule of any legal basis exists. */
const { legalBasis: _, ...undeclared } = question
const refused: Question = { ...undeclared, recipient: 'fairwork', purpose: 'herstelbemiddeling' }

/**
 * Makes records of exchanges as the pipeline writes them, each with ids, commitments and a nonce of its own.
 * @returns a function that makes so many, either all passed or every other one refused for want of a legal basis
 */
export function createRecordMaker(): (count: number, which?: 'passed' | 'every-other-refused') => readonly string[] {
  const loaded = loadPolicySet(readPolicyFolder('policies'))
  if (!loaded.ok) throw new Error('the rule files have faults')
  const [passing, refusal] = [question, refused].map((asked) => ({
    question: asked,
    decision: decide(loaded.set, asked),
  })) as [Decided, Decided]
  return (count, which = 'passed') =>
    Array.from({ length: count }, (_, index) => {
      const isRefused = which === 'every-other-refused' && index % 2 === 1
      return formatExchangeRecord({
        type: 'exchange',
        ...(isRefused ? refusal : passing),
        id: newId(new Date(), random),
        kind: 'melding',
        reference: random(32),
        ...(!isRefused && { sealed: random(32) }),
        payload: random(32),
        subjectCommitments: new Map([[0, random(32)]]),
        nonce: random(16),
      })
    })
}

interface Decided {
  readonly question: Question
  readonly decision: Decision
}

/** Records made beforehand, so that making them is not measured. */
export const createAuditRecords = (count: number): readonly string[] => createRecordMaker()(count)
