import type { FieldOutcome, OpenQuestion, Plan } from '../../model/advice.ts'
import type { Decision, FieldDecision } from '../../model/decision.ts'
import { KNOWER_WORDS } from '../../model/knower-words.ts'
import type { Language } from '../../model/language.ts'
import {
  capitalised,
  describeTreatment,
  explainOutcome,
  LINK_WORDS,
  nameTreatment,
  OUTCOME_WORDS,
  REFUSES_ALL,
  TREATMENT_NAMES,
  TREATMENT_SIGNS,
  TREATMENT_WORDS,
  withLevel,
} from '../../model/treatment-words.ts'
import { wrapText } from '../terminal/wrap.ts'
import { DIMENSION_WORDS, EFFORT_WORDS, WORDS } from './check-words.ts'
import type { CheckAnswer, Words } from './gateway-answers.ts'
import { isOfUse } from './statements.ts'

/** Names in plans: of the legal basis of a plan, of another purpose and of another recipient. */
export interface PlanNames {
  readonly legalBasis: string | undefined
  title(basis: string): string
}

/** What people read of the answers of a gateway, in one language and for one width of screen. */
export interface AdviceLines {
  field(id: string): string
  fields(ids: readonly string[]): string
  /** For each treatment and reason: a mark, what happens, the fields, the sentence and the article. */
  explain(decision: Decision): readonly string[]
  /** Fields by treatment only, for in between. */
  summarise(decision: Decision): readonly string[]
  /** A question with both answers side by side, or below each other on a narrow screen. */
  ask(question: OpenQuestion, number: number, left: number): readonly string[]
  /**
   * What to do with what stays: what no answer changes, the plans and whom to ask, and the questions that are left.
   * @param isAsked true when they were asked already, so that those of the plans are not repeated
   */
  remedies(answer: CheckAnswer, chosen: PlanNames, isAsked: boolean): readonly string[]
  duties(decision: Decision): readonly string[]
  wrap(text: string, first?: string): readonly string[]
}

const NARROWEST = 40
const WIDEST = 100
/** Below this width two columns are harder to read than one. */
const TWO_COLUMNS = 76

export function createAdviceLines(vocabulary: Words, language: Language, columns = WIDEST): AdviceLines {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns - 1))
  const words = WORDS[language]
  const labels = new Map(vocabulary.fields.map(({ id, label }) => [id, label[language]]))
  const field = (id: string) => labels.get(id) ?? id
  const wrap = (text: string, first = '') => wrapText(text, first, width)
  const dutyLabels = new Map(vocabulary.duties.map(({ id, label }) => [id, label[language]]))
  const fieldsOf = ({ dataSubjects }: Decision) => dataSubjects.flatMap(({ fields }) => fields)
  const named = (list: readonly FieldOutcome[]) =>
    list.map(({ field: id, level }) => withLevel(field(id), level)).join(', ')

  const knowers = (knownBy: OpenQuestion['knownBy']) =>
    knownBy.map((knower) => KNOWER_WORDS[knower][language]).join(` ${words.anyOf} `)

  const labelIn = (list: Words['purposes'], id: string) => list.find((word) => word.id === id)?.label[language] ?? id

  function formatPlan(plan: Plan, number: number, { legalBasis, title }: PlanNames): readonly string[] {
    const { statements, effort, outcome, purpose, recipient } = plan
    const fields = plan.dataSubjects.flatMap(({ fields }) => fields).filter(isOfUse)
    const gets = [...Map.groupBy(fields, nameTreatment)]
      .toSorted(([a], [b]) => TREATMENT_NAMES.indexOf(a) - TREATMENT_NAMES.indexOf(b))
      .map(([name, list]) => `${TREATMENT_WORDS[language].done[name]}: ${named(list)}`)
    const approval = outcome === 'in-afwachting' ? `, ${OUTCOME_WORDS[language][outcome]}` : ''
    const first = `  ${number}. `
    const rest = ' '.repeat(first.length)
    const otherwise = [
      ...(plan.legalBasis === legalBasis
        ? []
        : [`${DIMENSION_WORDS.legalBasis[language]} ‘${title(plan.legalBasis)}’`]),
      ...(purpose === undefined
        ? []
        : [`${DIMENSION_WORDS.purpose[language]} ‘${labelIn(vocabulary.purposes, purpose)}’`]),
      ...(recipient === undefined
        ? []
        : [`${DIMENSION_WORDS.recipient[language]} ‘${labelIn(vocabulary.parties, recipient)}’`]),
    ]
    return [
      ...wrap(`${capitalised(gets.join('; '))}${approval} (${EFFORT_WORDS[effort][language]}).`, first),
      ...(otherwise.length === 0 ? [] : wrap(`${words.withChoice}: ${otherwise.join(', ')}.`, rest)),
      ...(statements.length === 0 ? [] : [`${rest}${words.ifAllTrue}:`]),
      ...statements.flatMap(({ question, knownBy, value }) =>
        wrap(
          `${question[language]}${knownBy.length === 0 ? '' : ` (${knowers(knownBy)})`}`,
          `${rest}${(value === false ? words.no : words.yes).padEnd(4)}`,
        ),
      ),
    ]
  }

  const bullets = (texts: readonly string[]) => texts.flatMap((text) => wrap(text, '  - '))

  return {
    field,
    fields: (ids) => ids.map(field).join(', '),
    wrap,
    explain(decision) {
      const mood = decision.outcome === 'geweigerd' ? 'wouldHave' : 'would'
      const groups = Map.groupBy(fieldsOf(decision), ({ release, link, citation, sentence }) =>
        JSON.stringify([release, link, citation, sentence[language]]),
      )
      return [...groups.values()]
        .toSorted((a, b) => order(a[0]!) - order(b[0]!))
        .flatMap((group) => {
          const { release, link, citation } = group[0]!
          const sentence = group[0]!.sentence[language].trim().replace(/\.$/, '')
          const ground = citation === undefined || sentence.includes(citation) ? '' : ` (${citation})`
          const all = release === 'weigeren' ? `, ${REFUSES_ALL[language]}` : ''
          const treatment = capitalised(describeTreatment({ release, link }, language, mood))
          return [
            ...wrap(`${treatment}${all}: ${named(group)}.`, `${TREATMENT_SIGNS[nameTreatment({ release, link })]} `),
            ...wrap(`${sentence}${ground}.`, '    '),
          ]
        })
    },
    summarise(decision) {
      const groups = Map.groupBy(fieldsOf(decision), nameTreatment)
      const mood = decision.outcome === 'geweigerd' ? 'wouldHave' : 'would'
      return [
        ...wrap(`${words.stateNow} ${explainOutcome(decision.outcome, decision.reason, language)}`),
        ...TREATMENT_NAMES.flatMap((name) => {
          const group = groups.get(name)
          if (!group) return []
          return wrap(
            `${capitalised(TREATMENT_WORDS[language][mood][name])}: ${named(group)}`,
            `${TREATMENT_SIGNS[name]} `,
          )
        }),
      ]
    },
    ask({ question, knownBy, yes, no }, number, left) {
      const effects = [
        { title: words.ifYes, text: yes.sentence[language] },
        { title: words.ifNo, text: no.sentence[language] },
      ]
      return [
        '─'.repeat(width),
        ...wrap(words.question(number, left)),
        ...wrap(question[language]),
        ...(knownBy.length === 0 ? [] : wrap(`${words.whoKnows}: ${knowers(knownBy)}.`)),
        '',
        ...(width < TWO_COLUMNS
          ? effects.flatMap(({ title, text }) => wrap(`${title}: ${text}`, '  '))
          : besideEachOther(effects, width)),
        '',
      ]
    },
    remedies({ unreachable, plans, note, openQuestions }, chosen, isAsked) {
      const fixed = unreachable.map(({ sentence }) => sentence[language])
      const planned = new Set(isAsked ? plans.flatMap(({ statements }) => statements.map(({ word }) => word)) : [])
      const left = openQuestions
        .filter(({ word }) => !planned.has(word))
        .map(
          ({ question, knownBy }) =>
            `${question[language]}${knownBy.length === 0 ? '' : ` (${words.ask} ${knowers(knownBy)})`}`,
        )
      return [
        ...(fixed.length === 0 ? [] : ['', ...wrap(`${words.stays}:`), ...bullets(fixed)]),
        ...(plans.length === 0
          ? []
          : ['', ...wrap(words.remedies), ...plans.flatMap((plan, at) => formatPlan(plan, at + 1, chosen))]),
        ...(note ? ['', ...wrap(note[language])] : []),
        ...(left.length === 0 ? [] : ['', ...wrap(words.stillOpen), ...bullets(left)]),
      ]
    },
    duties({ duties }) {
      if (duties.length === 0) return []
      return [
        '',
        `${words.duties}:`,
        ...bullets(
          duties.map(
            ({ kind, for: bearer, citation }) =>
              `${words.bearer[bearer]}: ${dutyLabels.get(kind) ?? kind}${citation === undefined ? '' : ` (${citation})`}.`,
          ),
        ),
      ]
    },
  }
}

/** What linking means, where a list shows that something is only linked. */
export const explainLinking = ({ dataSubjects }: Decision, language: Language): readonly string[] =>
  dataSubjects.some(({ fields }) => fields.some(({ link }) => link)) ? [LINK_WORDS[language].meaning] : []

const order = (treatment: FieldDecision): number => TREATMENT_NAMES.indexOf(nameTreatment(treatment))

function besideEachOther(
  [left, right]: readonly { readonly title: string; readonly text: string }[],
  width: number,
): readonly string[] {
  const column = Math.floor((width - 5) / 2)
  const cells = [left!, right!].map(({ title, text }) => [title, ...wrapText(text, '', column)])
  const height = Math.max(...cells.map(({ length }) => length))
  return Array.from({ length: height }, (_, row) =>
    `  ${(cells[0]![row] ?? '').padEnd(column)} │ ${cells[1]![row] ?? ''}`.trimEnd(),
  )
}
