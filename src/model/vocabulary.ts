import type { IdentifierKind } from './identifier.ts'
import type { LocalisedText } from './language.ts'

/**
 * The closed vocabulary (`policies/woordenlijst.yaml`). Words that come from it and from the rule files are Dutch, because the law and
 * its editors are; names of members are English.
 */

/** A word of the closed vocabulary with its label for people. */
export interface Word {
  readonly id: string
  readonly label: LocalisedText
}

/** Who can know whether a statement is true, or decides it, in the order in which a sender gets to an answer. */
export const KNOWERS = [
  'afzender',
  'betrokkene',
  'vertegenwoordiger',
  'hulpverlener',
  'ontvanger',
  'functionaris-gegevensbescherming',
  'bevoegde-functionaris',
  'bevoegd-gezag',
  'officier-van-justitie',
  'bestuursorgaan',
  'minister',
  'europese-commissie',
  'sluis',
] as const
export type Knower = (typeof KNOWERS)[number]

/** A circumstance or an assessment: a word that a sender can be asked about. */
export interface StatementWord extends Word {
  /** The statement as a question that is answered with yes or no; present when a rule asks for the word. */
  readonly question?: LocalisedText
  /** Present when a rule asks for the word. */
  readonly knownBy?: readonly Knower[]
  /** The statement in a few words, to end a sentence with: `with explicit consent`. */
  readonly short?: LocalisedText
}

/**
 * What a value says about a circumstance: whether a date of birth is less than so many full years before the legal date of the
 * exchange, or at which words or countries the circumstance is true or false. Any other value leaves it unknown.
 */
export type ValueCondition =
  | { readonly field: string; readonly youngerThan: number }
  | { readonly field: string; readonly trueAt: readonly string[]; readonly falseAt: readonly string[] }

/** A sentence that is true, false or unknown of a data subject, and what it has to do with other sentences. */
export interface Circumstance extends StatementWord {
  /** Circumstances and assessments that are never true together with this one. Each of two such words lists the other. */
  readonly excludes?: readonly string[]
  /** Circumstances that are never true without this one: it follows from each of them. */
  readonly impliedBy?: readonly string[]
  readonly settledBy?: ValueCondition
}

/** A person's weighing of an open norm. It follows from nothing, and from it follows only that what it excludes is not so. */
export interface Assessment extends StatementWord {
  readonly excludes?: readonly string[]
}

export const FIELD_TYPES = [
  'naam',
  'namen',
  'tekst',
  'datum',
  'land',
  'woord',
  'adres',
  'nummer',
  'telefoon',
  'email',
] as const
/**
 * How a value is written: `naam` and `tekst` are text, `namen` a list of texts, `datum` is `JJJJ-MM-DD` with `00` for an
 * unknown month or day, `land` an ISO 3166-1 alpha-2 code, `woord` one of the field's own `values`, `adres` an object,
 * `nummer` an identity or account number whose form follows from `identifier`.
 */
export type FieldType = (typeof FIELD_TYPES)[number]

export const FIELD_CLASSES = [
  'gewoon',
  'identificerend',
  'bsn',
  'gezondheid',
  'seksueel',
  'etniciteit',
  'overtuiging',
  'strafrechtelijk',
] as const
/** `gezondheid`, `seksueel`, `etniciteit` and `overtuiging` are special categories (AVG 9), `strafrechtelijk` falls under AVG 10. */
export type FieldClass = (typeof FIELD_CLASSES)[number]

/** The classes that one article of the AVG protects more strictly, by a word of their own. */
export const CLASS_GROUPS = {
  'avg-9': ['gezondheid', 'seksueel', 'etniciteit', 'overtuiging'],
  'avg-10': ['strafrechtelijk'],
} as const satisfies Readonly<Record<string, readonly FieldClass[]>>

/** What is certain of every date of a field, whoever it is about. */
export interface DateLimits {
  /** Never after the legal date of the exchange. */
  readonly isPast?: true
  /** At most so many years before the legal date of the exchange. */
  readonly maxYearsAgo?: number
  /** Other fields whose date is never later than this one, of the same data subject. */
  readonly notBefore?: readonly string[]
}

export interface Field {
  readonly id: string
  readonly type: FieldType
  readonly class: FieldClass
  /** Present when the field can feed a pseudonym. */
  readonly identifier?: IdentifierKind
  /** Generalisation levels, finest first; empty when the field cannot be generalised. */
  readonly ladder: readonly string[]
  /** For type `datum`; absent when any date is possible. */
  readonly limits?: DateLimits
  /** For type `woord`: the allowed values with their labels. */
  readonly values?: ReadonlyMap<string, LocalisedText>
  readonly label: LocalisedText
  /** Counterpart in the Human Trafficking Case Data Standard, if there is one. */
  readonly htcds?: string
  /** Counterpart in the W3C Data Privacy Vocabulary, if there is one. */
  readonly dpv?: string
}

/** A pseudonym domain: one recipient and a group of its purposes share one space of pseudonyms. */
export interface Domain extends Word {
  readonly recipient: string
  readonly purposes: readonly string[]
  /** A match token shared by more persons than this does not distinguish them and is ignored; absent means the default. */
  readonly blockLimit?: number
}

/** Words that the gateway itself acts on. A part that is absent switches off what the gateway does with it. */
export interface GatewayWords {
  /** An answer for this purpose is the feedback on the exchange that it answers. */
  readonly feedbackPurpose?: string
  /** Kind that a form for an answer starts with; the sender may choose another. */
  readonly replyKind?: string
  /** Reports of these kinds to a party in one of these groups are owed feedback, also where no duty says so. */
  readonly followUp?: { readonly kinds: readonly string[]; readonly groups: readonly string[] }
  readonly identityQuestion?: IdentityQuestionWords
}

/** Words of the identity question, which the gateway writes itself. */
export interface IdentityQuestionWords {
  readonly kind: string
  /** Field for the number of the data subject that the question is about. */
  readonly subjectField: string
  /** Field for the names of the fields that are asked for. */
  readonly fieldsField: string
  /** Circumstance: the question is about an exchange that the asker received from the party it asks. Only the gateway states it. */
  readonly askedCircumstance: string
  /** Circumstance: the report answers such a question, and contains nothing else. Only the gateway states it. */
  readonly answeredCircumstance: string
}

export interface Vocabulary {
  readonly purposes: ReadonlyMap<string, Word>
  readonly kinds: ReadonlyMap<string, Word>
  readonly roles: ReadonlyMap<string, Word>
  readonly circumstances: ReadonlyMap<string, Circumstance>
  readonly assessments: ReadonlyMap<string, Assessment>
  readonly duties: ReadonlyMap<string, Word>
  readonly groups: ReadonlyMap<string, Word>
  readonly domains: ReadonlyMap<string, Domain>
  readonly fields: ReadonlyMap<string, Field>
  /** Absent in a vocabulary that gives the gateway no words of its own. */
  readonly gatewayWords?: GatewayWords
}
