import type { FieldOutcome, OpenQuestion, Plan, PlanStatement, UnreachableReason } from '../../model/advice.ts'
import type { Language, LocalisedText } from '../../model/language.ts'
import type { BasisRule } from '../../model/rule.ts'
import {
  capitalised,
  nameTreatment,
  TREATMENT_NAMES,
  type TreatmentName,
  withLevel,
} from '../../model/treatment-words.ts'
import type { Narrowing } from '../engine/narrowing-index.ts'
import { formatDuty } from '../explain.ts'
import { type Labels, labelsOf } from '../labels.ts'
import type { PolicySet } from '../policy-set.ts'
import { wordOf } from './effort.ts'
import type { Literal } from './literals.ts'

const labelsOfSets = new WeakMap<PolicySet, Readonly<Record<Language, Labels>>>()

function labelsIn(language: Language, set: PolicySet): Labels {
  const known = labelsOfSets.get(set) ?? { nl: withFieldLabels(set, 'nl'), en: withFieldLabels(set, 'en') }
  labelsOfSets.set(set, known)
  return known[language]
}

/** Labels of which those of fields are made once: an effect can name every field. */
function withFieldLabels(set: PolicySet, language: Language): Labels {
  const labels = labelsOf(language, set)
  const fields = new Map([...set.vocabulary.fields.keys()].map((field) => [field, labels.field(field)]))
  return { ...labels, field: (word) => fields.get(word) ?? word }
}

const inBoth = (form: (language: Language) => string): LocalisedText => ({ nl: form('nl'), en: form('en') })

/** The statement of a word, as the vocabulary has it. */
export const labelOf = (set: PolicySet, literal: Pick<Literal, 'kind' | 'word'>): LocalisedText =>
  wordOf(set, literal)?.label ?? { nl: literal.word, en: literal.word }

/** The question about a word. A word without one is quoted, so that nothing is left out. */
export function questionOf(set: PolicySet, literal: Pick<Literal, 'kind' | 'word'>): LocalisedText {
  const question = wordOf(set, literal)?.question
  if (question) return question
  const { nl, en } = labelOf(set, literal)
  return literal.kind === 'assessment'
    ? { nl: `Heeft iemand dit gewogen en verklaard: ${nl}`, en: `Has a person weighed and declared this: ${en}` }
    : { nl: `Is dit zo: ${nl}`, en: `Is this so: ${en}` }
}

/** What an answer does, the same for a yes and a no. */
export function formEffectSentence(
  set: PolicySet,
  changes: readonly FieldOutcome[],
  reachable: readonly FieldOutcome[],
  lost: readonly { readonly field: string; readonly isLostWhole: boolean }[],
): LocalisedText {
  return inBoth((language) => {
    const words = WORDS[language]
    const names = (fields: readonly string[]) => listFields(set, language, fields)
    const whole = lost.filter(({ isLostWhole }) => isLostWhole).map(({ field }) => field)
    const partly = lost.filter(({ isLostWhole }) => !isLostWhole).map(({ field }) => field)
    const sentences = [
      ...groupTreatments(set, language, changes).map(([name, list]) => `${words.changed[name]}: ${list}.`),
      ...(reachable.length === 0
        ? []
        : [
            `${words.reachable}: ${groupTreatments(set, language, reachable)
              .map(([name, list]) => `${words.possible[name]}: ${list}`)
              .join('; ')}.`,
          ]),
      ...(whole.length === 0 ? [] : [`${words.stays}: ${names(whole)}.`]),
      ...(partly.length === 0 ? [] : [`${words.less}: ${names(partly)}.`]),
    ]
    return sentences.length === 0 ? words.nothing : sentences.join(' ')
  })
}

const listFields = (set: PolicySet, language: Language, fields: readonly string[]): string => {
  const labels = labelsIn(language, set)
  return labels.list(fields.map(labels.field))
}

function groupTreatments(
  set: PolicySet,
  language: Language,
  outcomes: readonly FieldOutcome[],
): readonly (readonly [TreatmentName, string])[] {
  const labels = labelsIn(language, set)
  const groups = Map.groupBy(outcomes, nameTreatment)
  return TREATMENT_NAMES.flatMap((name) => {
    const group = groups.get(name)
    if (group === undefined) return []
    return [[name, labels.list(group.map(({ field, level }) => withLevel(labels.field(field), level)))]]
  })
}

/** A plan in one sentence: on which basis, what must be true, and what passes then. */
export function formPlanSentence(set: PolicySet, plan: Omit<Plan, 'sentence'>): LocalisedText {
  const many = plan.dataSubjects.length > 1
  const outcomes = plan.dataSubjects
    .flatMap(({ fields }) => fields)
    .filter(({ release }) => release !== 'weglaten' && release !== 'weigeren')
  const unique = [...new Map(outcomes.map((outcome) => [`${outcome.field} ${outcome.level}`, outcome])).values()]
  return inBoth((language) => {
    const words = WORDS[language]
    const labels = labelsIn(language, set)
    const approval = plan.duties.filter(({ kind }) => kind === 'vier-ogen')
    const basis = [
      words.onBasis(labels.file(plan.legalBasis)),
      ...(plan.purpose === undefined ? [] : [words.forPurpose(labels.purpose(plan.purpose))]),
      ...(plan.recipient === undefined ? [] : [words.toRecipient(labels.party(plan.recipient))]),
    ].join(', ')
    return [
      `${basis}.`,
      plan.statements.length === 0
        ? words.withoutMore
        : `${words.ifTrue}: ${plan.statements.map((statement) => stated(set, statement, language, many)).join('; ')}.`,
      ...groupTreatments(set, language, unique).map(([name, list]) => `${words.changed[name]}: ${list}.`),
      ...(unique.length === 0 ? [words.onlyLinked] : []),
      ...approval.map((duty) => `${formatDuty(duty, labels, language)}.`),
      ...(plan.purpose === undefined && plan.recipient === undefined ? [] : [words.alsoThen]),
    ].join(' ')
  })
}

function stated(set: PolicySet, statement: PlanStatement, language: Language, many: boolean): string {
  const words = WORDS[language]
  const label = labelOf(set, statement)[language].replace(/\.$/, '')
  const about = many ? `${words.person} ${statement.dataSubject + 1}: ` : ''
  if (statement.kind === 'assessment') return `${about}${words.declared}: ‘${label}’`
  return `${about}‘${label}’: ${statement.value ? words.yes : words.no}`
}

/** Which rule depends on an open question, with what both answers do. */
export function formMissSentence(
  rule: BasisRule | Narrowing,
  { question, yes, no }: Pick<OpenQuestion, 'question' | 'yes' | 'no'>,
): LocalisedText {
  return inBoth((language) => {
    const words = WORDS[language]
    const name = 'release' in rule ? rule.citation : `${barrierWord(rule, language)} ${rule.citation}`
    const effects = `${words.ifYes}: ${yes.sentence[language]} ${words.ifNo}: ${no.sentence[language]}`
    return `${capitalised(name)} ${words.dependsOn}: ${question[language]} ${effects}`
  })
}

const barrierWord = (narrowing: Narrowing, language: Language): string =>
  'duties' in narrowing ? WORDS[language].safeguard : WORDS[language].prohibition

/** Why fields cannot be released. */
export function unreachableSentence(
  set: PolicySet,
  fields: readonly string[],
  reason: UnreachableReason | 'refusal',
  narrowing: Narrowing | undefined,
): LocalisedText {
  return inBoth((language) => {
    const words = WORDS[language]
    const names = listFields(set, language, fields)
    if (narrowing === undefined) return words.unreachable[reason](names, '')
    return words.unreachable[reason](names, `${barrierWord(narrowing, language)} ${narrowing.citation}`)
  })
}

export const NO_PLAN: LocalisedText = {
  nl: 'Er is geen plan: wat er ook nog bekend wordt, de regels laten hier niet meer door dan nu.',
  en: 'There is no plan: whatever else becomes known, the rules let no more pass here than now.',
}

export const STOPPED: LocalisedText = {
  nl: 'Er zijn te veel mogelijkheden om ze alle na te gaan. Wat hier staat, klopt; er kunnen meer vragen en plannen zijn.',
  en: 'There are too many possibilities to examine all of them. What is listed is correct; there can be more questions and plans.',
}

const WORDS = {
  nl: {
    changed: {
      released: 'Dan verstrekt',
      coarser: 'Dan grover verstrekt',
      linkedOnly: 'Dan alleen gekoppeld',
      withheld: 'Dan niet meer geweigerd, wel achtergehouden',
      refused: 'Dan geweigerd',
    },
    reachable: 'Na andere antwoorden nog mogelijk',
    possible: {
      released: 'verstrekt',
      coarser: 'grover verstrekt',
      linkedOnly: 'alleen gekoppeld',
      withheld: 'niet meer geweigerd, wel achtergehouden',
      refused: 'geweigerd',
    },
    stays: 'Blijft zoals het nu is',
    less: 'Kan dan minder ver gaan',
    nothing: 'Dit antwoord alleen verandert niets.',
    onBasis: (title: string) => `Op de grondslag ‘${title}’`,
    forPurpose: (purpose: string) => `als het doel is: ${purpose}`,
    toRecipient: (recipient: string) => `als de ontvanger is: ${recipient}`,
    withoutMore: 'Zonder iets anders op te geven.',
    ifTrue: 'Alleen als dit alles waar is',
    alsoThen: 'Wat al is opgegeven, moet ook dan waar zijn.',
    onlyLinked: 'Dan verstrekt: niets; gegevens dienen alleen om de persoon binnen Sluis te herkennen.',
    person: 'betrokkene',
    declared: 'een mens heeft dit gewogen en verklaart',
    safeguard: 'de waarborg van',
    prohibition: 'het verbod van',
    yes: 'ja',
    no: 'nee',
    dependsOn: 'hangt af van een vraag',
    ifYes: 'Ja',
    ifNo: 'Nee',
    unreachable: {
      'no-rule': (fields: string) =>
        `${fields}: geen enkele grondslag geeft dit aan deze ontvanger, voor dit doel, over deze persoon. Geen antwoord verandert dat.`,
      'other-basis': (fields: string) =>
        `${fields}: de opgegeven grondslag dekt dit niet. Een andere grondslag in de regels dekt het wel.`,
      prohibition: (fields: string, barrier: string) =>
        `${fields}: ${barrier} staat in de weg, en geen antwoord heft dat op.`,
      refusal: (fields: string, barrier: string) =>
        `${fields}: ${barrier} houdt de hele uitwisseling tegen zolang dit erbij zit, en geen antwoord heft dat op.`,
      excluded: (fields: string) =>
        `${fields}: de regels die dit toestaan, vragen iets wat niet samengaat met wat al vaststaat of met wat een verbod vraagt.`,
    },
  },
  en: {
    changed: {
      released: 'Then released',
      coarser: 'Then coarser',
      linkedOnly: 'Then linked only',
      withheld: 'Then no longer refused, but withheld',
      refused: 'Then refused',
    },
    reachable: 'Still possible after other answers',
    possible: {
      released: 'released',
      coarser: 'coarser',
      linkedOnly: 'linked only',
      withheld: 'no longer refused, but withheld',
      refused: 'refused',
    },
    stays: 'Stays as it is now',
    less: 'Can then get less',
    nothing: 'This answer alone changes nothing.',
    onBasis: (title: string) => `On the legal basis ‘${title}’`,
    forPurpose: (purpose: string) => `if the purpose is: ${purpose}`,
    toRecipient: (recipient: string) => `if the recipient is: ${recipient}`,
    withoutMore: 'Without stating anything else.',
    ifTrue: 'Only if all of this is true',
    alsoThen: 'What was stated already must be true then as well.',
    onlyLinked: 'Then released: nothing; data only serve to recognise the person inside Sluis.',
    person: 'data subject',
    declared: 'a person has weighed this and declares',
    safeguard: 'the safeguard of',
    prohibition: 'the prohibition of',
    yes: 'yes',
    no: 'no',
    dependsOn: 'depends on a question',
    ifYes: 'Yes',
    ifNo: 'No',
    unreachable: {
      'no-rule': (fields: string) =>
        `${fields}: no legal basis gives this to this recipient, for this purpose, about this person. No answer changes that.`,
      'other-basis': (fields: string) =>
        `${fields}: the declared legal basis does not cover this. Another legal basis in the rules does.`,
      prohibition: (fields: string, barrier: string) => `${fields}: ${barrier} applies, and no answer lifts it.`,
      refusal: (fields: string, barrier: string) =>
        `${fields}: ${barrier} stops the whole exchange as long as this is in it, and no answer lifts it.`,
      excluded: (fields: string) =>
        `${fields}: the rules that permit this ask for something that cannot be true beside what is known already or what a prohibition asks.`,
    },
  },
} as const
