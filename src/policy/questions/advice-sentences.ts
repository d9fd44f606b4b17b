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
import { WORDS } from './advice-words.ts'
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

/**
 * What an answer does, the same for a yes and a no.
 *
 * @param isStillRefused whether something in the exchange stays refused after it, and with it the whole exchange
 */
export function formEffectSentence(
  set: PolicySet,
  changes: readonly FieldOutcome[],
  reachable: readonly FieldOutcome[],
  lost: readonly { readonly field: string; readonly isLostWhole: boolean }[],
  isStillRefused: boolean,
): LocalisedText {
  return inBoth((language) => {
    const words = WORDS[language]
    const names = (fields: readonly string[]) => listFields(set, language, fields)
    const whole = lost.filter(({ isLostWhole }) => isLostWhole).map(({ field }) => field)
    const partly = lost.filter(({ isLostWhole }) => !isLostWhole).map(({ field }) => field)
    const sentences = [
      ...groupTreatments(set, language, changes).map(([name, list]) => `${words.changed[name]}: ${list}.`),
      ...(isStillRefused && changes.some(passes) ? [words.stillRefused] : []),
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

const passes = ({ release, link }: FieldOutcome): boolean => link || (release !== 'weglaten' && release !== 'weigeren')

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
  const released = plan.dataSubjects.map(({ fields }) =>
    fields.filter(({ release }) => release !== 'weglaten' && release !== 'weigeren'),
  )
  const isSameForAll = released.every((outcomes) => JSON.stringify(outcomes) === JSON.stringify(released[0]))
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
      ...(isSameForAll
        ? describeReleases(set, language, released[0] ?? [], '')
        : released.flatMap((outcomes, at) =>
            outcomes.length > 0
              ? describeReleases(set, language, outcomes, ` (${words.person} ${at + 1})`)
              : [`${words.changed.released} (${words.person} ${at + 1}): ${words.none}.`],
          )),
      ...approval.map((duty) => `${formatDuty(duty, labels, language)}.`),
      ...(plan.purpose === undefined && plan.recipient === undefined ? [] : [words.alsoThen]),
    ].join(' ')
  })
}

const describeReleases = (
  set: PolicySet,
  language: Language,
  outcomes: readonly FieldOutcome[],
  who: string,
): readonly string[] =>
  outcomes.length === 0
    ? [WORDS[language].onlyLinked]
    : groupTreatments(set, language, outcomes).map(([name, list]) => `${WORDS[language].changed[name]}${who}: ${list}.`)

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
  reason: UnreachableReason | 'refusal' | 'aside',
  narrowing: Narrowing | undefined,
): LocalisedText {
  return inBoth((language) => {
    const words = WORDS[language]
    const names = listFields(set, language, fields)
    if (narrowing === undefined) return words.unreachable[reason](names, '')
    return words.unreachable[reason](names, `${barrierWord(narrowing, language)} ${narrowing.citation}`)
  })
}
