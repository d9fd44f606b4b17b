import type { Question, SubjectQuestion } from '../../model/decision.ts'
import type { Bucket } from './buckets.ts'
import type { PolicyIndex } from './compile.ts'
import { createKnown, type Known, setKnown } from './condition-index.ts'
import { eraAt } from './periods.ts'
import { WITHHELD } from './ranks.ts'
import type { Point } from './scope-index.ts'

/** The words of a question as the numbers of an index. */
export interface NumberedQuestion {
  readonly sender: number
  readonly recipient: number
  readonly purpose: number
  /** The declared basis; `ANY_FILE` when none was declared, `NO_FILE` when no rule is in it. */
  readonly file: number
  readonly era: number
}

/** The values of `file` that are not the number of a file. */
export const ANY_FILE = -1
export const NO_FILE = -2

/** Looks up the numbers of a question; a word that no rule names has number 0. */
export function numberQuestion(index: PolicyIndex, question: Question): NumberedQuestion {
  const [senders, recipients, purposes] = index.scopes
  const { legalBasis } = question
  return {
    sender: senders.ids.get(question.sender) ?? 0,
    recipient: recipients.ids.get(question.recipient) ?? 0,
    purpose: purposes.ids.get(question.purpose) ?? 0,
    file: legalBasis === undefined ? ANY_FILE : (index.files.get(legalBasis) ?? NO_FILE),
    era: eraAt(index.eras, question.at),
  }
}

/** How the rules of a set match one data subject. `evaluate` fills it, and reuses it for the next data subject. */
export interface Evaluation {
  point: Point
  bucket: Bucket
  readonly known: Known
  readonly knownFacts: number[]
  /** Requested fields without repetition, in their order, and their ids; -1 for a field that the set does not know. */
  readonly names: string[]
  readonly fields: number[]
  /** For each field of the set its position in `names`, or -1. */
  readonly positions: Int32Array
  /** Groups of permits that fire. */
  readonly fired: number[]
  /** What was found for each position. */
  found: Findings
  /** Vectors of bars that the known facts lift. */
  readonly lifting: Uint32Array[]
}

/** One number for each requested field; a rule is -1 when there is none. */
interface Findings {
  /** The rank of the best permit, and the first rule that gives it. */
  readonly permitRank: Int32Array
  readonly permitRule: Int32Array
  /** The first rule that gives the link. */
  readonly linkRule: Int32Array
  /** The rank of the strictest bar, 0 when there is none, and its narrowing. */
  readonly barRank: Int32Array
  readonly barRule: Int32Array
}

const createFindings = (size: number): Findings => ({
  permitRank: new Int32Array(size),
  permitRule: new Int32Array(size),
  linkRule: new Int32Array(size),
  barRank: new Int32Array(size),
  barRule: new Int32Array(size),
})

const NOWHERE: Bucket = { trees: new Int32Array(), words: new Int32Array(), bars: new Uint32Array() }

/** An evaluation that fits one index. */
export function createEvaluation(index: PolicyIndex): Evaluation {
  return {
    point: [0, 0, 0, 0],
    bucket: NOWHERE,
    known: createKnown(index.facts.count),
    knownFacts: [],
    names: [],
    fields: [],
    positions: new Int32Array(index.fields.size).fill(-1),
    fired: [],
    found: createFindings(index.fields.size),
    lifting: [],
  }
}

/** Prepares an evaluation for one data subject: the facts it knows, the fields it asks for, and the bucket to look in. */
export function startEvaluation(
  index: PolicyIndex,
  question: NumberedQuestion,
  subject: SubjectQuestion,
  evaluation: Evaluation,
): void {
  clear(evaluation)
  addFacts(index, subject, evaluation)
  addFields(index, subject.fields, evaluation)
  const role = index.scopes[3].ids.get(subject.role) ?? 0
  evaluation.point = [question.sender, question.recipient, question.purpose, role]
  evaluation.bucket = index.buckets.bucketAt(evaluation.point, question.era)
}

function clear(evaluation: Evaluation): void {
  const { known, knownFacts, positions, fields } = evaluation
  setKnown(known, knownFacts, false)
  for (const field of fields) if (field >= 0) positions[field] = -1
  knownFacts.length = 0
  evaluation.names.length = 0
  fields.length = 0
  evaluation.fired.length = 0
  evaluation.lifting.length = 0
}

function addFacts({ facts, narrowings }: PolicyIndex, subject: SubjectQuestion, evaluation: Evaluation): void {
  const { known, knownFacts } = evaluation
  for (const word of Object.keys(subject.circumstances)) {
    const value = subject.circumstances[word]
    const pair = facts.circumstances.get(word)
    if (pair === undefined) continue
    if (value === true) knownFacts.push(pair.isTrue)
    else if (value === false) knownFacts.push(pair.isFalse)
  }
  for (const word of subject.assessments) {
    const fact = facts.assessments.get(word)
    if (fact !== undefined) knownFacts.push(fact)
  }
  setKnown(known, knownFacts, true)
  for (const { fact, brokenBy } of facts.silences) if (known.marks[brokenBy] === 0) knownFacts.push(fact)
  if (facts.silences.length > 0) setKnown(known, knownFacts, true)
  for (const fact of knownFacts) {
    const lifted = narrowings.liftedBy[fact]
    if (lifted !== undefined) evaluation.lifting.push(lifted)
  }
}

function addFields(index: PolicyIndex, asked: readonly string[], evaluation: Evaluation): void {
  const { names, fields, positions } = evaluation
  if (asked.length > evaluation.found.permitRank.length) evaluation.found = createFindings(asked.length)
  const { permitRank, permitRule, linkRule, barRank, barRule } = evaluation.found
  for (const name of asked) {
    const field = index.fields.get(name) ?? -1
    if (field < 0 ? names.includes(name) : positions[field]! >= 0) continue
    const position = names.length
    if (field >= 0) positions[field] = position
    names.push(name)
    fields.push(field)
    permitRank[position] = WITHHELD
    permitRule[position] = -1
    linkRule[position] = -1
    barRank[position] = 0
    barRule[position] = -1
  }
}
