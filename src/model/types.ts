import type { Duty } from './rule.ts'

/**
 * The words everybody may use: the closed vocabulary, the rules made from it, a decision and what it was asked.
 * Values that come from the rule files are Dutch, because the law and its editors are; names of members are English.
 */

declare const identifierBrand: unique symbol
declare const pseudonymBrand: unique symbol

/** A value that could name a person. It never goes into a log, an error, a URL or a table. */
export type Identifier = string & { readonly [identifierBrand]: true }
/** What one recipient sees in the place of a person; means nothing to anybody else. */
export type Pseudonym = string & { readonly [pseudonymBrand]: true }

export type Language = 'nl' | 'en'
/** A sentence for people, in Dutch and in English. */
export type LocalisedText = Readonly<Record<Language, string>>

/** A value that survives a round trip through JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

// ---------------------------------------------------------------------------------------------------------------------
// Vocabulary (`policies/woordenlijst.yaml`)

/** A word of the closed vocabulary with its label for people. */
export interface Word {
  readonly id: string
  readonly label: LocalisedText
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

export const IDENTIFIER_KINDS = [
  'bsn',
  'v-nummer',
  'documentnummer',
  'iban',
  'telefoon',
  'email',
  'voornaam',
  'tussenvoegsel',
  'achternaam',
  'alias',
  'geboortedatum',
  'geboorteplaats',
  'nationaliteit',
  'geslacht',
  'adres',
] as const
/** What an identifying field identifies a person by; decides how it is canonicalised. */
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** An identifier as it was sent: an address by its members, everything else as text. */
export type IdentifierValue = string | Readonly<Record<string, string>>
/** What may feed a pseudonym, as it was sent: all values of a kind, of several fields or of a list of aliases, in order. */
export type Identifiers = Readonly<Partial<Record<IdentifierKind, readonly IdentifierValue[]>>>

export const FIELD_CLASSES = [
  'gewoon',
  'identificerend',
  'bsn',
  'gezondheid',
  'seksueel',
  'etniciteit',
  'strafrechtelijk',
] as const
/** `gezondheid`, `seksueel` and `etniciteit` are special categories (AVG 9), `strafrechtelijk` falls under AVG 10. */
export type FieldClass = (typeof FIELD_CLASSES)[number]

export interface Field {
  readonly id: string
  readonly type: FieldType
  readonly class: FieldClass
  /** Present when the field can feed a pseudonym. */
  readonly identifier?: IdentifierKind
  /** Generalisation levels, finest first; empty when the field cannot be generalised. */
  readonly ladder: readonly string[]
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
  /** A match token that leads to more persons than this tells nobody apart and counts for nothing; absent means the default. */
  readonly blockLimit?: number
}

export interface Vocabulary {
  readonly purposes: ReadonlyMap<string, Word>
  readonly kinds: ReadonlyMap<string, Word>
  readonly roles: ReadonlyMap<string, Word>
  readonly circumstances: ReadonlyMap<string, Word>
  readonly assessments: ReadonlyMap<string, Word>
  readonly duties: ReadonlyMap<string, Word>
  readonly groups: ReadonlyMap<string, Word>
  readonly domains: ReadonlyMap<string, Domain>
  readonly fields: ReadonlyMap<string, Field>
}

export const SCOPES = [
  'exchange:submit',
  'exchange:check',
  'exchange:approve',
  'identity:ask',
  'subject:request',
  'inbox:read',
  'match:review',
  'audit:read',
  'policy:write',
  'statistics:read',
] as const
/** What a client may do. `policy:write` makes a privacy officer, `audit:read` an auditor; nobody holds both. */
export type Scope = (typeof SCOPES)[number]

/** Scopes that only a person can hold: they exist so that somebody looks. */
export const PERSONAL_SCOPES = ['exchange:approve', 'policy:write'] as const satisfies readonly Scope[]

/** A public JSON Web Key (RFC 7517) as parties publish it. */
export type PublicJwk = Readonly<Record<string, string>> & {
  readonly kty: string
  readonly kid: string
  readonly use: 'sig' | 'enc'
}

/** The private half that belongs to a `PublicJwk`, as one JSON Web Key. Secret: it stays with its owner. */
export type PrivateJwk = PublicJwk & { readonly d: string }

/** Somebody at a party who signs with keys of their own. The id names a role, never a person by name. */
export interface Person extends Word {
  readonly scopes: readonly Scope[]
}

/** An organisation that takes part (`policies/partijen.yaml`). */
export interface Party extends Word {
  readonly groups: readonly string[]
  /** What the party's own system may do. Its people have scopes of their own and inherit none of these. */
  readonly scopes: readonly Scope[]
  readonly people: ReadonlyMap<string, Person>
  /** Whom to ask about sharing, in words: a desk or a function, and how to reach it. */
  readonly contact?: LocalisedText
  readonly oin?: string
}

// ---------------------------------------------------------------------------------------------------------------------
// What a decision is asked and what it answers (holds no personal data: words and field names only)

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
export type Outcome = 'verstrekt' | 'gedeeltelijk' | 'in-afwachting' | 'geweigerd'
export type Reason = 'verbod' | 'beoordeling-ontbreekt' | 'geen-grondslag'

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

export interface NearestMiss {
  readonly rule: RuleReference
  readonly citation: string
  /** The one thing in which the rule failed. */
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
  /** The words that would satisfy it (all of them, or one of them for `any-of` and the scope conditions). */
  readonly words: readonly string[]
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
