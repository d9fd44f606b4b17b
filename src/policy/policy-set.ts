import { compareText } from '../encoding/text-order.ts'
import type { Outcome, Question, Reason, Release } from '../model/decision.ts'
import type { Party } from '../model/party.ts'
import type { BasisRule, Prohibition, Safeguard, SharedDuties, Source, Validity } from '../model/rule.ts'
import type { Vocabulary } from '../model/vocabulary.ts'
import type { AcceptedFinding } from './files/accepted-findings.ts'
import type { CitedArticle } from './files/laws/cited-articles.ts'
import type { OpenQuestion } from './files/open-questions.ts'
import type { Law } from './files/sources.ts'
import { derivePolicyHash, deriveSourceHash } from './hash.ts'

/** One text file as it was read. */
export interface PolicyText {
  readonly path: string
  readonly text: string
}

/** The decision that a case of a rule file expects; members it does not state are not checked. */
export interface ExpectedDecision {
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly fields: ReadonlyMap<string, { readonly release: Release; readonly level?: string }>
  /** Exactly these fields may feed the pseudonym. */
  readonly link?: readonly string[]
  /** Exactly these kinds of duties apply. */
  readonly duties?: readonly string[]
  /** A rule of the same file that fires (grondslag) or applies (verbod, waarborg). */
  readonly rule?: string
}

/** A worked example in a rule file: one question about one person, and its answer. */
export interface PolicyCase {
  readonly name: string
  readonly line: number
  readonly question: Question
  readonly expected: ExpectedDecision
}

/** A rule file as people read it. */
export interface PolicyFile {
  /** The file's name without `.yaml`. */
  readonly id: string
  readonly kind: 'grondslag' | 'verbod' | 'waarborg'
  readonly path: string
  readonly title: string
  /** The legal ground (`grond`) that all its rules cite. */
  readonly citation: string
  readonly sources: readonly Source[]
  /** The articles of laws of `bronnen.yaml` that the sources cite. */
  readonly citedArticles?: readonly CitedArticle[]
  readonly validity: Validity
  readonly explanation: string
  /** What a lawyer must still decide (`vragen`). */
  readonly questions: readonly OpenQuestion[]
  readonly cases: readonly PolicyCase[]
  /** Findings of the analysis that the file explains (`verantwoord`). */
  readonly accepted?: readonly AcceptedFinding[]
  /** The file as it was written. */
  readonly text: string
}

/** A rule set without faults: all that decisions depend on. Immutable. */
export interface PolicySet {
  readonly vocabulary: Vocabulary
  readonly parties: ReadonlyMap<string, Party>
  /** The laws that rule files cite by id; empty when every file states its own sources. */
  readonly laws: ReadonlyMap<string, Law>
  /** Sorted by file and id. */
  readonly rules: readonly BasisRule[]
  /** Sorted by file and id. */
  readonly prohibitions: readonly Prohibition[]
  /** Sorted by file and id. */
  readonly safeguards: readonly Safeguard[]
  /** Sorted by file and id. */
  readonly sharedDuties: readonly SharedDuties[]
  /** The rules of each `soort: grondslag` file; the files that a sender may declare as legal basis. */
  readonly rulesByFile: ReadonlyMap<string, readonly BasisRule[]>
  /** Rule files, sorted by id. */
  readonly files: readonly PolicyFile[]
  /** Every text the set was made from, sorted by path: what goes into the archive. */
  readonly texts: readonly PolicyText[]
  /** SHA-256 in hexadecimal of what decides: vocabulary and rules. */
  readonly policyHash: string
  /** SHA-256 in hexadecimal of the texts. */
  readonly sourceHash: string
}

/** Sorts the parts of a set and derives its hashes and the rules of each file. */
export function assemblePolicySet(
  parts: Pick<PolicySet, 'vocabulary' | 'parties' | 'rules' | 'prohibitions' | 'files' | 'texts'> &
    Partial<Pick<PolicySet, 'safeguards' | 'sharedDuties' | 'laws'>>,
): PolicySet {
  const rules = parts.rules.toSorted(byFileAndId)
  const prohibitions = parts.prohibitions.toSorted(byFileAndId)
  const safeguards = (parts.safeguards ?? []).toSorted(byFileAndId)
  return {
    vocabulary: parts.vocabulary,
    parties: parts.parties,
    laws: parts.laws ?? new Map(),
    rules,
    prohibitions,
    safeguards,
    sharedDuties: (parts.sharedDuties ?? []).toSorted(byFileAndId),
    rulesByFile: Map.groupBy(rules, (rule) => rule.file),
    files: parts.files.toSorted((a, b) => compareText(a.id, b.id)),
    texts: parts.texts.toSorted((a, b) => compareText(a.path, b.path)),
    policyHash: derivePolicyHash(parts.vocabulary, rules, prohibitions, safeguards),
    sourceHash: deriveSourceHash(parts.texts),
  }
}

const byFileAndId = (a: { file: string; id: string }, b: { file: string; id: string }): number =>
  compareText(a.file, b.file) || compareText(a.id, b.id)
