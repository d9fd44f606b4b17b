import type { Attempt } from '../audit/export/record-filter.ts'
import type { AccessRecord } from '../audit/record/access.ts'
import type { CheckRecord, ExchangeRecord } from '../audit/record/exchange.ts'
import type { KeyRecord } from '../audit/record/key.ts'
import type { AuditRecord } from '../audit/record/record.ts'
import type { HeartbeatFinding } from '../audit/verify/heartbeats.ts'
import { OUTCOMES } from '../model/decision.ts'
import { SMALL_CELL } from '../policy/analysis/gaps.ts'
import type { FollowUpWatch } from './follow-up-watch.ts'
import { type LogEvents, MAX_PLACES, type MonthlyReport } from './monthly-report.ts'
import type { Month } from './months.ts'
import { isOfficeHour } from './office-hours.ts'
import type { Rederived } from './rederive.ts'
import { createTally } from './tally.ts'

/** The part of a monthly report that is counted record by record. */
export interface MonthCounts {
  readonly counts: Omit<
    MonthlyReport,
    'filter' | 'from' | 'until' | 'isOver' | 'acknowledgements' | 'feedback' | 'terms' | keyof LogEvents
  >
  readonly events: LogEvents
}

export interface MonthCounter {
  /** Takes the next record of the month. @param watch in its state just before the record @param attempt of an exchange or check */
  add(leafIndex: number, record: AuditRecord, watch: FollowUpWatch, attempt?: Attempt): void
  addUnreadable(leafIndex: number): void
  addRederived(leafIndex: number, status: Rederived['status']): void
  /** @param findings about the heartbeats of the whole log */
  finish(findings: readonly HeartbeatFinding[]): MonthCounts
}

/** Counts what happened in one month. */
export function createMonthCounts({ month, start, end }: Month): MonthCounter {
  const exchanges = createTally(['sender', 'recipient', 'legalBasis'], OUTCOMES)
  const checks = createTally(['sender'], ['permitted', 'refused'])
  const refusals = createTally(
    ['sender', 'recipient', 'reason'],
    ['exchanges', 'stayed', 'retried', 'repaired', 'checks'],
    ['exchanges', 'checks'],
  )
  const holds = { held: 0, approved: 0, refused: 0, expired: 0 }
  const deliveries = { handedOver: 0, acknowledged: 0, fedBack: 0 }
  const recalls = createTally(['ground'], ['count'])
  const erasures = createTally(['ground'], ['count', 'neverFetched'], ['count'])
  const outside = createTally(['by', 'what'], ['count'])
  const searches = createTally(
    ['by'],
    ['subjectRequests', 'foundNothing', 'identityQuestions'],
    ['subjectRequests', 'identityQuestions'],
  )
  const limits = createTally(['by', 'limit'], ['count'])
  const keys = createTally(['event'], ['count'])
  const policies: LogEvents['policies'][number][] = []
  const parties = createTally(['party', 'step'], ['count'])
  const epochs: LogEvents['epochs'][number][] = []
  const logReads = createTally(['by', 'use'], ['reads', 'records'])
  const rederived = { agrees: 0, deviates: 0, 'not-rederived': 0 }
  const places: number[] = []
  let records = 0
  let unreadable = 0
  let heartbeats = 0
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY

  const look = (by: string, what: string, at: string) => {
    if (!isOfficeHour(at)) outside.add({ by, what }, 'count')
  }

  function addDecided(record: ExchangeRecord | CheckRecord, attempt: Attempt | undefined): void {
    const { sender, recipient, outcome, reason, at } = record
    const isExchange = record.type === 'exchange'
    if (reason !== undefined) {
      const name = { sender, recipient, reason }
      refusals.add(name, isExchange ? 'exchanges' : 'checks')
      if (attempt === 'stayed' || attempt === 'retried' || attempt === 'repaired') refusals.add(name, attempt)
    }
    if (!isExchange) {
      checks.add({ sender }, outcome === 'geweigerd' ? 'refused' : 'permitted')
      return
    }
    // Only a check may do without a basis.
    exchanges.add({ sender, recipient, legalBasis: record.legalBasis ?? '' }, outcome)
    if (outcome === 'in-afwachting') holds.held++
    if (record.asked) {
      const by = record.submittedBy ?? sender
      searches.add({ by }, 'identityQuestions')
      look(by, 'identity-question', at)
    }
  }

  function addAccess(record: AccessRecord): void {
    const { by, at } = record
    switch (record.what) {
      case 'limit':
        limits.add({ by, limit: record.limit }, 'count')
        return
      case 'subject-request':
        searches.add({ by }, 'subjectRequests')
        if (record.found === 0) searches.add({ by }, 'foundNothing')
        look(by, 'subject-request', at)
        return
      case 'matches':
        look(by, 'matches', at)
        return
      case 'log':
        logReads.add({ by, use: record.use }, 'reads')
        logReads.add({ by, use: record.use }, 'records', record.found)
        look(by, 'log', at)
    }
  }

  function addRecord(leafIndex: number, record: AuditRecord, watch: FollowUpWatch, attempt?: Attempt): void {
    switch (record.type) {
      case 'exchange':
      case 'check':
        addDecided(record, attempt)
        return
      case 'approved':
        if (record.remaining === 0) holds.approved++
        return
      case 'refused':
      case 'expired':
        holds[record.type]++
        return
      case 'delivered':
        deliveries.handedOver++
        look(record.recipient, 'delivery', record.at)
        return
      case 'acknowledged':
        deliveries.acknowledged++
        return
      case 'feedback':
        deliveries.fedBack++
        return
      case 'recalled':
        // The record with `by` is the step itself, the other one the notice of it.
        if (record.by !== undefined) recalls.add({ ground: record.ground }, 'count')
        return
      case 'erased':
        erasures.add({ ground: record.ground }, 'count')
        if (watch.wasFetched(record.exchangeId) === false) erasures.add({ ground: record.ground }, 'neverFetched')
        return
      case 'access':
        addAccess(record)
        return
      case 'key':
        keys.add({ event: nameKeyEvent(record) }, 'count')
        return
      case 'policy': {
        const { at, policyHash, sourceHash, step = 'files', proposedBy, approvedBy, withdrawnBy } = record
        policies.push({
          leafIndex,
          step,
          at,
          ...(policyHash !== undefined && { policyHash }),
          sourceHash,
          ...(proposedBy !== undefined && { proposedBy }),
          ...(approvedBy !== undefined && { approvedBy }),
          ...(withdrawnBy !== undefined && { withdrawnBy }),
        })
        return
      }
      case 'party':
        parties.add({ party: record.party, step: record.step }, 'count')
        return
      case 'heartbeat':
        heartbeats++
        return
      case 'epoch': {
        const { reason, origin, previous, inherited } = record
        epochs.push({
          leafIndex,
          reason,
          origin,
          previousOrigin: previous.origin,
          lost: Math.max(0, previous.treeSize - inherited),
        })
      }
    }
  }

  function note(leafIndex: number): void {
    records++
    first = Math.min(first, leafIndex)
    last = Math.max(last, leafIndex)
  }

  function notePlace(leafIndex: number): void {
    if (places.length < MAX_PLACES) places.push(leafIndex)
  }

  const isHere = (finding: HeartbeatFinding): boolean => {
    if (finding.kind === 'silence') {
      const since = Date.parse(finding.since)
      return since < end && since + finding.seconds * 1000 > start
    }
    const leafIndex = finding.kind === 'uncounted' ? finding.end - 1 : finding.leafIndex
    return first <= leafIndex && leafIndex <= last
  }

  return {
    add(leafIndex, record, watch, attempt) {
      note(leafIndex)
      addRecord(leafIndex, record, watch, attempt)
    },
    addUnreadable(leafIndex) {
      note(leafIndex)
      unreadable++
      rederived['not-rederived']++
      notePlace(leafIndex)
    },
    addRederived(leafIndex, status) {
      rederived[status]++
      if (status !== 'agrees') notePlace(leafIndex)
    },
    finish: (findings) => ({
      counts: {
        month,
        smallCell: SMALL_CELL,
        records,
        exchanges: exchanges.cells(),
        checks: checks.cells(),
        refusals: refusals.cells(),
        holds,
        deliveries,
        recalls: recalls.cells(),
        erasures: erasures.cells(),
        rederivation: {
          agreeing: rederived.agrees,
          deviating: rederived.deviates,
          notRederived: rederived['not-rederived'],
          places,
        },
        unreadable,
      },
      events: {
        outsideOfficeHours: outside.cells(),
        searches: searches.cells(),
        limits: limits.counts(),
        keys: keys.counts(),
        policies,
        parties: parties.counts(),
        heartbeats: { count: heartbeats, findings: findings.filter(isHere) },
        epochs,
        logReads: logReads.counts(),
      },
    }),
  }
}

const nameKeyEvent = (record: KeyRecord): string =>
  record.step === 'command' ? `${record.step} ${record.command}` : record.step
