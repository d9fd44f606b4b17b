import { type PlacedRecord, readRecords } from '../../audit/export/read-log.ts'
import type { Attempt } from '../../audit/export/record-filter.ts'
import type { CheckRecord, ExchangeRecord } from '../../audit/record/exchange.ts'
import { parseRecord } from '../../audit/record/parse.ts'
import type { LogReader } from '../../ports/store.ts'

/** How long after a refusal a next try still counts as one of the same report. */
export const REPAIR_SECONDS = 3600
/** How many records after a refusal are looked at, so that a busy hour has a bound too. */
export const REPAIR_RECORDS = 10_000

/** A record, and for an exchange or check what became of it. */
export interface AttemptedRecord extends PlacedRecord {
  /** The decision; absent for other records, and for one that this version cannot read. */
  readonly decided?: ExchangeRecord | CheckRecord
  /** Of the whole: of a refused person the least that became of it. Absent for what passed at once, and for other records. */
  readonly attempt?: Attempt
  /** Of each data subject, in order. */
  readonly persons: readonly (Attempt | undefined)[]
}

/**
 * Tells trials and repairs apart from refusals that stayed. The records hold nothing about who a report was about, so a later
 * exchange counts as the next try of the same report when it has the same sender and recipient, a person in the same role, and
 * either the same reference of the sender, or the same fields and not two different references. It comes within
 * `REPAIR_SECONDS` and `REPAIR_RECORDS` of the try before. What is sent again with the same `Idempotency-Key` has no second record.
 *
 * Each record comes in order, as soon as its attempt is certain; so it can come as much later as a next try may.
 *
 * @see Attempt for the words
 */
export async function* classifyAttempts(records: AsyncIterable<PlacedRecord>): AsyncGenerator<AttemptedRecord> {
  const waiting: Entry[] = []
  const tries = createTries()
  let head = 0
  let newest = Number.NEGATIVE_INFINITY
  for await (const placed of records) {
    const entry = formEntry(placed)
    if (entry.decided) newest = Date.parse(entry.decided.at)
    for (; head < waiting.length; head++) {
      const first = waiting[head]!
      const isOver =
        newest - first.time > REPAIR_SECONDS * 1000 || placed.leafIndex - first.placed.leafIndex > REPAIR_RECORDS
      if (first.open.length > 0 && !isOver) break
      yield release(first, tries)
    }
    if (head > REPAIR_RECORDS) {
      waiting.splice(0, head)
      head = 0
    }
    if (entry.decided?.type === 'exchange') tries.take(entry, entry.decided)
    if (head === waiting.length && entry.open.length === 0) yield release(entry, tries)
    else waiting.push(entry)
  }
  for (; head < waiting.length; head++) yield release(waiting[head]!, tries)
}

/**
 * Records `[start, end)` with their attempts. Reads as far before and after them as a try of the same report can be.
 * @param treeSize the size of the log
 */
export async function* readAttempted(
  log: Pick<LogReader, 'records'>,
  start: number,
  end: number,
  treeSize: number,
): AsyncGenerator<AttemptedRecord> {
  const first = Math.max(0, start - REPAIR_RECORDS)
  const last = Math.min(treeSize, end + REPAIR_RECORDS)
  for await (const record of classifyAttempts(readRecords(log, first, last))) {
    if (record.leafIndex >= end) return
    if (record.leafIndex >= start) yield record
  }
}

interface Entry {
  readonly placed: PlacedRecord
  readonly decided?: ExchangeRecord | CheckRecord
  readonly time: number
  readonly persons: (Attempt | undefined)[]
  /** Refused persons of whom no next try was found yet. */
  open: OpenTry[]
}

interface OpenTry {
  readonly entry: Entry
  readonly person: number
  readonly remove: () => void
}

function formEntry(placed: PlacedRecord): Entry {
  const decided = readDecided(placed.record)
  if (decided === undefined) return { placed, time: Number.NEGATIVE_INFINITY, persons: [], open: [] }
  const persons = decided.subjects.map(() => (decided.type === 'check' ? ('check' as const) : undefined))
  return { placed, decided, time: Date.parse(decided.at), persons, open: [] }
}

/** Undefined for a record of another type, and for one that this version cannot read. */
function readDecided(text: string): ExchangeRecord | CheckRecord | undefined {
  if (!text.includes('"type":"exchange"') && !text.includes('"type":"check"')) return undefined
  try {
    const record = parseRecord(text)
    return record.type === 'exchange' || record.type === 'check' ? record : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function release({ placed, decided, persons, open }: Entry, tries: Tries): AttemptedRecord {
  for (const one of open) {
    tries.drop(one)
    persons[one.person] = 'stayed'
  }
  const attempt = ATTEMPT_ORDER.find((word) => persons.includes(word))
  return { ...placed, persons, ...(decided && { decided }), ...(attempt && { attempt }) }
}

/** The attempt of a record is the first of these that one of its persons has. */
const ATTEMPT_ORDER: readonly Attempt[] = ['check', 'stayed', 'retried', 'repaired', 'repair']

interface Tries {
  /** Finds the tries that this exchange follows, and keeps its own refused persons. */
  take(entry: Entry, record: ExchangeRecord): void
  drop(one: OpenTry): void
}

/**
 * Refused persons that wait for a next try: with the reference of their sender, or without one, by their fields. Every one is taken
 * out once, so that many alike cost no more than many different ones.
 */
function createTries(): Tries {
  const lists = new Map<string, Set<OpenTry>>()
  const listOf = (key: string) => {
    const list = lists.get(key) ?? new Set<OpenTry>()
    lists.set(key, list)
    return list
  }
  const settle = (key: string, attempt: Attempt, time: number): boolean => {
    let isFound = false
    for (const one of lists.get(key) ?? []) {
      one.remove()
      one.entry.open = one.entry.open.filter((other) => other !== one)
      const isInTime = time - one.entry.time <= REPAIR_SECONDS * 1000
      one.entry.persons[one.person] = isInTime ? attempt : 'stayed'
      isFound ||= isInTime
    }
    return isFound
  }
  return {
    take(entry, record) {
      const { reference } = record
      const keys = record.subjects.map(({ role, fields }) => {
        const of = [record.sender, record.recipient, role].join(' ')
        const fieldKey = `${of} ${Object.keys(fields).toSorted().join(' ')}`
        return {
          // The next try of what: anything alike without a reference of its own, and with one only that reference.
          next: [`- ${fieldKey}`, reference === undefined ? `+ ${fieldKey}` : `# ${of} ${reference}`],
          own: reference === undefined ? [`- ${fieldKey}`] : [`+ ${fieldKey}`, `# ${of} ${reference}`],
        }
      })
      const hasPassed = record.subjects.map(({ outcome }) => outcome !== 'geweigerd' && record.outcome !== 'geweigerd')
      // Persons that passed first: beside one of them a refused person with the same fields is no second try.
      for (const [person, passes] of hasPassed.entries()) {
        if (!passes) continue
        const found = keys[person]!.next.map((key) => settle(key, 'repaired', entry.time))
        if (found.includes(true)) entry.persons[person] = 'repair'
      }
      for (const [person, passes] of hasPassed.entries()) {
        if (!passes) for (const key of keys[person]!.next) settle(key, 'retried', entry.time)
      }
      for (const [person, passes] of hasPassed.entries()) {
        if (passes) continue
        const own = keys[person]!.own.map(listOf)
        const one: OpenTry = {
          entry,
          person,
          remove() {
            for (const [at, key] of keys[person]!.own.entries()) {
              own[at]!.delete(one)
              if (own[at]!.size === 0 && lists.get(key) === own[at]) lists.delete(key)
            }
          },
        }
        for (const list of own) list.add(one)
        entry.open.push(one)
      }
    },
    drop: (one) => one.remove(),
  }
}
