import { formatCanonicalJson } from '../../encoding/canonical-json.ts'
import type { Json } from '../../encoding/json.ts'
import type {
  Decision,
  FieldDecision,
  Outcome,
  Question,
  Reason,
  Release,
  RuleReference,
  SubjectDecision,
  SubjectQuestion,
} from '../../model/decision.ts'
import type { Duty, DutyKind } from '../../model/rule.ts'

/** The compact form of a decision in a record: enough to re-derive and compare it, without its sentences. */

// Type aliases, not interfaces: only an alias fits `Json`.
export type RecordedDuty = {
  readonly kind: DutyKind
  readonly for: 'afzender' | 'ontvanger' | 'sluis'
  readonly retentionDays?: number
  readonly keepLogDays?: number
  readonly people?: number
}

/** One data subject: the question and its outcome. Every list is a sorted set. */
export type RecordedSubject = {
  readonly role: string
  /** Circumstances known to be true, and known to be false. */
  readonly true: readonly string[]
  readonly false: readonly string[]
  readonly assessments: readonly string[]
  /** Field to treatment: `v`, `g`, `w` or `x` for its release, `k` when it may be linked, `:level` when generalised. */
  readonly fields: { readonly [field: string]: string }
  readonly outcome: Outcome
  readonly reason?: Reason
  /** `file/rule`. */
  readonly rules: readonly string[]
  readonly prohibitions: readonly string[]
  /** Commitment to the person inside the gateway (base64url); present when something about them is delivered. */
  readonly commitment?: string
}

/** Outcome of a question under one rule set: everything that a re-derived decision is compared with. */
export type DecisionSummary = {
  readonly subjects: readonly RecordedSubject[]
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly duties: readonly RecordedDuty[]
  readonly policyHash: string
  readonly engineVersion: string
}

/** Decision on one field, as recorded. */
export type FieldOutcome = Pick<FieldDecision, 'field' | 'release' | 'level' | 'link'>

const LETTER_OF_RELEASE = {
  verstrekken: 'v',
  generaliseren: 'g',
  weglaten: 'w',
  weigeren: 'x',
} as const satisfies Record<Release, string>
const RELEASE_OF_LETTER = new Map<string, Release>(
  Object.entries(LETTER_OF_RELEASE).map(([release, letter]) => [letter, release as Release]),
)

/**
 * The outcome of a question, with what was asked about each data subject. The same question and decision always
 * produce the same bytes, whatever the order of their lists.
 *
 * @throws RangeError when the decision does not answer the question
 */
export function summariseDecision(question: Question, decision: Decision): DecisionSummary {
  if (decision.dataSubjects.length !== question.dataSubjects.length) {
    throw new RangeError('decision: has other data subjects than the question; decide this question')
  }
  return {
    subjects: question.dataSubjects.map((subject, index) => summariseSubject(subject, decision.dataSubjects[index]!)),
    outcome: decision.outcome,
    ...(decision.reason !== undefined && { reason: decision.reason }),
    duties: summariseDuties(decision.duties),
    policyHash: decision.policyHash,
    engineVersion: decision.engineVersion,
  }
}

/**
 * The recorded decision on every field of one data subject, sorted by field.
 *
 * @throws SyntaxError for a treatment that {@link summariseDecision} does not write
 */
export function parseFieldOutcomes(subject: RecordedSubject): readonly FieldOutcome[] {
  return Object.entries(subject.fields)
    .map(([field, treatment]) => ({ field, ...parseTreatment(treatment) }))
    .sort((one, other) => (one.field < other.field ? -1 : 1))
}

/**
 * Where a re-derived decision differs from the recorded one, as JSON Pointers (RFC 6901) into the record; empty when it
 * agrees. The engine's version may differ: a newer engine must still decide the same.
 */
export function findDeviations(record: DecisionSummary, rederived: DecisionSummary): readonly string[] {
  const members = (['outcome', 'reason', 'duties', 'policyHash'] as const).filter(
    (name) => !isSame(record[name], rederived[name]),
  )
  const count = Math.max(record.subjects.length, rederived.subjects.length)
  const subjects = Array.from({ length: count }, (_, index) => {
    const [one, other] = [record.subjects[index], rederived.subjects[index]]
    if (one === undefined || other === undefined) return [`/subjects/${index}`]
    const fields = [...new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])].sort()
    return [
      ...(['outcome', 'reason', 'rules', 'prohibitions'] as const).filter((name) => !isSame(one[name], other[name])),
      ...fields
        .filter((field) => one.fields[field] !== other.fields[field])
        .map((field) => `fields/${escapeToken(field)}`),
    ].map((path) => `/subjects/${index}/${path}`)
  })
  return [...members.map((name) => `/${name}`), ...subjects.flat()]
}

function summariseSubject(subject: SubjectQuestion, decision: SubjectDecision): RecordedSubject {
  const known = Object.entries(subject.circumstances)
  const treatments = new Map(decision.fields.map((field) => [field.field, formatTreatment(field)]))
  return {
    role: subject.role,
    true: sortedSet(known.filter(([, isSo]) => isSo).map(([word]) => word)),
    false: sortedSet(known.filter(([, isSo]) => !isSo).map(([word]) => word)),
    assessments: sortedSet(subject.assessments),
    fields: Object.fromEntries(
      subject.fields.map((field) => {
        const treatment = treatments.get(field)
        if (treatment === undefined) throw new RangeError('decision: leaves a field unanswered; decide this question')
        return [field, treatment]
      }),
    ),
    outcome: decision.outcome,
    ...(decision.reason !== undefined && { reason: decision.reason }),
    rules: sortedSet(decision.firedRules.map(formatRule)),
    prohibitions: sortedSet(decision.prohibitions.map(formatRule)),
  }
}

// The citation of a duty is in the archived rule set already.
function summariseDuties(duties: readonly Duty[]): readonly RecordedDuty[] {
  const recorded = duties.map(({ citation: _, ...duty }): [string, RecordedDuty] => [formatCanonicalJson(duty), duty])
  return [...new Map(recorded.sort(([one], [other]) => (one < other ? -1 : 1))).values()]
}

function formatTreatment({ release, level, link }: FieldDecision): string {
  return `${LETTER_OF_RELEASE[release]}${link ? 'k' : ''}${level === undefined ? '' : `:${level}`}`
}

function parseTreatment(treatment: string): Omit<FieldOutcome, 'field'> {
  const [, letter, link, level] = /^([a-z])(k?)(?::(.+))?$/.exec(treatment) ?? []
  const release = RELEASE_OF_LETTER.get(letter ?? '')
  if (release === undefined) {
    throw new SyntaxError('record: a field has an unknown treatment; read it with a newer version')
  }
  return { release, link: link === 'k', ...(level !== undefined && { level }) }
}

const formatRule = ({ file, rule }: RuleReference): string => `${file}/${rule}`
const sortedSet = (words: readonly string[]): readonly string[] => [...new Set(words)].sort()
// The order of members is irrelevant; the order of a list is not, and every list here is sorted.
const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other) ||
  (one !== undefined && other !== undefined && formatCanonicalJson(one) === formatCanonicalJson(other))
const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1')
