import { takeTurns } from '../../audit/export/read-log.ts'
import { type CheckRecord, type ExchangeRecord, parseExchangeQuestion } from '../../audit/record/exchange.ts'
import type { LoadSet } from '../../exchange/rule-sets/archived.ts'
import type { Question, SubjectQuestion } from '../../model/decision.ts'
import { createGapTally, type LegalGap } from '../../policy/analysis/gaps.ts'
import { legalDate } from '../../policy/legal-date.ts'
import type { PolicySet } from '../../policy/policy-set.ts'
import { findPassage, type Passage, purposesToTry } from '../../policy/questions/find-passage.ts'
import type { AttemptedRecord } from '../attempts/attempts.ts'

/** Refusals for lack of a legal basis that are no gap in the law, by why. */
export interface SetAside {
  /** Asked beforehand; nothing was sent. */
  readonly checks: number
  /** Tried again within the hour: the next try counts. */
  readonly retried: number
  /** Something could have passed with another statement, declaration, legal basis or purpose. */
  readonly couldPass: number
  /** A prohibition that nothing lifts bars every field: the law provides for it, and says no. */
  readonly prohibited: number
  /** The sender itself was the recipient. */
  readonly toItself: number
  /** No data were asked for. */
  readonly withoutData: number
  /** It is not known whether something could have passed: the search stopped at its bound, or the rules of that moment are missing. */
  readonly undecided: number
}

/** What the refusals for lack of a legal basis in a log come to. */
export interface GapCount {
  /** Reports that stayed refused, and of which nothing could have passed. */
  readonly gaps: readonly LegalGap[]
  /** Reports that were refused, and passed within the hour. */
  readonly repaired: readonly LegalGap[]
  readonly setAside: SetAside
}

export interface GapCounter {
  add(record: AttemptedRecord): Promise<void>
  finish(): GapCount
}

type Kind = keyof SetAside | 'repaired' | 'gap'

/** When the persons of one role in one report differ, the first of these counts. */
const ORDER: readonly Kind[] = [
  'gap',
  'undecided',
  'couldPass',
  'prohibited',
  'retried',
  'repaired',
  'toItself',
  'withoutData',
  'checks',
]

const MAX_REMEMBERED = 10_000

/**
 * Counts the gaps in the law that refusals show, and nothing else. One refusal is the persons of one role in one report or check
 * for whom no legal basis was found. It counts as a gap when the report stayed refused (`classifyAttempts`: no next try within the
 * hour), the sender was not the recipient, data were asked for, and nothing could have passed: under the rule set that decided, for
 * no purpose, on no legal basis and with no statement or declaration beside what the sender stated (`findPassage`). Every other
 * refusal is counted apart, under why.
 *
 * @param set for the groups of senders; a party that was removed is in no group
 * @param loadSet loads the rule set that a record names
 */
export function createGapCounter(set: PolicySet, loadSet: LoadSet): GapCounter {
  const gaps = createGapTally(set)
  const repaired = createGapTally(set)
  const setAside = { checks: 0, retried: 0, couldPass: 0, prohibited: 0, toItself: 0, withoutData: 0, undecided: 0 }
  const passages = new Map<string, Passage>()

  async function couldPass(record: ExchangeRecord | CheckRecord, person: number): Promise<Passage> {
    const loaded = await loadSet(record.policyHash)
    if ('noSet' in loaded) return 'undecided'
    const question = parseExchangeQuestion(record)
    const subject = question.dataSubjects[person]!
    const key = JSON.stringify([record.policyHash, legalDate(record.at), question.sender, question.recipient, subject])
    const known = passages.get(key)
    if (known !== undefined) return known
    if (passages.size >= MAX_REMEMBERED) passages.clear()
    const found = await findAnyPassage(loaded.set, question, subject)
    passages.set(key, found)
    return found
  }

  async function kindOf(record: ExchangeRecord | CheckRecord, person: number, attempts: AttemptedRecord['persons']) {
    if (record.sender === record.recipient) return 'toItself'
    if (Object.keys(record.subjects[person]!.fields).length === 0) return 'withoutData'
    if (record.type === 'check') return 'checks'
    const attempt = attempts[person]
    if (attempt === 'retried' || attempt === 'repaired') return attempt
    const passage = await couldPass(record, person)
    return ({ possible: 'couldPass', prohibited: 'prohibited', undecided: 'undecided', impossible: 'gap' } as const)[
      passage
    ]
  }

  return {
    async add({ decided, persons }) {
      if (decided === undefined) return
      const refused = decided.subjects.flatMap(({ role, reason, fields }, person) =>
        reason === 'geen-grondslag' ? [{ role, person, fields: Object.keys(fields) }] : [],
      )
      for (const [role, alike] of Map.groupBy(refused, (one) => one.role)) {
        const kinds: { readonly kind: Kind; readonly fields: readonly string[] }[] = []
        for (const { person, fields } of alike) kinds.push({ kind: await kindOf(decided, person, persons), fields })
        const kind = ORDER.find((one) => kinds.some((own) => own.kind === one))!
        if (kind !== 'gap' && kind !== 'repaired') {
          setAside[kind]++
          continue
        }
        const fields = kinds.filter((own) => own.kind === kind).flatMap((own) => own.fields)
        const { sender, recipient, purpose, at } = decided
        const tally = kind === 'gap' ? gaps : repaired
        tally.add({ sender, recipient, purpose, at, role, fields: [...new Set(fields)] })
      }
    },
    finish: () => ({ gaps: gaps.gaps(), repaired: repaired.gaps(), setAside }),
  }
}

/** Gives others a turn between purposes: one takes some milliseconds under a large rule set. */
async function findAnyPassage(set: PolicySet, question: Question, subject: SubjectQuestion): Promise<Passage> {
  const found: Passage[] = []
  for (const purpose of purposesToTry(set, question, subject)) {
    const passage = findPassage(set, { ...question, purpose }, subject)
    if (passage === 'possible') return passage
    found.push(passage)
    await takeTurns()
  }
  // The purpose that was asked for comes first; no other one lets anything pass either.
  return found.includes('undecided') ? 'undecided' : found[0]!
}
