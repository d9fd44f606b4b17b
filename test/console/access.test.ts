import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPolicyFolder } from '../../src/boot/policy-folder.ts'
import { type ConsolePage, mayOpen, scopeOf } from '../../src/console/page.ts'
import { CONSOLE_PAGES } from '../../src/console/page-table.ts'
import { formatClientId } from '../../src/model/client-id.ts'
import type { Scope } from '../../src/model/party.ts'
import { loadPolicySet } from '../../src/policy/files/load.ts'
import { type ConsoleGateway, startConsoleGateway } from './sign-in-as.ts'

/** Every kind of person in the shipped rule set, by all that they may do, with one of them who can sign in. */
const ROLES = {
  detective: [['exchange:submit', 'exchange:check'], 'politie.medewerker-1'],
  caseworker: [['exchange:submit', 'exchange:check', 'inbox:read', 'match:review'], 'fier.medewerker-1'],
  'registration officer': [
    ['exchange:submit', 'exchange:check', 'identity:ask', 'inbox:read', 'match:review'],
    'comensha.medewerker-1',
  ],
  'second person': [['exchange:check', 'exchange:approve'], 'fier.teamleider-1'],
  'second person who sends': [['exchange:submit', 'exchange:check', 'exchange:approve'], 'politie.teamleider-1'],
  'second person who reviews matches': [
    ['exchange:check', 'exchange:approve', 'match:review'],
    'comensha.teamleider-1',
  ],
  'rule writer': [['policy:write', 'exchange:check', 'subject:request'], 'politie.functionaris-1'],
  'privacy officer': [['subject:request'], 'fier.functionaris-1'],
  auditor: [['audit:read'], 'toezichthouder.auditor-1'],
} as const satisfies Record<string, readonly [readonly Scope[], string]>
type Role = keyof typeof ROLES

const ALL = Object.keys(ROLES) as readonly Role[]

const MAY_CHECK = ALL.filter((role) => role !== 'privacy officer' && role !== 'auditor')
const SENDERS: readonly Role[] = ['detective', 'caseworker', 'registration officer', 'second person who sends']
const SECOND_PEOPLE: readonly Role[] = ['second person', 'second person who sends', 'second person who reviews matches']
const READERS: readonly Role[] = ['caseworker', 'registration officer']
const REVIEWERS: readonly Role[] = [...READERS, 'second person who reviews matches']

/** Who may open which page: the roles, or everybody, also without signing in. A new page adds its line. */
const MATRIX: Readonly<Record<string, readonly Role[] | 'everybody'>> = {
  'get /': 'everybody',
  'post /language': 'everybody',
  'get /sign-in': 'everybody',
  'get /sign-in/start': 'everybody',
  'get /sign-in/callback/{provider}': 'everybody',
  'get /signed-in': 'everybody',
  'get /signed-out': 'everybody',
  'post /sign-out': 'everybody',
  'post /sign-out-everywhere': ALL,
  'get /may-i-share': MAY_CHECK,
  'get /may-i-share/result': MAY_CHECK,
  'post /may-i-share/record': MAY_CHECK,
  'get /reports/new': SENDERS,
  'post /reports/new': SENDERS,
  'post /reports/send': SENDERS,
  'get /exchanges': SENDERS,
  'get /exchanges/{id}': SENDERS,
  'get /exchanges/{id}/statement': SENDERS,
  'get /exchanges/{id}/receipt': SENDERS,
  'get /exchanges/{id}/recall': SENDERS,
  'post /exchanges/{id}/recall': SENDERS,
  'get /exchanges/{id}/ask': ['registration officer'],
  'post /exchanges/{id}/ask': ['registration officer'],
  'get /approvals': SECOND_PEOPLE,
  'post /approvals/{id}': SECOND_PEOPLE,
  'get /inbox': READERS,
  'post /inbox/deliveries/{id}': READERS,
  'post /inbox/deliveries/{id}/acknowledge': READERS,
  'get /matches': REVIEWERS,
  'get /matches/{id}': REVIEWERS,
  'post /matches/{id}': REVIEWERS,
}
/** Pages that are for everybody once the operator opened the check (`SLUIS_OPEN_CHECK`). */
const OPEN_CHECK = ['get /may-i-share', 'get /may-i-share/result', 'post /may-i-share/record']

const nameOf = ({ method, path }: Pick<ConsolePage, 'method' | 'path'>) => `${method} ${path}`
/** Nobody, for a page that the matrix lacks; a test of its own names it. */
const allowed = (page: ConsolePage) => MATRIX[nameOf(page)] ?? []

const loaded = loadPolicySet(readPolicyFolder('policies'))
if (!loaded.ok) throw new Error('the shipped rule set has faults')
const people = [...loaded.set.parties.values()].flatMap((party) =>
  [...party.people.values()].map((person) => ({
    ...person,
    id: formatClientId({ party: party.id, person: person.id }),
    party: party.id,
    person: person.id,
    signedInAt: new Date(0),
  })),
)

describe('who may open which page', () => {
  test('the matrix has every page and no other', () => {
    expect(CONSOLE_PAGES.map(nameOf).sort()).toEqual(Object.keys(MATRIX).sort())
  })

  test('approving and recalling need a sign-in of the last few minutes', () => {
    const fresh = CONSOLE_PAGES.filter(({ needsFreshSignIn }) => needsFreshSignIn).map(nameOf)
    expect(fresh).toEqual(expect.arrayContaining(['post /exchanges/{id}/recall', 'post /approvals/{id}']))
  })

  test('every person of the shipped rule set has one of the roles', () => {
    const scopesOf = (scopes: readonly Scope[]) => scopes.toSorted().join(' ')
    const known = Object.values(ROLES).map(([scopes]) => scopesOf(scopes))
    expect(people.filter(({ scopes }) => !known.includes(scopesOf(scopes))).map(({ id }) => id)).toEqual([])
  })

  test('nobody both writes rules and reads the log', () => {
    const both = people.filter(({ scopes }) => scopes.includes('policy:write') && scopes.includes('audit:read'))
    expect(both.map(({ id }) => id)).toEqual([])
  })

  describe.each([true, false])('while the check is open to everybody: %s', (isCheckOpen) => {
    test.each(CONSOLE_PAGES.map((page) => [nameOf(page), page] as const))(
      '%s opens for its roles only',
      (name, page) => {
        const isForAll = allowed(page) === 'everybody' || (isCheckOpen && OPEN_CHECK.includes(name))
        expect(mayOpen({ person: undefined, isCheckOpen }, page.access)).toBe(isForAll)
        const opening = ALL.filter((role) => {
          const [scopes, id] = ROLES[role]
          const person = { ...people.find((person) => person.id === id)!, scopes }
          return mayOpen({ person, isCheckOpen }, page.access)
        })
        expect(opening).toEqual(isForAll ? ALL : ALL.filter((role) => allowed(page).includes(role)))
      },
    )
  })

  test('somebody without any scope opens what is for everybody who has signed in, and no more', () => {
    const person = { ...people[0]!, scopes: [] }
    const opening = CONSOLE_PAGES.filter(({ access }) => mayOpen({ person, isCheckOpen: false }, access))
    expect(opening.filter(({ access }) => access !== 'open' && access !== 'signed-in')).toEqual([])
  })
})

describe('a page that somebody may not open', () => {
  let gateway: ConsoleGateway
  beforeAll(async () => {
    gateway = await startConsoleGateway({ SLUIS_OPEN_CHECK: 'no' })
  })
  afterAll(() => gateway?.stop())

  const request = ({ method, path }: ConsolePage, cookie = '') =>
    fetch(gateway.issuer + path.replaceAll(/\{\w+\}/g, 'x'), {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: { cookie, origin: gateway.issuer },
      ...(method === 'post' && { body: new URLSearchParams() }),
    })

  test('leads to signing in when nobody has', async () => {
    for (const page of CONSOLE_PAGES.filter((page) => allowed(page) !== 'everybody')) {
      const answer = await request(page)
      expect([nameOf(page), answer.status]).toEqual([nameOf(page), page.method === 'get' ? 303 : 401])
      if (page.method === 'get') expect(answer.headers.get('location')).toMatch(/^\/sign-in\?to=%2F/)
    }
  })

  test.each(ALL)('names the right that is missing to the %s', async (role) => {
    const cookie = await gateway.signInAs(ROLES[role][1])
    for (const page of CONSOLE_PAGES) {
      const roles = allowed(page)
      if (roles === 'everybody' || roles.includes(role)) continue
      const answer = await request(page, cookie)
      expect([nameOf(page), answer.status]).toEqual([nameOf(page), 403])
      const scope = scopeOf(page.access as Parameters<typeof scopeOf>[0])
      expect(await answer.text()).toContain(`<code>${scope}</code>`)
    }
  })
})
