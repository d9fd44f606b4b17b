import type { SubjectDecision } from '../model/decision.ts'
import type { Language } from '../model/language.ts'
import type { Duty } from '../model/rule.ts'
import {
  capitalised,
  describeTreatment,
  explainOutcome,
  OUTCOME_WORDS,
  REFUSES_ALL,
  withLevel,
} from '../model/treatment-words.ts'
import { amountPassing } from '../policy/amount-passing.ts'
import { canBeApproved, peopleNeeded } from '../policy/clients.ts'
import { listOptions } from '../policy/decide.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import { sentencesBehind } from '../policy/sentences.ts'
import type { CheckRequest } from '../report/submission.ts'
import { type CheckAnswer, settleCheck } from './check.ts'

/**
 * Explains a check in sentences for somebody who hesitates: what would happen to each field and why, what is worth finding out
 * and what each answer would do, under which conditions more would pass, which other legal basis would work, which duties apply,
 * and whom to ask.
 *
 * @param submittedBy client id of the person who would submit; absent when the party's own system would
 */
export function explainCheck(
  policySet: PolicySet,
  sender: string,
  request: CheckRequest,
  answer: CheckAnswer,
  language: Language,
  submittedBy?: string,
): readonly string[] {
  const { decision, options } = answer
  const words = WORDS[language]
  const isOneOfMany = decision.dataSubjects.length > 1
  const { legalBasis: declared, ...open } = request
  const bases = options ?? listOptions(policySet, settleCheck(policySet, sender, open, decision.at).question)
  const party = policySet.parties.get(sender)
  const contact = party?.contact
  return [
    `${explainOutcome(decision.outcome, decision.reason, language)} ${words.nothingSent}`,
    ...decision.dataSubjects.flatMap((subject, index) => {
      const role = request.dataSubjects[index]!.role
      const label = policySet.vocabulary.roles.get(role)?.label[language] ?? role
      const before = isOneOfMany ? `${words.subject} ${index + 1} (${label}): ` : ''
      return [
        ...explainFields(policySet, subject, language),
        ...sentencesBehind(subject, language),
        ...explainQuestions(answer, index, language),
      ].map((sentence) => before + sentence)
    }),
    // A basis on which nothing more needs to be known is named below.
    ...answer.plans.filter(({ statements }) => statements.length > 0).map(({ sentence }) => sentence[language]),
    ...(answer.note ? [answer.note[language]] : []),
    ...bases
      .filter(
        ({ legalBasis, decision: other }) =>
          legalBasis !== declared && (declared === undefined || amountPassing(other) > amountPassing(decision)),
      )
      .map(({ legalBasis, decision: other }) => {
        const title = policySet.files.find(({ id }) => id === legalBasis)?.title ?? legalBasis
        return `${words.basis} \`${legalBasis}\` (${title}): ${OUTCOME_WORDS[language][other.outcome]}.`
      }),
    ...decision.duties
      .filter((duty) => duty.for === 'afzender' || duty.kind === 'vier-ogen')
      .map((duty) => {
        const label = policySet.vocabulary.duties.get(duty.kind)?.label[language] ?? duty.kind
        return `${words.duty}: ${label}${extent(duty, language)}${duty.citation === undefined ? '' : ` (${duty.citation})`}.`
      }),
    ...(decision.outcome === 'in-afwachting' && !canBeApproved(party, peopleNeeded(decision.duties), submittedBy)
      ? [words.tooFewApprovers]
      : []),
    ...(contact ? [`${words.ask}: ${withoutStop(contact[language])}.`] : []),
  ]
}

/** One sentence for the fields with the same treatment for the same reason. */
function explainFields(policySet: PolicySet, { fields }: SubjectDecision, language: Language): readonly string[] {
  const groups = Map.groupBy(fields, (field) =>
    JSON.stringify([field.release, field.link, field.citation, field.sentence[language]]),
  )
  return [...groups.values()].map((group) => {
    const { release, link, sentence, citation } = group[0]!
    const names = group.map(({ field, level }) =>
      withLevel(policySet.vocabulary.fields.get(field)?.label[language] ?? field, level),
    )
    const treatment = capitalised(describeTreatment({ release, link }, language, 'would'))
    const consequence = release === 'weigeren' ? `, ${REFUSES_ALL[language]}` : ''
    const why = sentence[language].trim()
    const ground = citation === undefined || why.includes(citation) ? '' : ` (${citation})`
    return `${treatment}${consequence}: ${names.join(', ')}. ${withoutStop(why)}${ground}.`
  })
}

/** The number of a duty, when it has one. */
function extent({ retentionDays, keepLogDays, people }: Duty, language: Language): string {
  const words = WORDS[language]
  if (retentionDays !== undefined) return `, ${words.atMost} ${retentionDays} ${words.days}`
  if (keepLogDays !== undefined) return `, ${words.atLeast} ${keepLogDays} ${words.days}`
  return people === undefined ? '' : `, ${people} ${words.people}`
}

/** What is worth finding out about one data subject, with both answers, and what no answer gives. */
function explainQuestions(
  { openQuestions, unreachable }: CheckAnswer,
  dataSubject: number,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const isAbout = (one: { readonly dataSubject: number }) => one.dataSubject === dataSubject
  return [
    ...openQuestions
      .filter(isAbout)
      .map(
        ({ question, yes, no }) =>
          `${words.findOut}: ${question[language]} ${words.yes}: ${yes.sentence[language]} ${words.no}: ${no.sentence[language]}`,
      ),
    ...unreachable.filter(isAbout).map(({ sentence }) => sentence[language]),
  ]
}

const withoutStop = (sentence: string): string => sentence.trim().replace(/\.$/, '')

const WORDS = {
  nl: {
    nothingSent: 'Er is niets verzonden.',
    subject: 'Betrokkene',
    findOut: 'Na te gaan',
    yes: 'Is het antwoord ja',
    no: 'Is het antwoord nee',
    basis: 'Op de grondslag',
    duty: 'Uw plicht',
    atMost: 'hoogstens',
    atLeast: 'ten minste',
    days: 'dagen',
    people: 'personen',
    tooFewApprovers:
      'Bij uw organisatie zijn nu te weinig mensen die dit kunnen goedkeuren; vraag de beheerder om `exchange:approve`.',
    ask: 'Twijfelt u? Vraag het aan',
  },
  en: {
    nothingSent: 'Nothing has been sent.',
    subject: 'Data subject',
    findOut: 'To find out',
    yes: 'If the answer is yes',
    no: 'If the answer is no',
    basis: 'On the legal basis',
    duty: 'Your duty',
    atMost: 'at most',
    atLeast: 'at least',
    days: 'days',
    people: 'people',
    tooFewApprovers:
      'Too few people of your organisation can approve this now; ask the operator for `exchange:approve`.',
    ask: 'In doubt? Ask',
  },
} as const
