import type { Language, LocalisedText } from '../../model/language.ts'
import { analysePolicySet } from '../../policy/analysis/analyse.ts'
import { runCases } from '../../policy/analysis/cases.ts'
import { measureCoverage } from '../../policy/analysis/coverage.ts'
import { diffPolicySets } from '../../policy/analysis/diff.ts'
import { describeRelations, diffRelations } from '../../policy/analysis/relation-diff.ts'
import { listOfficers } from '../../policy/clients.ts'
import { describeChanges } from '../../policy/docs/changes-text.ts'
import type { PolicyFault } from '../../policy/files/fault.ts'
import { loadPolicySet, type PolicySet, type PolicyText } from '../../policy/files/load.ts'
import { listOpenQuestions } from '../../policy/files/open-questions.ts'
import { deriveSourceHash } from '../../policy/hash.ts'
import { loadArchive } from './archived.ts'

/** What is worked out about the texts of a rule set. Takes seconds, so that a runtime with threads does it in another. */
export interface RuleSetWork {
  /**
   * @param by client id of the officer
   * @throws SluisError `policy-too-complex` when a bound on time or memory is reached, `too-many-requests` when too much is asked
   */
  inspect(by: string, files: readonly PolicyText[]): Promise<Inspection>
  /**
   * @param by client id of the officer
   * @param next the archived texts of the proposed set, @param inForce those of the set in force
   * @param on date at which the proposed set is analysed
   * @throws SluisError `policy-too-complex` when a bound on time, memory or the size of the answer is reached, `too-many-requests`
   */
  review(by: string, next: string, inForce: string, on: string): Promise<SetReview>
  /** The set of archived texts. @throws Error with every fault when this version cannot read them; SluisError `policy-too-complex` */
  load(content: string): Promise<PolicySet>
}

/** Whether proposed files are fit to be in force. */
export type Inspection =
  | {
      readonly ok: true
      readonly policyHash: string
      readonly sourceHash: string
      readonly texts: readonly PolicyText[]
    }
  | {
      readonly ok: false
      readonly policyHash?: string
      readonly sourceHash: string
      readonly faults: readonly PolicyFault[]
    }

/** What an officer needs to know before approving: the same results as `policy test --coverage`, `analyse` and `diff`. */
export interface SetReview {
  readonly cases: number
  /** Rules, circumstances and data that no case covers although one must. */
  readonly gaps: readonly { readonly path: string; readonly rule: string; readonly message: LocalisedText }[]
  /** Findings that the files do not explain. */
  readonly findings: readonly {
    readonly path: string
    readonly kind: string
    readonly rule?: string
    readonly message: LocalisedText
    readonly mend: LocalisedText
  }[]
  /** What a lawyer must still decide about the proposed files, whether or not the set in force has the same questions. */
  readonly openQuestions: readonly {
    readonly path: string
    readonly question: string
    readonly dependents: readonly string[]
    readonly meanwhile: string
  }[]
  /** Every decision that changes, and every relation between words, in words. */
  readonly changes: { readonly nl: readonly string[]; readonly en: readonly string[] }
}

/** Nobody mends more at once, and the answer stays small. */
export const MAX_POLICY_FAULTS = 100

/** Parses the files and runs their cases. */
export function inspectFiles(files: readonly PolicyText[]): Inspection {
  const loaded = loadPolicySet(files)
  if (!loaded.ok)
    return { ok: false, sourceHash: deriveSourceHash(files), faults: loaded.faults.slice(0, MAX_POLICY_FAULTS) }
  const { policyHash, sourceHash, texts } = loaded.set
  const faults = findObjections(loaded.set)
  if (faults.length > 0) return { ok: false, policyHash, sourceHash, faults: faults.slice(0, MAX_POLICY_FAULTS) }
  return { ok: true, policyHash, sourceHash, texts }
}

/** Compares two archived sets, and analyses the first. */
export function reviewSets(nextTexts: string, inForceTexts: string, on: string): SetReview {
  const next = loadArchive(nextTexts)
  const sets = { old: loadArchive(inForceTexts), next }
  const changes = diffPolicySets(sets.old, sets.next)
  const relations = diffRelations(sets.old, sets.next)
  const describe = (language: Language) => [
    ...describeChanges(changes, sets, language),
    ...describeRelations(relations, sets, language),
  ]
  const coverage = measureCoverage(next)
  return {
    cases: coverage.cases,
    gaps: coverage.gaps
      .filter(({ isRequired }) => isRequired)
      .map(({ path, rule, message }) => ({ path, rule, message })),
    findings: analysePolicySet(next, on)
      .findings.filter(({ why }) => why === undefined)
      .map(({ path, kind, rule, message, mend }) => ({
        path,
        kind,
        ...(rule !== undefined && { rule }),
        message,
        mend,
      })),
    openQuestions: listOpenQuestions(next).map(({ path, question, dependents, meanwhile }) => ({
      path,
      question,
      dependents,
      meanwhile,
    })),
    changes: { nl: describe('nl'), en: describe('en') },
  }
}

/**
 * Works in the thread of the caller, for a runtime that has no other. Files, depth and comparisons are bounded by number; the platform
 * bounds time and memory.
 */
export const workHere: RuleSetWork = {
  inspect: async (_, files) => inspectFiles(files),
  review: async (_, next, inForce, on) => reviewSets(next, inForce, on),
  load: async (content) => loadArchive(content),
}

/** Reasons why a set without faults cannot be proposed. */
function findObjections(set: PolicySet): readonly PolicyFault[] {
  const cases = runCases(set)
    .filter(({ passed }) => !passed)
    .map(({ path, line, name, differences }) => ({
      file: path,
      line,
      column: 1,
      message: {
        nl: `geval \`${name}\` klopt niet: ${differences.join('; ')}`,
        en: `case \`${name}\` fails: ${differences.join('; ')}`,
      },
      mend: { nl: 'verbeter de regel of het geval', en: 'fix the rule or the case' },
    }))
  if (listOfficers(set.parties).length >= 2) return cases
  const file = set.texts.find(({ path }) => path.endsWith('partijen.yaml'))?.path ?? 'partijen.yaml'
  const nobodyLeft = {
    file,
    line: 1,
    column: 1,
    message: {
      nl: 'met minder dan twee functionarissen is deze regelset nooit meer te vervangen',
      en: 'with fewer than two officers this rule set could never be replaced',
    },
    mend: { nl: 'geef twee medewerkers `policy:write`', en: 'grant two people `policy:write`' },
  }
  return [...cases, nobodyLeft]
}
