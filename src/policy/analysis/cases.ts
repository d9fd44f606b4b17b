import type { Decision, FieldDecision, RuleReference } from '../../model/decision.ts'
import { decide } from '../decide.ts'
import { closeQuestion } from '../facts/settle-question.ts'
import type { ExpectedDecision, PolicySet } from '../policy-set.ts'
import { formatReference } from './finding.ts'

/** Result of one case of a rule file, in the words of the rule files. */
export interface CaseResult {
  /** Id of the rule file. */
  readonly file: string
  readonly path: string
  readonly line: number
  readonly name: string
  readonly passed: boolean
  /** The expected outcome. */
  readonly expected: string
  /** What was decided, limited to what the case expects. */
  readonly actual: string
  /** Each point on which the two differ; empty when the case passes. */
  readonly differences: readonly string[]
}

/** One expectation of a case: what it expects and what was decided. */
interface Point {
  readonly expected: string
  readonly actual: string
  /** Rules and prohibitions that decided this, as `file/rule`. */
  readonly by?: readonly string[]
}

/** Decides every case of every rule file and compares the result, in the order of the files. */
export function runCases(set: PolicySet): readonly CaseResult[] {
  return set.files.flatMap(({ id, path, cases }) =>
    cases.map(({ name, line, question, expected }) => {
      const points = comparePoints(expected, decide(set, closeQuestion(set, question)), id)
      const differing = points.filter((point) => point.expected !== point.actual)
      return {
        file: id,
        path,
        line,
        name,
        passed: differing.length === 0,
        expected: points.map((point) => point.expected).join('; '),
        actual: points.map((point) => point.actual).join('; '),
        differences: differing.map(
          ({ expected, actual, by = [] }) =>
            `verwacht ${expected}, besloten ${actual}${by.length === 0 ? '' : ` door ${by.join(', ')}`}`,
        ),
      }
    }),
  )
}

function comparePoints(expected: ExpectedDecision, decision: Decision, file: string): readonly Point[] {
  const [subject] = decision.dataSubjects
  const fields = subject?.fields ?? []
  const named = (references: readonly RuleReference[] = []) => references.map(formatReference)
  const by = named(decision.reason === 'verbod' ? subject?.prohibitions : subject?.firedRules)
  const points: Point[] = [{ expected: expected.outcome, actual: decision.outcome, by }]
  if (expected.reason !== undefined)
    points.push({ expected: expected.reason, actual: decision.reason ?? 'geen reden', by })
  for (const [name, treatment] of expected.fields) {
    const decided = fields.find(({ field }) => field === name)
    points.push({
      expected: `${name} ${describeTreatment(treatment)}`,
      actual: `${name} ${decided ? describeTreatment(decided) : 'niet gevraagd'}`,
      by: decided?.rule === undefined ? [] : [formatReference(decided.rule)],
    })
  }
  if (expected.link !== undefined) {
    const linked = fields.filter(({ link }) => link).map(({ field }) => field)
    points.push({ expected: describeLinks(expected.link), actual: describeLinks(linked) })
  }
  if (expected.duties !== undefined) {
    points.push({
      expected: describeDuties(expected.duties),
      actual: describeDuties(decision.duties.map(({ kind }) => kind)),
    })
  }
  if (expected.rule !== undefined) {
    const inPlay = [...(subject?.firedRules ?? []), ...(subject?.prohibitions ?? [])]
      .filter((reference) => reference.file === file)
      .map(({ rule }) => rule)
    const isInPlay = inPlay.includes(expected.rule)
    points.push({
      expected: `regel ${expected.rule}`,
      actual: `regel ${isInPlay ? expected.rule : inPlay.join(', ') || 'geen'}`,
    })
  }
  return points
}

const describeTreatment = ({ release, level }: Pick<FieldDecision, 'release' | 'level'>): string =>
  level === undefined ? release : `${release}:${level}`

const describeDuties = (kinds: readonly string[]): string =>
  `plichten ${kinds.length === 0 ? 'geen' : [...new Set(kinds)].sort().join(', ')}`

const describeLinks = (fields: readonly string[]): string =>
  `koppelen ${fields.length === 0 ? 'niets' : fields.toSorted().join(', ')}`
