import type { LinkingGateway } from '../exchange/linking/persons.ts'
import { createMentionReader, type Evidence } from '../exchange/linking/weigh-candidates.ts'
import { FIRST_COMPARED_FAMILY } from '../ports/mentions.ts'
import { MATCH_FAMILIES } from '../pseudonym/match-families.ts'
import { type Cause, createCauses, findStage } from './causes.ts'
import { createGrouping, type Grouping, listTruePairs, type PairCount, type Truth } from './grouping.ts'
import type { LabelledRecord } from './mapping.ts'
import { answerQuestions, listJoins, SIMULATED_DOMAIN, type Simulation, simulateReports } from './simulate.ts'

/** Pairs of records that are taken for one person, and how many of them are. */
export interface PairFigures extends PairCount {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** A point of the precision-recall curve: the most pairs that are found at this precision. */
export interface CurvePoint {
  readonly precision: number
  readonly recall: number
  readonly wrong: number
  /** Every link of at least this weight is followed. */
  readonly score: number
}

export interface Evaluation {
  readonly records: number
  readonly entities: number
  /** Pairs of records about one person; between two files only those across. */
  readonly truePairs: number
  /** Pairs within one person of the gateway, before anybody answered. */
  readonly automatic: PairFigures
  /** The same once every question is answered rightly. */
  readonly answered: PairFigures
  /** Links that the gateway made by itself, and how many of them are between two people. */
  readonly joins: { readonly made: number; readonly wrong: number }
  /** Questions that the recipient gets, how many of them earlier answers settle, and the answers to the others. */
  readonly questions: {
    readonly asked: number
    readonly per1000: number
    readonly settled: number
    readonly yes: number
    readonly no: number
  }
  /** Precision of `CURVE` and the recall that goes with it, as if every link of some weight were followed. */
  readonly curve: readonly CurvePoint[]
  /** Pairs that were not found after all answers, most frequent first. */
  readonly missed: readonly Cause[]
  /** Corruptions of missed pairs, and how many pairs have each. */
  readonly corruptions: Readonly<Record<string, number>>
  /** Two people, most frequent first: in questions with the answer no, and in links that the gateway made by itself. */
  readonly wrongQuestions: readonly Cause[]
  readonly wrongJoins: readonly Cause[]
  /** Tokens stored per mention, padding included, and how many of them are searched by. */
  readonly tokensPerRecord: number
  readonly searchedTokens: number
  /** Average number of real tokens per record. */
  readonly realTokens: number
  readonly demotedTokens: number
  /** Number of values that failed their check and were skipped, by kind. */
  readonly refused: Readonly<Record<string, number>>
}

/** Precisions at which recall is reported. */
export const CURVE = [0.9999, 0.999, 0.99, 0.95, 0.9] as const

/** Mentions whose tokens are read at once. */
const READ_AT_ONCE = 512

type Positioned = LabelledRecord & Truth

/**
 * Links labelled records by the gateway's own decision, one report after another in the order given, and then answers every question
 * by the truth. No assumption that a record has one counterpart.
 *
 * @param gateway knows nobody; its store is filled
 * @param files one list to find duplicates in, or two to link with each other; pairs within one of the two do not count
 * @param onRecord called with the number of processed records
 * @throws RangeError for a record with an identifier that fails its check
 */
export async function evaluateLinking(
  gateway: LinkingGateway,
  files: readonly (readonly LabelledRecord[])[],
  onRecord: (done: number) => void = () => {},
): Promise<Evaluation> {
  const records = files.flatMap((list, file) => list.map((record): Positioned => ({ ...record, file })))
  const isAcross = files.length > 1
  const isTrue = ({ earlier, later }: { earlier: number; later: number }) =>
    records[earlier]!.entity === records[later]!.entity
  const simulation = await simulateReports(gateway, records, onRecord)
  const { links } = simulation
  const made = links.filter(({ status }) => status === 'automatic')
  const asked = links.filter(({ status }) => status === 'possible')

  const truth = createGrouping(records, isAcross)
  for (const [one, other] of listTruePairs(records, false)) truth.join(one, other)
  const truePairs = truth.count().right
  const figures = (grouping: Grouping) => formFigures(grouping.count(), truePairs)
  const automatic = figures(await groupByPerson(gateway, simulation, records, isAcross))
  const put = await answerQuestions(gateway, asked, isTrue)
  const persons = await groupByPerson(gateway, simulation, records, isAcross)

  const wrong = (pairs: readonly { earlier: number; later: number }[]) => {
    const causes = createCauses()
    for (const { earlier, later } of pairs) causes.add(records[earlier]!, records[later]!)
    return causes.list()
  }
  const wrongJoins = made.filter((link) => !isTrue(link))
  const refusedAnswers = put.flatMap(({ question, isYes }) => (isYes ? [] : [question]))
  return {
    records: records.length,
    entities: new Set(records.map(({ entity }) => entity)).size,
    truePairs,
    automatic,
    answered: figures(persons),
    joins: { made: made.length, wrong: wrongJoins.length },
    questions: {
      asked: asked.length,
      per1000: (1000 * asked.length) / Math.max(records.length, 1),
      settled: asked.length - put.length,
      yes: put.length - refusedAnswers.length,
      no: refusedAnswers.length,
    },
    curve: drawCurve(simulation, createGrouping(records, isAcross), truePairs),
    ...(await explainMissed(gateway, simulation, records, persons, isAcross)),
    wrongQuestions: wrong(refusedAnswers),
    wrongJoins: wrong(wrongJoins),
    tokensPerRecord: sumSizes(MATCH_FAMILIES),
    searchedTokens: sumSizes(MATCH_FAMILIES.filter(({ id }) => id < FIRST_COMPARED_FAMILY)),
    realTokens: simulation.realTokens / Math.max(records.length, 1),
    demotedTokens: simulation.demoted.size,
    refused: countAll(records.flatMap(({ refused }) => refused)),
  }
}

const sumSizes = (families: readonly { readonly size: number }[]) => families.reduce((sum, { size }) => sum + size, 0)

const countAll = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(names, (name) => name)]
      .map(([name, { length }]) => [name, length] as const)
      .sort(([, one], [, other]) => other - one),
  )

function formFigures(count: PairCount, truePairs: number): PairFigures {
  const { found, right } = count
  const precision = found === 0 ? 1 : right / found
  const recall = truePairs === 0 ? 1 : right / truePairs
  return {
    ...count,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  }
}

async function groupByPerson(
  gateway: LinkingGateway,
  { mentionIds }: Simulation,
  records: readonly Truth[],
  isAcross: boolean,
): Promise<Grouping> {
  const grouping = createGrouping(records, isAcross)
  const positions = new Map(mentionIds.map((id, position) => [id, position]))
  for await (const { earlierMention, laterMention } of listJoins(gateway)) {
    grouping.join(positions.get(earlierMention)!, positions.get(laterMention)!)
  }
  return grouping
}

/** Follows the links from the strongest on; of every precision the last point that still has it. */
function drawCurve({ links }: Simulation, grouping: Grouping, truePairs: number): readonly CurvePoint[] {
  const best = new Map<number, CurvePoint>()
  const strongestFirst = links.toSorted((one, other) => other.score - one.score)
  for (const [place, { earlier, later, score }] of strongestFirst.entries()) {
    grouping.join(earlier, later)
    // Links of one weight are followed together.
    if (strongestFirst[place + 1]?.score === score) continue
    const { found, right, precision: reached, recall } = formFigures(grouping.count(), truePairs)
    for (const precision of CURVE) {
      if (reached >= precision) best.set(precision, { precision, recall, wrong: found - right, score })
    }
  }
  return CURVE.flatMap((precision) => best.get(precision) ?? [])
}

async function explainMissed(
  gateway: LinkingGateway,
  { mentionIds, demoted }: Simulation,
  records: readonly Positioned[],
  persons: Grouping,
  isAcross: boolean,
): Promise<Pick<Evaluation, 'missed' | 'corruptions'>> {
  const missed = [...listTruePairs(records, isAcross)].filter(([one, other]) => !persons.areTogether(one, other))
  const causes = createCauses()
  for (let start = 0; start < missed.length; start += READ_AT_ONCE) {
    const part = missed.slice(start, start + READ_AT_ONCE)
    const evidence = await readEvidence(
      gateway,
      part.flat().map((position) => mentionIds[position]!),
    )
    for (const [one, other] of part) {
      const stage = findStage(evidence(mentionIds[one]!), evidence(mentionIds[other]!), demoted)
      causes.add(records[one]!, records[other]!, stage)
    }
  }
  const corrupted = missed.flatMap((pair) => [...new Set(pair.flatMap((position) => records[position]!.corruptions))])
  return { missed: causes.list(), corruptions: countAll(corrupted) }
}

async function readEvidence(gateway: LinkingGateway, ids: readonly string[]): Promise<(mentionId: string) => Evidence> {
  const known = await createMentionReader(gateway, SIMULATED_DOMAIN.id)([...new Set(ids)])
  const byId = new Map(known.map((mention) => [mention.id, mention]))
  return (mentionId) => byId.get(mentionId)!
}
