import type { LocalisedText } from './language.ts'
import type { Duty } from './rule.ts'

/** The question put to the rules and the decision on it. Neither contains personal data: only words and names of fields. */

export interface SubjectQuestion {
  readonly role: string
  /** Known facts; a circumstance that is absent is unknown, and unknown never widens. */
  readonly circumstances: Readonly<Record<string, boolean>>
  /** Assessments that a person declared. */
  readonly assessments: readonly string[]
  /** Names of the fields present. */
  readonly fields: readonly string[]
}

export interface Question {
  readonly sender: string
  readonly recipient: string
  readonly purpose: string
  /** File id of the declared legal basis; absent only when checking. */
  readonly legalBasis?: string
  /** Instant, RFC 3339 in UTC. */
  readonly at: string
  readonly dataSubjects: readonly SubjectQuestion[]
}

/** From least to most restrictive. */
export const RELEASES = ['verstrekken', 'generaliseren', 'weglaten', 'weigeren'] as const
export type Release = (typeof RELEASES)[number]

/** Outcomes of a decision, in the order in which every list shows them. */
export const OUTCOMES = ['verstrekt', 'gedeeltelijk', 'in-afwachting', 'geweigerd'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Reasons of a refusal, in the order in which every list shows them. */
export const REASONS = ['verbod', 'beoordeling-ontbreekt', 'geen-grondslag'] as const
export type Reason = (typeof REASONS)[number]

export interface RuleReference {
  readonly file: string
  readonly rule: string
}

export interface FieldDecision {
  readonly field: string
  readonly release: Release
  /** Level of the field's ladder; present exactly when `release` is `generaliseren`. */
  readonly level?: string
  /** May the value feed the pseudonym, inside the gateway only? */
  readonly link: boolean
  /** The permit or prohibition that determined this; absent when nothing covers the field. */
  readonly rule?: RuleReference
  readonly citation?: string
  readonly sentence: LocalisedText
}

/** A rule that waits for the answer to one open question alone; `sentence` says what both answers do. */
export interface NearestMiss {
  readonly rule: RuleReference
  readonly citation: string
  /**
   * What the answer is that changes a field at once: `assessment`, `when` (yes) or `when-not` (no). Decisions that were stored
   * before the open questions existed have the others too.
   */
  readonly condition:
    | 'sender'
    | 'recipient'
    | 'purpose'
    | 'role'
    | 'when'
    | 'when-not'
    | 'any-of'
    | 'assessment'
    | 'legal-basis'
    | 'validity'
  /** The word that the question is about; in stored decisions also all words of a condition, or the alternatives. */
  readonly words: readonly string[]
  readonly sentence: LocalisedText
}

/** A circumstance that nobody needed to state, because it follows from something else that was sent. */
export interface FollowingFact {
  readonly circumstance: string
  readonly isTrue: boolean
  /** What it follows from: the name of a field, never its value, or another word. */
  readonly from: { readonly field: string } | { readonly circumstance: string } | { readonly assessment: string }
  readonly sentence: LocalisedText
}

/** An unknown circumstance of which a rule presumes the answer; the opposite would have counted if it had been stated. */
export interface PresumedFact {
  readonly circumstance: string
  /** The answer that counted. */
  readonly isTrue: boolean
  readonly rule: RuleReference
  readonly citation: string
  readonly sentence: LocalisedText
}

export interface SubjectDecision {
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly fields: readonly FieldDecision[]
  readonly firedRules: readonly RuleReference[]
  /** Prohibitions and safeguards that apply. */
  readonly prohibitions: readonly RuleReference[]
  readonly nearestMisses: readonly NearestMiss[]
  /** Circumstances that decided, or could have, without being stated; absent when there are none. */
  readonly follows?: readonly FollowingFact[]
  /** What passes rests on these presumptions; absent when there are none. */
  readonly presumed?: readonly PresumedFact[]
}

export interface Decision {
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly dataSubjects: readonly SubjectDecision[]
  readonly duties: readonly Duty[]
  readonly policyHash: string
  readonly engineVersion: string
  readonly at: string
}

/** Nearest misses of one data subject: at most a yes and a no of each of the hundred open questions of an answer. */
export const MAX_MISSES = 200
