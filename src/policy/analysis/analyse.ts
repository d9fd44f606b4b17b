import type { PolicySet } from '../policy-set.ts'
import { approvalFindings } from './approval-findings.ts'
import { type Bar, clausesOf, type Lift, type Permit } from './clauses.ts'
import { type Conflict, listConflicts } from './conflicts.ts'
import { contradictoryRelease } from './contradiction-findings.ts'
import { dutyFindings } from './duty-findings.ts'
import type { Finding } from './finding.ts'
import { drawGapMap, type GapMap } from './gap-map.ts'
import { deadNarrowing } from './idle-narrowings.ts'
import { barredRule, deadRule, lifeOf, shadowedPermits } from './idle-permits.ts'
import { closureIn, knowledgeWords } from './knowledge.ts'
import { conditionFindings } from './laws/condition-findings.ts'
import { sourceFindings } from './laws/source-findings.ts'
import { presumptionFindings } from './presumption-findings.ts'
import { exchangeSpace } from './space.ts'
import { unknownFindings } from './unknown-findings.ts'
import { validityFindings } from './validity-findings.ts'

/** A finding, with the officers' explanation of it. */
export interface JudgedFinding extends Finding {
  readonly path: string
  /** Why it is intended (`verantwoord`); absent when nobody explained it. */
  readonly why?: string
}

export interface Analysis {
  /** Whether every finding is explained. */
  readonly ok: boolean
  readonly findings: readonly JudgedFinding[]
  readonly conflicts: readonly Conflict[]
  readonly gapMap: GapMap
}

/**
 * Analyses a set exactly, which its closed vocabulary makes possible: rules without effect, rules that contradict each
 * other, answers that must be known although both are allowed, answers that are presumed, periods without a rule, old sources, conditions of articles that no rule
 * asks, and the parties and purposes without any legal basis.
 *
 * @param on legal date of the map of legal bases, `YYYY-MM-DD`
 */
export function analysePolicySet(
  set: PolicySet,
  on: string,
  onProgress: (done: number, total: number) => void = () => {},
): Analysis {
  const space = exchangeSpace(set)
  const words = knowledgeWords(set.vocabulary)
  const close = closureIn(words, set.vocabulary)
  const clauses = clausesOf(set, space, words)
  const permits = clauses.filter((clause): clause is Permit => clause.kind === 'permit')
  const bars = clauses.filter((clause): clause is Bar => clause.kind === 'bar')
  const lifts = clauses.filter((clause): clause is Lift => clause.kind === 'lift')
  const narrowing = [...bars, ...lifts]
  const lives = permits.map((permit, index) => {
    onProgress(index, permits.length)
    return { permit, life: lifeOf(permit, narrowing) }
  })
  const byRule = Map.groupBy(lives, ({ permit }) => permit.rule)
  const findings = [
    ...set.rules.flatMap(
      (rule) =>
        deadRule(
          rule,
          byRule.get(rule)!.map(({ permit }) => permit),
        ) ?? [],
    ),
    ...bars.flatMap((bar) => deadNarrowing(bar, lifts)),
    ...shadowedPermits(set, permits),
    ...set.rules.flatMap((rule) => {
      const firing = byRule.get(rule)!.filter(({ permit }) => permit.firing.length > 0)
      return (
        barredRule(
          rule,
          firing.map(({ life }) => life),
        ) ?? []
      )
    }),
    ...set.rules.flatMap(
      (rule) => contradictoryRelease(rule, byRule.get(rule)!, narrowing, set.vocabulary, words, close) ?? [],
    ),
    ...unknownFindings(permits, words, close),
    ...presumptionFindings(set),
    ...dutyFindings(permits, narrowing),
    ...approvalFindings(set, space, permits, bars),
    ...validityFindings(set, clauses, space),
    ...sourceFindings(set),
  ]
  const aboutArticles = conditionFindings(set).map(
    (finding): JudgedFinding => ({ ...finding, path: finding.position.file }),
  )
  const judged = [...judge(set, findings), ...aboutArticles]
  const living = lives.filter(({ life }) => life.living.length > 0).map(({ permit }) => permit)
  const conflicts = listConflicts(set, clauses)
  const gapMap = drawGapMap(living, space, on)
  onProgress(permits.length, permits.length)
  return { ok: judged.every(({ why }) => why !== undefined), findings: judged, conflicts, gapMap }
}

/** Matches findings with the explanations of their file; an explanation without a finding is a finding itself. */
function judge(set: PolicySet, findings: readonly Finding[]): readonly JudgedFinding[] {
  return set.files.flatMap(({ id, path, accepted = [] }) => {
    const own = findings.filter(({ file }) => file === id)
    const judged = own.map((finding) => {
      const explanation = accepted.find(({ kind, rule }) => kind === finding.kind && rule === finding.rule)
      return { ...finding, path, ...(explanation && { why: explanation.why }) }
    })
    const needless = accepted.filter(
      ({ kind, rule }) => !own.some((finding) => finding.kind === kind && finding.rule === rule),
    )
    return [
      ...judged,
      ...needless.map(({ kind, rule }) => ({
        kind: 'verantwoording-overbodig' as const,
        file: id,
        path,
        ...(rule !== undefined && { rule }),
        others: [],
        message: {
          nl: `\`verantwoord\` noemt \`${kind}\`, maar dat is niet meer zo`,
          en: `\`verantwoord\` names \`${kind}\`, but the analysis no longer finds it`,
        },
        mend: { nl: 'verwijder die verantwoording', en: 'remove that explanation' },
      })),
    ]
  })
}
