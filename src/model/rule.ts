import type { LocalisedText } from './language.ts'

/** Rules after their files were loaded: groups and exceptions are expanded to plain words, classes to field names. */

export interface Source {
  readonly citation: string
  readonly url: string
  /** Legal date (Europe/Amsterdam) of the version the rule was written from, `YYYY-MM-DD`. */
  readonly version: string
  readonly summary: string
  /** True when the summary was not compared with the official text (`nagezien: nee`). */
  readonly unverified?: true
}

export const DUTY_KINDS = [
  'bewaartermijn',
  'vastleggen',
  'loggen',
  'geheimhouding',
  'vier-ogen',
  'informeren',
  'terugkoppelen',
] as const
export type DutyKind = (typeof DUTY_KINDS)[number]

export interface Duty {
  readonly kind: DutyKind
  /** The party that must carry it out. */
  readonly for: 'afzender' | 'ontvanger' | 'sluis'
  readonly citation?: string
  /** `bewaartermijn`: keep at most this many days. */
  readonly retentionDays?: number
  /** `loggen`: keep the log at least this many days. */
  readonly keepLogDays?: number
  /** `vier-ogen`: how many people must approve. */
  readonly people?: number
}

/** Half-open legal period `[from, until)`, dates in Europe/Amsterdam. */
export interface Validity {
  readonly from: string
  readonly until?: string
}

/** Parties, purposes and data subjects that a rule is about; an absent member means any. */
export interface RuleScope {
  readonly senders?: readonly string[]
  readonly recipients?: readonly string[]
  readonly purposes?: readonly string[]
  readonly roles?: readonly string[]
}

/** A rule of a `soort: grondslag` file: what it permits, and when. */
export interface BasisRule {
  readonly file: string
  readonly id: string
  readonly citation: string
  readonly validity: Validity
  readonly scope: RuleScope
  /** Circumstances that must be known to be true. */
  readonly when: readonly string[]
  /** Circumstances that must also be known to be true when this party is the sender; a key is one of the scope's senders. */
  readonly whenFrom?: ReadonlyMap<string, readonly string[]>
  /** Circumstances that must be known to be false. */
  readonly whenNot: readonly string[]
  /** Circumstances that must not be known to be false: the law presumes them, and only a stated no counts. Never empty. */
  readonly unlessDenied?: readonly string[]
  /** At least one of these must be known to be true; empty when not asked. */
  readonly anyOf: readonly string[]
  /** Assessments that a person must have declared. */
  readonly assessments: readonly string[]
  readonly release: readonly string[]
  /** Field to level. */
  readonly generalise: ReadonlyMap<string, string>
  readonly link: readonly string[]
  /** The exception of AVG 9 or 10 that the rule relies on beside its own ground, when it permits a special-class field. */
  readonly exception?: string
  readonly duties: readonly Duty[]
  readonly explanation: LocalisedText
}

export interface Exception {
  readonly when: readonly string[]
  readonly whenNot: readonly string[]
  /** Recipients the exception is limited to; absent means any. */
  readonly recipients?: readonly string[]
  readonly senders?: readonly string[]
  readonly roles?: readonly string[]
  readonly assessments: readonly string[]
}

/** A rule of a `soort: verbod` file. It applies unless it is certain that it does not. */
export interface Prohibition {
  readonly file: string
  readonly id: string
  readonly citation: string
  readonly validity: Validity
  readonly scope: RuleScope
  readonly when: readonly string[]
  readonly whenNot: readonly string[]
  /** Circumstances without which it does not apply: the law presumes that they are not so, and only a stated yes counts. Never empty. */
  readonly whenStated?: readonly string[]
  /** Field names; `klasse:…` is already expanded. */
  readonly fields: readonly string[]
  readonly outcome: 'generaliseren' | 'alleen-koppelen' | 'weglaten' | 'weigeren'
  /** For `generaliseren`: field to coarsest-allowed level. */
  readonly levels: ReadonlyMap<string, string>
  readonly unless: readonly Exception[]
  readonly explanation: LocalisedText
}

/**
 * A rule of a `soort: waarborg` file that belongs to some legal bases (`bij_grondslag`): its duties come with every rule of
 * those files. The duties of a {@link BasisRule} include them, so that nothing else decides; this is who asked for them.
 */
export interface SharedDuties {
  readonly file: string
  readonly id: string
  readonly citation: string
  readonly validity: Validity
  /** Ids of `soort: grondslag` files. */
  readonly legalBases: readonly string[]
  readonly duties: readonly Duty[]
  readonly explanation: LocalisedText
}

/** A rule of a `soort: waarborg` file: narrows or adds duties, never widens. It applies like a prohibition. */
export interface Safeguard {
  readonly file: string
  readonly id: string
  readonly citation: string
  readonly validity: Validity
  readonly scope: RuleScope
  readonly when: readonly string[]
  readonly whenNot: readonly string[]
  /** As of a {@link Prohibition}. */
  readonly whenStated?: readonly string[]
  /** Fields that are withheld and do not link (`weglaten`). */
  readonly withhold: readonly string[]
  /** Fields that are withheld but may link (`alleen-koppelen`). */
  readonly linkOnly: readonly string[]
  /** Field to finest-allowed level. */
  readonly generalise: ReadonlyMap<string, string>
  readonly unless: readonly Exception[]
  /** Added whenever the safeguard applies and at least one field is released or linked. */
  readonly duties: readonly Duty[]
  readonly explanation: LocalisedText
}
