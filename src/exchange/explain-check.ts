import type { Decision, FieldDecision, SubjectDecision } from '../model/decision.ts'
import type { Language } from '../model/language.ts'
import type { Duty } from '../model/rule.ts'
import { listApprovers } from '../policy/clients.ts'
import { listOptions } from '../policy/decide.ts'
import type { PolicySet } from '../policy/policy-set.ts'
import type { CheckRequest } from '../report/submission.ts'
import { type CheckAnswer, formCheckQuestion } from './check.ts'
import { approvalsNeeded } from './retention.ts'

/**
 * A check for somebody who hesitates, in sentences: what would happen to each field and why, which stated circumstance or
 * assessment would let more pass, which other legal basis would work, what comes with it, and whom to ask.
 */
export function explainCheck(
  policySet: PolicySet,
  sender: string,
  request: CheckRequest,
  { decision, options }: CheckAnswer,
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const isOneOfMany = decision.dataSubjects.length > 1
  const { legalBasis: declared, ...open } = request
  const bases = options ?? listOptions(policySet, formCheckQuestion(sender, open, decision.at))
  const party = policySet.parties.get(sender)
  const approvers = party ? listApprovers(party).length : 0
  const contact = party?.contact
  return [
    words.outcome[decision.outcome],
    ...(decision.reason ? [words.reason[decision.reason]] : []),
    ...decision.dataSubjects.flatMap((subject, index) => {
      const role = request.dataSubjects[index]!.role
      const label = policySet.vocabulary.roles.get(role)?.label[language] ?? role
      const before = isOneOfMany ? `${words.subject} ${index + 1} (${label}): ` : ''
      return [...explainFields(policySet, subject, language), ...explainMisses(subject, language)].map(
        (sentence) => before + sentence,
      )
    }),
    ...bases
      .filter(
        ({ legalBasis, decision: other }) =>
          legalBasis !== declared && (declared === undefined || lets(other) > lets(decision)),
      )
      .map(({ legalBasis, decision: other }) => {
        const title = policySet.files.find(({ id }) => id === legalBasis)?.title ?? legalBasis
        return `${words.basis[other.outcome]} \`${legalBasis}\` (${title}).`
      }),
    ...decision.duties
      .filter((duty) => duty.for === 'afzender' || duty.kind === 'vier-ogen')
      .map((duty) => {
        const label = policySet.vocabulary.duties.get(duty.kind)?.label[language] ?? duty.kind
        return `${words.duty}: ${label}${extent(duty, language)}${duty.citation === undefined ? '' : ` (${duty.citation})`}.`
      }),
    ...(decision.outcome === 'in-afwachting' && approvers < approvalsNeeded(decision.duties)
      ? [words.tooFewApprovers]
      : []),
    ...(contact ? [`${words.ask}: ${withoutStop(contact[language])}.`] : []),
  ]
}

/** One sentence for the fields that are treated alike for the same reason. */
function explainFields(policySet: PolicySet, { fields }: SubjectDecision, language: Language): readonly string[] {
  const groups = Map.groupBy(fields, (field) =>
    JSON.stringify([field.release, field.level, field.link, field.citation, field.sentence[language]]),
  )
  return [...groups.values()].map((group) => {
    const [first] = group
    const names = group.map(({ field }) => policySet.vocabulary.fields.get(field)?.label[language] ?? field).join(', ')
    const why = first!.sentence[language].trim()
    const ground = first!.citation === undefined || why.includes(first!.citation) ? '' : ` (${first!.citation})`
    return `${treatment(first!, language)}: ${names}. ${withoutStop(why)}${ground}.`
  })
}

/** The number of a duty, when it has one. */
function extent({ retentionDays, keepLogDays, people }: Duty, language: Language): string {
  const words = WORDS[language]
  if (retentionDays !== undefined) return `, ${words.atMost} ${retentionDays} ${words.days}`
  if (keepLogDays !== undefined) return `, ${words.atLeast} ${keepLogDays} ${words.days}`
  return people === undefined ? '' : `, ${people} ${words.people}`
}

function treatment({ release, level, link }: FieldDecision, language: Language): string {
  const words = WORDS[language].release
  if (release === 'generaliseren') return `${words.generaliseren} ${level}`
  return release === 'weglaten' && link ? words.linkOnly : words[release]
}

function explainMisses({ nearestMisses }: SubjectDecision, language: Language): readonly string[] {
  const sentences = new Set(nearestMisses.map(({ sentence }) => sentence[language].trim()))
  return [...sentences].map((sentence) => `${WORDS[language].wouldHelp}: ${sentence}`)
}

/** How much passes: whole values count for more than generalised ones. */
const lets = ({ outcome, dataSubjects }: Decision): number =>
  outcome === 'geweigerd'
    ? 0
    : dataSubjects.flatMap(({ fields }) => fields).reduce((sum, field) => sum + weight(field), 0)

const weight = ({ release, link }: FieldDecision): number =>
  (release === 'verstrekken' ? 4 : release === 'generaliseren' ? 2 : 0) + (link ? 1 : 0)

const withoutStop = (sentence: string): string => sentence.trim().replace(/\.$/, '')

const WORDS = {
  nl: {
    outcome: {
      verstrekt: 'Dit mag helemaal. Er is nu niets verzonden.',
      gedeeltelijk: 'Een deel hiervan mag. Er is nu niets verzonden.',
      'in-afwachting': 'Dit mag pas nadat een tweede persoon het heeft goedgekeurd. Er is nu niets verzonden.',
      geweigerd: 'Dit mag niet. Er is niets verzonden.',
    },
    reason: {
      verbod: 'Een verbod staat in de weg.',
      'beoordeling-ontbreekt': 'Er ontbreekt een beoordeling die een mens moet geven.',
      'geen-grondslag': 'Geen regel geeft hiervoor een grondslag.',
    },
    subject: 'Betrokkene',
    release: {
      verstrekken: 'Gaat mee',
      generaliseren: 'Gaat grover mee, als',
      weglaten: 'Gaat niet mee',
      linkOnly: 'Gaat niet mee en dient alleen om de persoon te herkennen',
      weigeren: 'Houdt de hele uitwisseling tegen',
    },
    wouldHelp: 'Wat zou helpen',
    basis: {
      verstrekt: 'Alles mag op de grondslag',
      gedeeltelijk: 'Een deel mag op de grondslag',
      'in-afwachting': 'Na goedkeuring door een tweede persoon mag het op de grondslag',
      geweigerd: 'Niets mag op de grondslag',
    },
    duty: 'Daar hoort voor u bij',
    atMost: 'hoogstens',
    atLeast: 'ten minste',
    days: 'dagen',
    people: 'personen',
    tooFewApprovers:
      'Bij uw organisatie zijn nu te weinig mensen die dit kunnen goedkeuren; vraag de beheerder om `exchange:approve`.',
    ask: 'Twijfelt u? Vraag het aan',
  },
  en: {
    outcome: {
      verstrekt: 'All of this may be shared. Nothing has been sent.',
      gedeeltelijk: 'Part of this may be shared. Nothing has been sent.',
      'in-afwachting': 'This may be shared only after a second person approved it. Nothing has been sent.',
      geweigerd: 'This may not be shared. Nothing has been sent.',
    },
    reason: {
      verbod: 'A prohibition stands in the way.',
      'beoordeling-ontbreekt': 'An assessment that a person must make is missing.',
      'geen-grondslag': 'No rule gives a legal basis for it.',
    },
    subject: 'Data subject',
    release: {
      verstrekken: 'Passes',
      generaliseren: 'Passes in coarser form, as',
      weglaten: 'Does not pass',
      linkOnly: 'Does not pass and serves only to recognise the person',
      weigeren: 'Stops the whole exchange',
    },
    wouldHelp: 'What would help',
    basis: {
      verstrekt: 'All of it passes on the legal basis',
      gedeeltelijk: 'Part of it passes on the legal basis',
      'in-afwachting': 'After approval by a second person it passes on the legal basis',
      geweigerd: 'Nothing passes on the legal basis',
    },
    duty: 'This comes with it for you',
    atMost: 'at most',
    atLeast: 'at least',
    days: 'days',
    people: 'people',
    tooFewApprovers:
      'Your organisation has too few people now who can approve this; ask the operator for `exchange:approve`.',
    ask: 'In doubt? Ask',
  },
} as const
