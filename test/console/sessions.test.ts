import { describe, expect, test } from 'vitest'
import { createSessions } from '../../src/console/sign-in/sessions.ts'
import { NO_SIGN_IN, type SignInSettings } from '../../src/console/sign-in/settings.ts'
import type { Party, Person, Scope } from '../../src/model/party.ts'
import type { Sessions, StoredSession } from '../../src/ports/sessions.ts'

const ISSUER = 'https://login.example'
const settings: SignInSettings = {
  ...NO_SIGN_IN,
  providers: [{ id: 'fier', issuer: ISSUER, clientId: 'sluis', parties: ['fier'], authentication: 'none' }],
}

const label = { nl: 'x', en: 'x' }
const INBOX: readonly Scope[] = ['inbox:read']
type Seats = Readonly<Record<string, { readonly subject?: string; readonly scopes?: readonly Scope[] }>>

/** A rule set whose one party has these people. */
function fier(seats: Seats): ReadonlyMap<string, Party> {
  const people = Object.entries(seats).map(([id, seat]): Person => ({ id, label, scopes: INBOX, ...seat }))
  const party = { id: 'fier', label, groups: [], scopes: [] }
  return new Map([['fier', { ...party, people: new Map(people.map((person) => [person.id, person])) }]])
}

/** Sessions on a clock and a rule set that a test changes. */
async function signedIn() {
  const rows = new Map<string, StoredSession>()
  const touched: string[] = []
  const keyOf = (hash: Uint8Array) => hash.toString()
  const store: Sessions = {
    start: async (session) => void rows.set(keyOf(session.idHash), session),
    find: async (idHash) => rows.get(keyOf(idHash)),
    async touch(idHash, lastSeenAt) {
      touched.push(lastSeenAt)
      rows.set(keyOf(idHash), { ...rows.get(keyOf(idHash))!, lastSeenAt })
    },
    end: async (idHash) => void rows.delete(keyOf(idHash)),
    endAll: async () => rows.clear(),
    sweep: async () => {},
  }
  let now = Date.UTC(2026, 0, 5, 9)
  let parties = fier({ 'medewerker-1': { subject: 's' } })
  let providers = settings.providers
  const sessions = createSessions({
    settings: {
      ...settings,
      get providers() {
        return providers
      },
    },
    store,
    parties: () => parties,
    clock: () => new Date(now),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
  const request = (cookie?: string) => new Request('http://a/', cookie === undefined ? {} : { headers: { cookie } })
  const cookie = await sessions.start(request(), {
    person: 'fier.medewerker-1',
    issuer: ISSUER,
    subject: 's',
    signedInAt: new Date(now).toISOString(),
  })
  return {
    rows,
    touched,
    identify: () => sessions.identify(request(cookie.split(';')[0])),
    passMinutes: (minutes: number) => {
      now += minutes * 60_000
    },
    enforce: (people: Seats) => {
      parties = fier(people)
    },
    removeProviders: () => {
      providers = []
    },
  }
}

describe('a session', () => {
  test('the store holds no session id, only its hash', async () => {
    const { rows } = await signedIn()
    const [row] = [...rows.values()]
    expect(Object.keys(row!).sort()).toEqual([
      'idHash',
      'issuer',
      'lastSeenAt',
      'person',
      'signedInAt',
      'startedAt',
      'subject',
    ])
    expect(row!.idHash).toHaveLength(32)
  })

  test('it ends after half an hour without a request, and each request before that makes it last', async () => {
    const { identify, passMinutes } = await signedIn()
    passMinutes(30)
    expect(await identify()).toBeDefined()
    passMinutes(30)
    expect(await identify()).toBeDefined()
    passMinutes(31)
    expect(await identify()).toBeUndefined()
  })

  test('it ends twelve hours after it started, however much it is used', async () => {
    const { identify, passMinutes } = await signedIn()
    for (let minute = 0; minute < 12 * 60; minute += 20) {
      expect(await identify(), `minute ${minute}`).toBeDefined()
      passMinutes(20)
    }
    passMinutes(1)
    expect(await identify()).toBeUndefined()
  })

  test('its use is noted at most once a minute', async () => {
    const { identify, passMinutes, touched } = await signedIn()
    for (let request = 0; request < 20; request++) {
      await identify()
      passMinutes(0.25)
    }
    expect(touched).toHaveLength(3)
  })

  test('its scopes are those of the rule set in force', async () => {
    const { identify, enforce } = await signedIn()
    expect((await identify())!.scopes).toEqual(['inbox:read'])
    enforce({ 'medewerker-1': { subject: 's', scopes: ['exchange:check'] } })
    expect((await identify())!.scopes).toEqual(['exchange:check'])
  })

  const gone: [what: string, people: Seats][] = [
    ['the person is gone', {}],
    ['the person cannot sign in any more', { 'medewerker-1': {} }],
    ['the seat is of somebody else', { 'medewerker-1': { subject: 'other' } }],
    ['the person has another seat', { 'medewerker-1': {}, 'medewerker-2': { subject: 's' } }],
    ['two people have one subject', { 'medewerker-1': { subject: 's' }, 'medewerker-2': { subject: 's' } }],
  ]
  test.each(gone)('it ends at once when %s', async (_, people) => {
    const { identify, enforce } = await signedIn()
    enforce(people)
    expect(await identify()).toBeUndefined()
  })

  test('it ends with its provider', async () => {
    const { identify, removeProviders } = await signedIn()
    removeProviders()
    expect(await identify()).toBeUndefined()
  })
})
