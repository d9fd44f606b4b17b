import { describe, expect, test } from 'vitest'
import { COUNTED_DELIVERIES } from '../../src/exchange/inbox/inbox-list.ts'
import { createInboxMail, MAX_MAIL_ATTEMPTS, type UnsentMail } from '../../src/exchange/inbox/inbox-mail.ts'
import type { Party } from '../../src/model/party.ts'
import type { MailFailure, MailMark, MailMessage } from '../../src/ports/mail.ts'
import type { InboxEntry } from '../../src/ports/stored.ts'

const AT = '2026-12-01T09:00:00.000Z'
const FIRST_MOMENT = Date.UTC(2026, 11, 1, 10)

/** A gateway of parties with these mailboxes, whose inboxes and clock a test moves. */
function createWorld(mailboxes: Readonly<Record<string, string | undefined>> = { fier: 'inbox@fier.example' }) {
  const inboxes: Record<string, InboxEntry[]> = {}
  const marks = new Map<string, MailMark>()
  const sent: MailMessage[] = []
  const reported: UnsentMail[] = []
  const world = {
    sent,
    reported,
    now: FIRST_MOMENT,
    asked: 0,
    answer: 'sent' as 'sent' | MailFailure | ((to: string) => 'sent' | MailFailure),
    /** Puts a delivery into an inbox, as its newest. */
    deliver(party: string, moments: Partial<InboxEntry> = {}) {
      inboxes[party] ??= []
      const inbox = inboxes[party]
      const id = `${party} ${inbox.length}`
      inbox.unshift({ id, kind: 'exchange', sender: 'politie', at: AT, placedAt: AT, ...moments })
      return id
    },
    /** Fetches everything in an inbox. */
    readAll(party: string) {
      inboxes[party] = (inboxes[party] ?? []).map((entry) => ({ ...entry, fetchedAt: AT }))
    },
    /** The process starts again: only what is stored is left. */
    start() {
      mail = createMail()
    },
    /** One minute passes at a time until the next whole hour. */
    async nextHour() {
      for (let minute = 0; minute < 60; minute++) {
        world.now += 60_000
        await mail.sendIfDue()
      }
    },
    mail: () => mail,
  }
  const parties = new Map(
    Object.entries(mailboxes).map(([id, mailbox]): [string, Party] => [
      id,
      {
        id,
        label: { nl: id, en: id },
        groups: [],
        scopes: [],
        people: new Map(),
        ...(mailbox !== undefined && { mailbox }),
      },
    ]),
  )
  const createMail = () =>
    createInboxMail({
      store: {
        listNewestDeliveries: async (party, _, limit) => (inboxes[party] ?? []).slice(0, limit),
        mailMarks: {
          find: async (party) => marks.get(party),
          async put(mark) {
            marks.set(mark.party, mark)
          },
        },
      },
      sender: {
        async send(message) {
          world.asked++
          const outcome = typeof world.answer === 'function' ? world.answer(message.to) : world.answer
          if (outcome === 'sent') sent.push(message)
          return outcome
        },
      },
      parties: () => parties,
      inboxAddress: 'https://sluis.example/inbox',
      everyMinutes: 60,
      clock: () => new Date(world.now),
      report: (unsent) => reported.push(unsent),
    })
  let mail = createMail()
  return world
}

describe('mail about an inbox', () => {
  test('many deliveries are one mail, at the next whole hour', async () => {
    const world = createWorld()
    for (let count = 0; count < 30; count++) world.deliver('fier')
    world.now += 59 * 60_000
    await world.mail().sendIfDue()
    expect(world.sent).toEqual([])
    world.now += 60_000
    await world.mail().sendIfDue()
    expect(world.sent.map(({ to }) => to)).toEqual(['inbox@fier.example'])
  })

  test('one mail and thirty are the same to the letter', async () => {
    const [one, many] = [createWorld(), createWorld()]
    one.deliver('fier')
    for (let count = 0; count < 30; count++) many.deliver('fier', { sender: 'comensha' })
    await one.nextHour()
    await many.nextHour()
    expect(one.sent).toEqual(many.sent)
  })

  test.each<[what: string, moments: Partial<InboxEntry>, sent: number]>([
    ['new', {}, 1],
    ['new for more than a week', { placedAt: '2026-10-01T09:00:00.000Z' }, 1],
    ['fetched', { fetchedAt: AT }, 0],
    ['acknowledged', { fetchedAt: AT, acknowledgedAt: AT }, 0],
    ['recalled before it was fetched', { recalledAt: AT }, 0],
    ['erased before it was fetched', { erasedAt: AT }, 0],
  ])('a delivery that is %s', async (_, moments, sent) => {
    const world = createWorld()
    world.deliver('fier', moments)
    await world.nextHour()
    expect(world.sent).toHaveLength(sent)
  })

  test('what was mailed is not mailed again while it stays unread, nor after a restart', async () => {
    const world = createWorld()
    world.deliver('fier')
    await world.nextHour()
    await world.nextHour()
    world.start()
    await world.nextHour()
    expect(world.sent).toHaveLength(1)
  })

  test('reading the newest makes no mail about an older one that was mailed', async () => {
    const world = createWorld()
    world.deliver('fier')
    world.deliver('fier')
    await world.nextHour()
    world.deliver('fier', { fetchedAt: AT })
    await world.nextHour()
    expect(world.sent).toHaveLength(1)
  })

  test('something new after it was read is mailed again', async () => {
    const world = createWorld()
    world.deliver('fier')
    await world.nextHour()
    world.readAll('fier')
    await world.nextHour()
    expect(world.sent).toHaveLength(1)
    world.deliver('fier')
    await world.nextHour()
    expect(world.sent).toHaveLength(2)
  })

  test('a restart loses nothing, and waits for the next moment', async () => {
    const world = createWorld()
    world.deliver('fier')
    world.now += 10 * 60_000
    world.start()
    await world.mail().sendIfDue()
    expect(world.sent).toEqual([])
    world.now += 50 * 60_000
    await world.mail().sendIfDue()
    expect(world.sent).toHaveLength(1)
  })

  test('parties without a mailbox get none, and two that share one get one', async () => {
    const world = createWorld({ fier: 'desk@example.org', comensha: 'desk@example.org', politie: undefined })
    for (const party of ['fier', 'comensha', 'politie']) world.deliver(party)
    await world.nextHour()
    await world.nextHour()
    expect(world.sent.map(({ to }) => to)).toEqual(['desk@example.org'])
  })

  test('a full inbox is looked at in part only', async () => {
    const world = createWorld()
    const unread = world.deliver('fier')
    for (let count = 0; count < COUNTED_DELIVERIES; count++) world.deliver('fier', { fetchedAt: AT })
    await world.nextHour()
    expect([unread, world.sent]).toEqual(['fier 0', []])
  })
})

describe('mail that is not sent', () => {
  test('a server that fails is asked once at each moment, and the mail leaves when it works again', async () => {
    const world = createWorld({ fier: 'inbox@fier.example', comensha: 'inbox@comensha.example' })
    world.answer = 'unreachable'
    world.deliver('fier')
    world.deliver('comensha')
    await world.nextHour()
    await world.nextHour()
    expect([world.asked, world.sent]).toEqual([2, []])
    expect(world.reported).toEqual(Array(2).fill({ reason: 'unreachable', parties: ['fier', 'comensha'], givenUp: [] }))
    world.answer = 'sent'
    await world.nextHour()
    await world.nextHour()
    expect(world.sent.map(({ to }) => to)).toEqual(['inbox@fier.example', 'inbox@comensha.example'])
  })

  test('a refused mailbox does not stop the others', async () => {
    const world = createWorld({ fier: 'gone@fier.example', comensha: 'inbox@comensha.example' })
    world.answer = (to) => (to.startsWith('gone') ? 'refused' : 'sent')
    world.deliver('fier')
    world.deliver('comensha')
    await world.nextHour()
    expect(world.sent.map(({ to }) => to)).toEqual(['inbox@comensha.example'])
    expect(world.reported).toEqual([{ reason: 'refused', parties: ['fier'], givenUp: [] }])
  })

  test('attempts end, across restarts too, and something new starts them again', async () => {
    const world = createWorld()
    world.answer = 'refused'
    world.deliver('fier')
    for (let hour = 0; hour < MAX_MAIL_ATTEMPTS + 3; hour++) {
      world.start()
      await world.nextHour()
    }
    expect(world.asked).toBe(MAX_MAIL_ATTEMPTS)
    expect(world.reported.map(({ givenUp }) => givenUp.length)).toEqual([...Array(MAX_MAIL_ATTEMPTS - 1).fill(0), 1])
    world.answer = 'sent'
    await world.nextHour()
    expect(world.sent).toEqual([])
    world.deliver('fier')
    await world.nextHour()
    expect(world.sent).toHaveLength(1)
  })

  test('what is reported holds no address', async () => {
    const world = createWorld()
    world.answer = 'tls'
    world.deliver('fier')
    await world.nextHour()
    expect(JSON.stringify(world.reported)).not.toContain('@')
  })
})
