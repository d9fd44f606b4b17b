import { throwFaults } from '../../errors.ts'
import type { Question } from '../../model/decision.ts'
import { type Places, placesUnder } from '../../policy/facts/settle.ts'
import { type SettledQuestion, settleQuestion } from '../../policy/facts/settle-question.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { MAX_FAULTS } from '../../report/body-bounds.ts'
import type { Submission } from '../../report/submission.ts'

interface Report {
  readonly sender: string
  readonly submission: Submission
  /** Present when the report is the question who somebody is. */
  readonly asked?: unknown
}

/**
 * The question of a report: its words, without any of its values, and the circumstances that follow from either. Only what was sent
 * counts, so the answer is the same whether or not anybody was known.
 *
 * @throws SluisError `report-contradictory` at both places of each contradiction; `value-invalid` at a date that cannot be
 */
export function settleReport(policySet: PolicySet, request: Report, at: Date): SettledQuestion {
  const { sender, submission } = request
  const settled = settleQuestion(policySet, formQuestion(sender, submission, at), submission.dataSubjects, (index) =>
    placesOf(policySet, request, index),
  )
  throwFaults(settled.faults.slice(0, MAX_FAULTS))
  return settled
}

/** Where the members of a data subject are in the body that was sent. What the gateway established comes from `inReplyTo`. */
function placesOf({ vocabulary }: PolicySet, { submission, asked }: Omit<Report, 'sender'>, index: number): Places {
  const words = vocabulary.gatewayWords?.identityQuestion
  // The body of a question is about one data subject and has its members at the top.
  const usual = placesUnder(asked ? '' : `/dataSubjects/${index}`)
  const established = asked ? words?.askedCircumstance : words?.answeredCircumstance
  const source = asked ? '/dataSubject' : '/inReplyTo'
  return {
    ...usual,
    circumstance: (word) =>
      word === established && submission.inReplyTo !== undefined ? source : usual.circumstance(word),
  }
}

const formQuestion = (sender: string, submission: Submission, at: Date): Question => ({
  sender,
  recipient: submission.recipient,
  purpose: submission.purpose,
  legalBasis: submission.legalBasis,
  at: at.toISOString(),
  dataSubjects: submission.dataSubjects.map((subject) => ({
    role: subject.role,
    circumstances: subject.circumstances,
    assessments: subject.assessments.map(({ word }) => word),
    fields: Object.keys(subject.data),
  })),
})
