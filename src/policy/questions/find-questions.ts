import { compareText } from '../../encoding/text-order.ts'
import type { AnswerEffect, FieldOutcome, OpenQuestion } from '../../model/advice.ts'
import { REFUSED } from '../engine/ranks.ts'
import type { PolicySet } from '../policy-set.ts'
import { formEffectSentence, labelOf, questionOf } from './advice-sentences.ts'
import { effortOfWord, knowersOf } from './effort.ts'
import { bestOutcome, distinctSets, type Goals, isOpen, outcomeUnder, type RankedOutcome } from './goals.ts'
import { dropSilences } from './implicants.ts'
import {
  type Bits,
  bitsOf,
  countBits,
  emptyBits,
  intersects,
  isStatement,
  isSubset,
  membersOf,
  type Statement,
  unite,
} from './literals.ts'
import { formOutcome } from './outcome-words.ts'
import type { Residual } from './residual.ts'

/** Above so many sets the order of the questions is estimated. */
const MAX_SETS_COMPARED = 400

/** What one answer makes known, and what it rules out. */
interface Answer {
  readonly known: Bits
  readonly excluded: Bits
}

interface Candidate {
  readonly literal: Pick<Statement, 'kind' | 'word'>
  readonly yes: Answer
  readonly no: Answer
}

/**
 * The words that are in some smallest set of some goal: exactly those whose answer can change what a field gets. The first is
 * the one that leaves the fewest questions over its two answers.
 *
 * @param file the declared basis, or `ANY_FILE`
 * @param isOtherRefused whether a field of another data subject is refused, and with it the whole exchange
 */
export function findQuestions(
  set: PolicySet,
  residual: Residual,
  goals: Goals,
  file: number,
  dataSubject: number,
  isOtherRefused: boolean,
): readonly OpenQuestion[] {
  const open = goals.goals.filter((goal) => isOpen(goal, goals.now))
  const lists = distinctSets(open).map((sets) => dropSilences(sets, residual))
  const candidates = listCandidates(residual, lists)
  const total = lists.reduce((sum, { length }) => sum + length, 0)
  const weight = total > MAX_SETS_COMPARED ? occurrences(lists) : questionsLeft(lists)
  const effectOf = createEffects(set, residual, goals, file, isOtherRefused)
  return candidates
    .map((candidate) => ({
      candidate,
      weight: weight(candidate),
      effort: effortOfWord(set, candidate.literal),
    }))
    .sort(
      (a, b) =>
        a.weight - b.weight ||
        a.effort - b.effort ||
        compareText(a.candidate.literal.word, b.candidate.literal.word) ||
        compareText(a.candidate.literal.kind, b.candidate.literal.kind),
    )
    .map(({ candidate: { literal, yes, no } }) => {
      const { kind, word } = literal
      const isCircumstance = kind === 'circumstance'
      return {
        kind,
        word,
        dataSubject,
        question: questionOf(set, literal),
        statement: labelOf(set, literal),
        knownBy: knowersOf(set, literal),
        yes: { send: isCircumstance ? { circumstances: { [word]: true } } : { assessments: [word] }, ...effectOf(yes) },
        no: { ...(isCircumstance && { send: { circumstances: { [word]: false } } }), ...effectOf(no) },
      }
    })
}

function listCandidates(
  { literals, silences, effectOf }: Residual,
  lists: readonly (readonly Bits[])[],
): readonly Candidate[] {
  const asked = lists.flat().reduce(unite, emptyBits(literals.length))
  const words = new Map(
    membersOf(asked)
      .map((at) => literals[at]!)
      .filter(isStatement)
      .map((literal) => [`${literal.kind} ${literal.word}`, literal]),
  )
  return [...words.values()].map(({ kind, word }) => {
    const yes = effectOf({ kind, word, value: true })
    if (kind === 'circumstance') return { literal: { kind, word }, yes, no: effectOf({ kind, word, value: false }) }
    const own = literals.findIndex((literal) => literal.kind === kind && literal.word === word)
    const no = { known: silences, excluded: bitsOf([own], literals.length) }
    return { literal: { kind, word }, yes, no }
  })
}

/** How many words are still in question after a yes and after a no, together. */
function questionsLeft(lists: readonly (readonly Bits[])[]): (candidate: Candidate) => number {
  const after = ({ known, excluded }: Answer): number => {
    let open: Bits = known.map(() => 0)
    for (const sets of lists) {
      const answered: Bits[] = []
      const others: Bits[] = []
      for (const bits of sets) {
        if (intersects(bits, excluded)) continue
        if (intersects(bits, known)) answered.push(bits.map((word, at) => word & ~known[at]!))
        else others.push(bits)
      }
      // Sets that got shorter contain none of each other, and none contains one of them that did not.
      for (const bits of answered) open = unite(open, bits)
      for (const bits of others) if (!answered.some((less) => isSubset(less, bits))) open = unite(open, bits)
    }
    return countBits(open)
  }
  return ({ yes, no }) => after(yes) + after(no)
}

/** The same, estimated: a word that is in more sets decides more. */
function occurrences(lists: readonly (readonly Bits[])[]): (candidate: Candidate) => number {
  return ({ yes, no }) => {
    const count = (answer: Bits) => lists.flat().filter((bits) => intersects(bits, answer)).length
    return -count(yes.known) - count(no.known)
  }
}

type Effect = Omit<AnswerEffect, 'send'>

/** Forms the effects of answers; many answers have the same one, and its sentence is made once. */
function createEffects(
  set: PolicySet,
  residual: Residual,
  { goals, now }: Goals,
  file: number,
  isOtherRefused: boolean,
): (answer: Answer) => Effect {
  const { classes, classOf, names } = residual
  const best = classes.map((_, of) => bestOutcome(goals, of, now[of]!))
  const formed = new Map<string, Effect>()
  return ({ known, excluded }) => {
    const possible = new Map<readonly Bits[], boolean>()
    const isPossible = (sets: readonly Bits[]) => {
      const isSo = possible.get(sets) ?? sets.some((bits) => !intersects(bits, excluded))
      possible.set(sets, isSo)
      return isSo
    }
    const perClass = classes.map((fields, of) => {
      const after = outcomeUnder(fields, file, known)
      return { of, after, still: bestOutcome(goals, of, after, isPossible) }
    })
    const key = perClass.map(({ after, still }) => [after.rank, after.link, still.rank, still.link].join()).join(' ')
    const effect = formed.get(key) ?? formEffect(perClass)
    formed.set(key, effect)
    return effect
  }

  function formEffect(
    perClass: readonly { readonly of: number; readonly after: RankedOutcome; readonly still: RankedOutcome }[],
  ): Effect {
    const changes: FieldOutcome[] = []
    const reachable: FieldOutcome[] = []
    const lost: { field: string; isLostWhole: boolean }[] = []
    for (const [position, field] of names.entries()) {
      const { of, after, still } = perClass[classOf[position]!]!
      if (!isSame(after, now[of]!)) changes.push(formOutcome(set, field, after))
      if (!isSame(still, after)) reachable.push(formOutcome(set, field, still))
      if (!isSame(still, best[of]!)) lost.push({ field, isLostWhole: isSame(still, now[of]!) })
    }
    const isStillRefused = isOtherRefused || perClass.some(({ after }) => after.rank === REFUSED)
    const sentence = formEffectSentence(set, changes, reachable, lost, isStillRefused)
    return { changes, reachable, lost: lost.map(({ field }) => field), sentence }
  }
}

const isSame = (a: RankedOutcome, b: RankedOutcome): boolean => a.rank === b.rank && a.link === b.link
