import { takeTurns } from '../../audit/export/read-log.ts'
import type { Party } from '../../model/party.ts'
import type { Clock } from '../../ports/keys.ts'
import type { MailFailure, MailMark, MailSender } from '../../ports/mail.ts'
import type { Store } from '../../ports/store.ts'
import type { InboxEntry } from '../../ports/stored.ts'
import { COUNTED_DELIVERIES } from './inbox-list.ts'
import { formatInboxMail } from './inbox-mail-text.ts'

/** Attempts for one state of an inbox, one at each moment of mail. After them the next delivery starts anew. */
export const MAX_MAIL_ATTEMPTS = 24

/** What was not sent at one moment, for one reason. */
export interface UnsentMail {
  readonly reason: MailFailure
  readonly parties: readonly string[]
  /** Those of `parties` for which nothing more is attempted until something new arrives. */
  readonly givenUp: readonly string[]
}

export interface InboxMailParts {
  readonly store: Pick<Store, 'listNewestDeliveries' | 'mailMarks'>
  readonly sender: MailSender
  /** Parties in force at this moment. */
  readonly parties: () => ReadonlyMap<string, Party>
  /** Address of the inbox in the console. */
  readonly inboxAddress: string
  /** Minutes between two moments at which mail leaves. */
  readonly everyMinutes: number
  readonly clock: Clock
  readonly report: (unsent: UnsentMail) => void
}

/** Mail that there is something in an inbox. */
export interface InboxMail {
  /**
   * Sends what is due when a moment of mail has passed since the last call. Does nothing while an earlier call still sends. Run it at
   * least once a minute and let nothing wait for it.
   * @throws SluisError `log-unavailable` when a mark could not be stored; its mail may leave once more at the next moment
   */
  sendIfDue(): Promise<void>
  /** Ends what is under way. Resolves when nothing is read or written any more. */
  close(): Promise<void>
}

/**
 * Tells parties that there is something in their inbox, and nothing else. Mail leaves at fixed moments only, whole multiples of the
 * interval since 1970, one for each address: its time and number show that something came in since the moment before, and neither
 * what, how much, from whom, nor whether a person was known.
 *
 * A state of an inbox is mailed once, also across restarts: what arrived up to the mark of a party was mailed before. A start waits for the
 * next moment. Dies between sending and marking: the mail leaves again at the next moment.
 */
export function createInboxMail(parts: InboxMailParts): InboxMail {
  const momentNow = () => Math.floor(parts.clock().getTime() / (parts.everyMinutes * 60_000))
  const abort = new AbortController()
  let lastMoment = momentNow()
  let underWay: Promise<void> | undefined
  return {
    async sendIfDue() {
      const moment = momentNow()
      if (moment === lastMoment || underWay || abort.signal.aborted) return
      lastMoment = moment
      underWay = sendDue(parts, abort.signal).finally(() => {
        underWay = undefined
      })
      await underWay
    },
    async close() {
      abort.abort()
      await underWay?.catch(() => undefined)
    },
  }
}

async function sendDue(parts: InboxMailParts, signal: AbortSignal): Promise<void> {
  const { store, sender, report } = parts
  const message = formatInboxMail(parts.inboxAddress)
  const unsent: { readonly reason: MailFailure; readonly mark: MailMark; readonly isGivenUp: boolean }[] = []
  let stopped: MailFailure | undefined
  for (const [to, parties] of groupByMailbox(parts.parties())) {
    if (signal.aborted) break
    const due: { readonly mark: MailMark; readonly newest: string }[] = []
    for (const party of parties) {
      const mark = (await store.mailMarks.find(party)) ?? { party, failures: 0 }
      const newest = await findUnannounced(store, mark)
      if (newest !== undefined) due.push({ mark, newest })
      // A full inbox takes milliseconds to look at, and there can be hundreds of parties.
      await takeTurns()
    }
    if (due.length === 0) continue
    // A server that fails is not asked again for each mailbox.
    const outcome = stopped ?? (await sender.send({ ...message, to }, signal))
    // Ended by a stop: no attempt that counts.
    if (signal.aborted && outcome !== 'sent') break
    if (outcome !== 'sent' && outcome !== 'refused') stopped = outcome
    for (const { mark, newest } of due) {
      const failures = outcome === 'sent' ? 0 : mark.failures + 1
      const isGivenUp = failures >= MAX_MAIL_ATTEMPTS
      await store.mailMarks.put(
        outcome === 'sent' || isGivenUp ? { ...mark, deliveryId: newest, failures: 0 } : { ...mark, failures },
      )
      if (outcome !== 'sent') unsent.push({ reason: outcome, mark, isGivenUp })
    }
  }
  for (const [reason, alike] of Map.groupBy(unsent, ({ reason }) => reason))
    report({
      reason,
      parties: alike.map(({ mark }) => mark.party),
      givenUp: alike.filter(({ isGivenUp }) => isGivenUp).map(({ mark }) => mark.party),
    })
}

/** Parties by their address; two parties can share one. */
function groupByMailbox(parties: ReadonlyMap<string, Party>): ReadonlyMap<string, readonly string[]> {
  const withMailbox = [...parties.values()].flatMap(({ id, mailbox }) =>
    mailbox === undefined ? [] : [{ id, mailbox }],
  )
  const groups = Map.groupBy(withMailbox, ({ mailbox }) => mailbox)
  return new Map([...groups].map(([mailbox, alike]) => [mailbox, alike.map(({ id }) => id)]))
}

/** The newest delivery, when something newer than the mark was not fetched yet. Looks at the newest deliveries only. */
async function findUnannounced(
  store: Pick<Store, 'listNewestDeliveries'>,
  { party, deliveryId }: MailMark,
): Promise<string | undefined> {
  const entries = await store.listNewestDeliveries(party, undefined, COUNTED_DELIVERIES)
  const marked = entries.findIndex(({ id }) => id === deliveryId)
  const newer = marked === -1 ? entries : entries.slice(0, marked)
  return newer.some(isWaiting) ? entries[0]!.id : undefined
}

const isWaiting = ({ fetchedAt, acknowledgedAt, recalledAt, erasedAt }: InboxEntry): boolean =>
  [fetchedAt, acknowledgedAt, recalledAt, erasedAt].every((at) => at === undefined)
