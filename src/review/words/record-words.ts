import type { FilterMember } from '../../audit/export/record-filter.ts'
import type { LogUse } from '../../audit/record/access.ts'
import type { EpochReason } from '../../audit/record/epoch.ts'
import type { RecallGround } from '../../audit/record/follow-up.ts'
import type { HeartbeatRecord } from '../../audit/record/heartbeat.ts'

type Named<Word extends string> = Readonly<Record<Word, string>>

/** The sentences for the records of the log, in one language. */
export interface RecordWords {
  moment(at: string): string
  exchange(id: string, parties: { readonly sender: string; readonly recipient: string }): string
  check(parties: { readonly sender: string; readonly recipient: string }): string
  readonly purpose: string
  readonly basis: string
  readonly outcomeOf: string
  readonly submittedBy: string
  inReplyTo(id: string): string
  readonly duty: string
  rulesOf(policyHash: string): string
  person(number: number): string
  readonly not: string
  readonly known: string
  readonly declared: string
  readonly fired: string
  readonly barred: string
  sealed(hash: string): string
  readonly nothingSealed: string
  approved(by: string, id: string, remaining: number): string
  stopped(by: string | undefined, id: string): string
  expired(id: string): string
  delivered(recipient: string, id: string | undefined): string
  acknowledged(recipient: string, id: string | undefined): string
  feedback(sender: string, recipient: string, id: string, feedbackId: string): string
  recalled(sender: string, recipient: string, id: string, ground: string): string
  readonly ground: Named<RecallGround>
  erased(recipient: string, id: string, ground: string): string
  readonly erasure: Named<'bewaartermijn' | 'verzoek-betrokkene'>
  match(recipient: string, step: string, by: string): string
  readonly matchStep: Named<'proposed' | 'confirmed' | 'rejected'>
  subjectRequest(by: string, request: 'access' | 'erasure', found: number): string
  matches(by: string, found: number): string
  limit(by: string, limit: string): string
  log(by: string, use: string, range: string, filter: string, found: number): string
  readonly use: Named<LogUse>
  range(first: number, last: number): string
  readonly nothing: string
  readonly filterMember: Named<FilterMember>
  readonly operator: string
  policy(step: string, policyHash: string, by: readonly string[]): string
  readonly policyStep: Named<'files' | 'proposed' | 'refused' | 'approved' | 'withdrawn' | 'activated'>
  keyCommand(command: string, epoch: number | undefined): string
  keyStep(step: string, epoch: number): string
  readonly keySteps: Named<'known' | 'retired' | 'renewing' | 'renewed' | 'replaced'>
  party(party: string, step: string): string
  readonly partyStep: Named<'known' | 'changed' | 'removed'>
  heartbeat(occasion: string, records: number, failed: number): string
  readonly occasion: Named<HeartbeatRecord['occasion']>
  epoch(origin: string, previous: string, reason: string, inherited: number): string
  readonly epochReason: Named<EpochReason>
}

/** A moment in Dutch time; the record itself has it in UTC. */
export const clockIn = (locale: string) => {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'long',
    timeStyle: 'medium',
  })
  return (at: string) => format.format(new Date(at))
}
/** Enough of a hash to tell rule sets apart. */
export const short = (hash: string) => hash.slice(0, 12)
export const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`
