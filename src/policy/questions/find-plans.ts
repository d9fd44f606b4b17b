import { compareText } from '../../encoding/text-order.ts'
import type { Plan, PlanStatement } from '../../model/advice.ts'
import type { Question, SubjectQuestion } from '../../model/decision.ts'
import { decide } from '../decide.ts'
import { indexOf, type PolicyIndex } from '../engine/compile.ts'
import { NO_FILE, type NumberedQuestion, numberQuestion } from '../engine/evaluation.ts'
import { scopesAdmitting } from '../engine/scope-index.ts'
import { closeFacts } from '../facts/relations.ts'
import type { PolicySet } from '../policy-set.ts'
import { formPlanSentence, questionOf } from './advice-sentences.ts'
import { amountOf, listRatedSets, optimisticOutcome, type RatedSet } from './best-sets.ts'
import { EFFORTS, effortOfWord, knowersOf } from './effort.ts'
import { type GoalFinder, outcomeUnder } from './goals.ts'
import type { Budget } from './implicants.ts'
import { type Bits, countBits, emptyBits, type Literal, membersOf } from './literals.ts'
import { type ClosedWords, evaluatePartially, type Residual } from './residual.ts'

export const MAX_PLANS = 5
/** How many legal bases, and how many other purposes and recipients, are examined: those under which the most could pass. */
const MAX_BASES = 8
const MAX_ELSEWHERE = 3

/** A question as asked, or with one other choice. */
interface Variant {
  readonly question: Question
  readonly residuals: readonly Residual[]
  readonly choice: Pick<Plan, 'purpose' | 'recipient'>
}

/** A plan before its outcome is decided. */
interface Draft {
  readonly variant: Variant
  readonly legalBasis: string
  readonly sets: readonly RatedSet[]
  readonly amount: number
  readonly isWhole: boolean
  readonly effort: number
  readonly size: number
  /** How many of the statements are a yes or a declaration. */
  readonly claims: number
  /** 0 the exchange as asked, 1 another basis than declared, 2 another purpose, 3 another recipient. */
  readonly distance: number
}

/**
 * The smallest sets of statements under which the most passes, per legal basis and per effort. The exchange as it was asked
 * comes first; other purposes and recipients are examined only where it cannot give everything.
 */
export function findPlans(
  set: PolicySet,
  question: Question,
  residuals: readonly Residual[],
  closed: ClosedWords,
  budget: Budget,
  goalsOf: GoalFinder,
): { readonly plans: readonly Plan[]; readonly isComplete: boolean } {
  const index = indexOf(set)
  const declared = question.legalBasis === undefined ? undefined : (index.files.get(question.legalBasis) ?? NO_FILE)
  const asked: Variant = { question, residuals, choice: {} }
  const now = declared === undefined ? 0 : amountNow(residuals, declared)
  const search = (variant: Variant, least: number) => draftPlans(set, index, variant, declared, least, budget, goalsOf)
  const here = search(asked, now)
  let isComplete = here.isComplete
  const drafts = [...here.drafts]
  const best = Math.max(now, ...drafts.map(({ amount }) => amount))
  if (!drafts.some(({ isWhole }) => isWhole) && !isWholeNow(residuals, declared)) {
    for (const variant of listVariants(set, index, question, closed, best)) {
      if (budget.left <= 0) {
        isComplete = false
        break
      }
      const found = search(variant, best)
      isComplete &&= found.isComplete
      drafts.push(...found.drafts)
    }
  }
  return { plans: choosePlans(drafts).map((draft) => formPlan(set, draft)), isComplete }
}

/** What passes as it is; nothing when a field is refused. */
function amountNow(residuals: readonly Residual[], file: number): number {
  let sum = 0
  for (const { classes, literals } of residuals) {
    const nothing = emptyBits(literals.length)
    const amount = amountOf(
      classes,
      classes.map((fields) => outcomeUnder(fields, file, nothing)),
    )
    if (amount === undefined) return 0
    sum += amount
  }
  return sum
}

const isWholeNow = (residuals: readonly Residual[], file: number | undefined): boolean =>
  file !== undefined &&
  residuals.every(({ classes, literals }) =>
    classes.every((fields) => outcomeUnder(fields, file, emptyBits(literals.length)).rank === 0),
  )

function draftPlans(
  set: PolicySet,
  index: PolicyIndex,
  variant: Variant,
  declared: number | undefined,
  least: number,
  budget: Budget,
  goalsOf: GoalFinder,
): { readonly drafts: readonly Draft[]; readonly isComplete: boolean } {
  const promising = promisingFiles(variant.residuals, declared, least)
  let isComplete = promising.length <= MAX_BASES
  const drafts: Draft[] = []
  const names = [...index.files.keys()]
  for (const file of promising.slice(0, MAX_BASES)) {
    if (budget.left <= 0) return { drafts, isComplete: false }
    const rated = variant.residuals.map((residual) => {
      const goals = goalsOf(residual, file, budget)
      const efforts = residual.literals.map((literal) => effortOfWord(set, literal))
      const listed = listRatedSets(residual, goals, file, efforts, budget)
      isComplete &&= goals.isComplete && listed.isComplete
      return listed.sets
    })
    const isOther = declared !== undefined && file !== declared
    const { purpose, recipient } = variant.choice
    const distance = recipient !== undefined ? 3 : purpose !== undefined ? 2 : isOther ? 1 : 0
    let passed = least
    for (let effort = 0; effort < EFFORTS.length - 1; effort++) {
      const combined = combine(rated.map((sets, at) => fullestSets(variant.residuals[at]!, sets, effort)))
      const [first] = combined
      if (first === undefined || first.amount <= passed) continue
      passed = first.amount
      drafts.push(...combined.map((own) => ({ variant, legalBasis: names[file]!, distance, ...own })))
    }
  }
  return { drafts, isComplete }
}

/** Bases under which more than this could pass, those under which the most could first; the declared one before the others. */
function promisingFiles(
  residuals: readonly Residual[],
  declared: number | undefined,
  least: number,
): readonly number[] {
  const files = new Set(residuals.flatMap(({ classes }) => classes.flatMap(({ coveringFiles }) => [...coveringFiles])))
  return [...files]
    .map((file) => {
      const amounts = residuals.map(({ classes }) =>
        amountOf(
          classes,
          classes.map((fields) => optimisticOutcome(fields, file)),
        ),
      )
      const amount = amounts.reduce<number>((sum, one) => sum + (one ?? Number.NEGATIVE_INFINITY), 0)
      return { file, amount }
    })
    .filter(({ amount }) => amount > least)
    .sort((a, b) => Number(b.file === declared) - Number(a.file === declared) || b.amount - a.amount || a.file - b.file)
    .map(({ file }) => file)
}

/** The smallest of the sets up to an effort under which the most passes. */
function fullestSets(residual: Residual, sets: readonly RatedSet[], effort: number): readonly ClaimingSet[] {
  const within = sets.filter((set) => set.effort <= effort && set.amount !== undefined)
  const most = Math.max(...within.map(({ amount }) => amount!))
  return within
    .filter(({ amount }) => amount === most)
    .map((set) => ({ ...set, size: countBits(set.bits), claims: claimsOf(residual, set.bits) }))
    .sort((a, b) => a.effort - b.effort || a.size - b.size || a.claims - b.claims)
    .slice(0, MAX_PLANS)
}

/** A set with how many statements it has, and how many of those are a yes or a declaration. */
interface ClaimingSet extends RatedSet {
  readonly size: number
  readonly claims: number
}

const claimsOf = ({ literals }: Residual, bits: Bits): number =>
  membersOf(bits).filter((at) => literals[at]!.value).length

/** One set for each data subject, at most `MAX_PLANS` combinations; none when one of them has no set. */
function combine(perSubject: readonly (readonly ClaimingSet[])[]) {
  let rows: (readonly ClaimingSet[])[] = [[]]
  for (const sets of perSubject) rows = rows.flatMap((row) => sets.map((set) => [...row, set])).slice(0, MAX_PLANS)
  return rows.map((sets) => ({
    sets,
    amount: sets.reduce((sum, { amount }) => sum + amount!, 0),
    isWhole: sets.every(({ isWhole }) => isWhole),
    effort: Math.max(0, ...sets.map(({ effort }) => effort)),
    size: sets.reduce((sum, { size }) => sum + size, 0),
    claims: sets.reduce((sum, { claims }) => sum + claims, 0),
  }))
}

/** The question with each other purpose and recipient under which more could pass for this sender, the most promising first. */
function listVariants(
  set: PolicySet,
  index: PolicyIndex,
  question: Question,
  closed: ClosedWords,
  least: number,
): readonly Variant[] {
  const numbered = numberQuestion(index, question)
  const purposes = wordsElsewhere(index, numbered, question.dataSubjects, 2)
    .filter((word) => set.vocabulary.purposes.has(word))
    .map((purpose) => ({ purpose }))
  const recipients = wordsElsewhere(index, numbered, question.dataSubjects, 1)
    .filter((word) => word !== question.sender && set.parties.has(word))
    .map((recipient) => ({ recipient }))
  return [purposes, recipients].flatMap((choices) =>
    choices
      .map((choice) => {
        const changed = { ...question, ...choice }
        const changedNumbers = numberQuestion(index, changed)
        const residuals = changed.dataSubjects.map((subject) =>
          evaluatePartially(set, index, changedNumbers, subject, closed),
        )
        return { question: changed, residuals, choice, files: promisingFiles(residuals, undefined, least) }
      })
      .filter(({ files }) => files.length > 0)
      .slice(0, MAX_ELSEWHERE),
  )
}

/** The words of one dimension (1 recipients, 2 purposes) for which a permit is in scope that is not in scope now. */
function wordsElsewhere(
  { permits, scopes }: PolicyIndex,
  { sender, recipient, purpose }: NumberedQuestion,
  subjects: readonly SubjectQuestion[],
  dimension: 1 | 2,
): readonly string[] {
  const vectors = permits.scopes.vectors[dimension]!
  const admitting = new Set(
    subjects.flatMap(({ role }) =>
      scopesAdmitting(permits.scopes, [sender, recipient, purpose, scopes[3].ids.get(role) ?? 0], dimension),
    ),
  )
  const current = dimension === 1 ? recipient : purpose
  const isIn = (word: number, scope: number) => (vectors[word]![scope >>> 5]! & (1 << (scope & 31))) !== 0
  return [...scopes[dimension].ids]
    .filter(([, id]) => id > 0 && id !== current)
    .filter(([, id]) => [...admitting].some((scope) => isIn(id, scope) && !isIn(current, scope)))
    .map(([word]) => word)
    .sort(compareText)
}

/** The easiest of every basis and choice before the second of any, then the easiest first. */
function choosePlans(drafts: readonly Draft[]): readonly Draft[] {
  const byChoice = Map.groupBy(drafts, ({ legalBasis, variant: { choice } }) =>
    [legalBasis, choice.purpose, choice.recipient].join(' '),
  )
  const ranked = [...byChoice.values()].flatMap((alike) =>
    alike.toSorted(compareDrafts).map((draft, turn) => ({ draft, turn })),
  )
  return ranked
    .sort((a, b) => a.turn - b.turn || compareDrafts(a.draft, b.draft))
    .slice(0, MAX_PLANS)
    .map(({ draft }) => draft)
    .sort(compareDrafts)
}

const compareDrafts = (a: Draft, b: Draft): number =>
  a.distance - b.distance ||
  a.effort - b.effort ||
  a.size - b.size ||
  a.claims - b.claims ||
  b.amount - a.amount ||
  compareText(a.legalBasis, b.legalBasis) ||
  compareText(keyOf(a), keyOf(b))

const keyOf = ({ variant, sets }: Draft): string =>
  JSON.stringify([variant.choice, sets.map(({ bits }, at) => literalsOf(variant.residuals[at]!, bits))])

const literalsOf = ({ literals }: Residual, bits: Bits): readonly Literal[] =>
  membersOf(bits)
    .map((at) => literals[at]!)
    .sort((a, b) => compareText(b.kind, a.kind) || Number(b.value) - Number(a.value) || compareText(a.word, b.word))

function formPlan(set: PolicySet, { variant, legalBasis, sets, distance, effort }: Draft): Plan {
  const stated = sets.map(({ bits }, at) => literalsOf(variant.residuals[at]!, bits))
  const question: Question = {
    ...variant.question,
    legalBasis,
    dataSubjects: variant.question.dataSubjects.map((subject, at) => withStatements(subject, stated[at]!)),
  }
  const decision = decide(set, withConsequences(set, question))
  const statements = stated.flatMap((literals, dataSubject) =>
    literals.map(
      (literal): PlanStatement => ({
        dataSubject,
        kind: literal.kind,
        word: literal.word,
        ...(literal.kind === 'circumstance' && { value: literal.value }),
        question: questionOf(set, literal),
        knownBy: knowersOf(set, literal),
      }),
    ),
  )
  const plan = {
    legalBasis,
    ...variant.choice,
    statements,
    outcome: decision.outcome,
    dataSubjects: decision.dataSubjects.map(({ fields }) => ({
      fields: fields.map(({ field, release, level, link }) => ({
        field,
        release,
        ...(level !== undefined && { level }),
        link,
      })),
    })),
    duties: decision.duties,
    effort: distance > 0 ? ('other-choice' as const) : EFFORTS[effort]!,
  }
  return { ...plan, sentence: formPlanSentence(set, plan) }
}

/** A question with what follows from its words. */
export const withConsequences = (set: PolicySet, question: Question): Question => ({
  ...question,
  dataSubjects: question.dataSubjects.map((subject) => ({
    ...subject,
    circumstances: closeFacts(set.vocabulary, subject).circumstances,
  })),
})

/** A data subject of a question with these statements added. */
export const withStatements = (
  subject: SubjectQuestion,
  statements: readonly { readonly kind: Literal['kind']; readonly word: string; readonly value?: boolean }[],
): SubjectQuestion => ({
  ...subject,
  circumstances: {
    ...subject.circumstances,
    ...Object.fromEntries(
      statements.flatMap(({ kind, word, value }) => (kind === 'circumstance' ? [[word, value === true]] : [])),
    ),
  },
  assessments: [
    ...subject.assessments,
    ...statements.flatMap(({ kind, word }) => (kind === 'assessment' ? [word] : [])),
  ],
})
