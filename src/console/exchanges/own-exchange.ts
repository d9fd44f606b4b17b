import type { ExchangeRecord } from '../../audit/record/exchange.ts'
import { parseRecord } from '../../audit/record/parse.ts'
import type { ExchangeAnswer } from '../../exchange/pipeline.ts'
import type { ExchangeState } from '../../exchange/progress.ts'
import { parseClientId } from '../../model/client-id.ts'
import type { Language } from '../../model/language.ts'
import type { Party } from '../../model/party.ts'
import type { Vocabulary } from '../../model/vocabulary.ts'
import { DEFAULT_TERMS } from '../../review/follow-up-watch.ts'
import { labelPerson } from '../sign-in/person-label.ts'

/** An exchange as the list of the API has it. */
export type ListedAnswer = Pick<
  ExchangeAnswer,
  'id' | 'outcome' | 'receipt' | 'approval' | 'delivery' | 'recalledAt'
> & { readonly recipient: string; readonly state: ExchangeState; readonly at: string }

/** What a record says that an answer of the API does not repeat: words only. */
export function readRecord({ receipt }: Pick<ExchangeAnswer, 'receipt'>): ExchangeRecord {
  const record = parseRecord(receipt.record)
  if (record.type !== 'exchange') throw new Error('the receipt of an exchange is of another record')
  return record
}

/** What is overdue with an exchange: what its recipient should have done. */
export type Lateness = 'fetch' | 'acknowledge' | 'feedback'

const DAY_MS = 86_400_000

/**
 * What is overdue at a moment, by the terms of the monthly report (`review/follow-up-watch.ts`); undefined when nothing is, or when it
 * can no longer be expected.
 */
export function findLate(
  exchange: Pick<ListedAnswer, 'delivery' | 'recalledAt'>,
  owesFeedback: boolean,
  now: Date,
): Lateness | undefined {
  const { delivery, recalledAt } = exchange
  if (!delivery || recalledAt !== undefined) return undefined
  const isOver = (days: number) => now.getTime() - Date.parse(delivery.placedAt) > days * DAY_MS
  if (delivery.state === 'placed' && delivery.erasedAt === undefined && isOver(DEFAULT_TERMS.acknowledgeDays))
    return 'fetch'
  if (delivery.state === 'fetched' && delivery.erasedAt === undefined && isOver(DEFAULT_TERMS.acknowledgeDays))
    return 'acknowledge'
  return owesFeedback &&
    delivery.answeredAt === undefined &&
    delivery.fetchedAt !== undefined &&
    isOver(DEFAULT_TERMS.feedbackDays)
    ? 'feedback'
    : undefined
}

/** Whether the recipient owes feedback: by a duty, or because the vocabulary names the kind of report and the recipient for it. */
export function owesFeedback(
  { duties, inReplyTo, kind, recipient }: ExchangeRecord,
  { gatewayWords }: Pick<Vocabulary, 'gatewayWords'>,
  parties: ReadonlyMap<string, Party>,
): boolean {
  const followUp = gatewayWords?.followUp
  return (
    duties.some((duty) => duty.kind === 'terugkoppelen' && duty.for === 'ontvanger') ||
    (followUp !== undefined &&
      inReplyTo === undefined &&
      followUp.kinds.includes(kind) &&
      (parties.get(recipient)?.groups ?? []).some((group) => followUp.groups.includes(group)))
  )
}

/** A client id for people: the role of the person, as the head of each page names it. */
export function nameClient(parties: ReadonlyMap<string, Party>, id: string, language: Language): string {
  const { party, person } = parseClientId(id)
  if (person === undefined) return parties.get(party)?.label[language] ?? party
  const known = parties.get(party)?.people.get(person)
  return known === undefined ? person : labelPerson(known)[language]
}
