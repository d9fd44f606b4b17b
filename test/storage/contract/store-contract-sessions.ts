import { describe, expect } from 'vitest'
import type { StoredSession } from '../../../src/ports/sessions.ts'
import type { InStore } from './store-under-test.ts'

const moment = (minute: number) => new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString()

/** A session whose id hash is 32 times `number`. */
const session = (number: number, startedAt = moment(0), person = 'fier.medewerker-1'): StoredSession => ({
  idHash: new Uint8Array(32).fill(number),
  person,
  issuer: 'https://login.example',
  subject: `subject of ${person}`,
  signedInAt: startedAt,
  startedAt,
  lastSeenAt: startedAt,
})

/** What a store promises of the sessions of people who signed in. */
export function sessionContract(name: string, inStore: InStore): void {
  describe(`${name}: sessions`, () => {
    inStore('a session is found by the hash of its id, until it ends', async ({ sessions }) => {
      const [one, other] = [session(1), session(2, moment(1))]
      await sessions.start(one, 5)
      await sessions.start(other, 5)
      expect(await sessions.find(one.idHash)).toEqual(one)
      await sessions.end(one.idHash)
      await sessions.end(one.idHash)
      expect(await sessions.find(one.idHash)).toBeUndefined()
      expect(await sessions.find(other.idHash)).toEqual(other)
    })

    inStore('a use is noted on its own session, and revives none that has ended', async ({ sessions }) => {
      const [one, other] = [session(1), session(2)]
      await sessions.start(one, 5)
      await sessions.start(other, 5)
      await sessions.end(other.idHash)
      for (const { idHash } of [one, other]) await sessions.touch(idHash, moment(7))
      expect(await sessions.find(one.idHash)).toEqual({ ...one, lastSeenAt: moment(7) })
      expect(await sessions.find(other.idHash)).toBeUndefined()
    })

    inStore('a person above the maximum loses the oldest sessions, and others lose none', async ({ sessions }) => {
      const other = session(9, moment(0), 'politie.medewerker-1')
      await sessions.start(other, 2)
      for (const number of [1, 2, 3]) await sessions.start(session(number, moment(number)), 2)
      const found = await Promise.all([1, 2, 3, 9].map((number) => sessions.find(session(number).idHash)))
      expect(found.map((present) => present !== undefined)).toEqual([false, true, true, true])
    })

    inStore('of sessions that start in one moment the last to start stays', async ({ sessions }) => {
      for (const number of [3, 2, 1]) await sessions.start(session(number), 1)
      const found = await Promise.all([1, 2, 3].map((number) => sessions.find(session(number).idHash)))
      expect(found.map((present) => present !== undefined)).toEqual([true, false, false])
    })

    inStore('every session of a person ends at once, and those of others last', async ({ sessions }) => {
      const other = session(9, moment(0), 'fier.teamleider-1')
      for (const started of [session(1), session(2), other]) await sessions.start(started, 5)
      await sessions.endAll('fier.medewerker-1')
      expect(await sessions.find(session(1).idHash)).toBeUndefined()
      expect(await sessions.find(session(2).idHash)).toBeUndefined()
      expect(await sessions.find(other.idHash)).toEqual(other)
    })

    inStore('a sweep removes what started or was last seen too long ago', async ({ sessions }) => {
      const started = [session(1, moment(0)), session(2, moment(10)), session(3, moment(10))]
      for (const each of started) await sessions.start(each, 5)
      await sessions.touch(started[0]!.idHash, moment(30))
      await sessions.touch(started[2]!.idHash, moment(30))
      await sessions.sweep(moment(5), moment(20))
      const found = await Promise.all(started.map(({ idHash }) => sessions.find(idHash)))
      expect(found.map((present) => present !== undefined)).toEqual([false, false, true])
    })

    inStore('sessions leave the log as it is', async ({ sessions, log }) => {
      await sessions.start(session(1), 5)
      await sessions.endAll('fier.medewerker-1')
      expect(await log.checkpoint()).toBeUndefined()
    })
  })
}
