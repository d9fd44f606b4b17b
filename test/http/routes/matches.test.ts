import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { policeReport } from '../../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'
import { post, readAs, readProblem, submit } from '../duty-gateway.ts'
import { openInbox } from '../party-mail.ts'

describe('matches over HTTP', () => {
  let gateway: TestGateway
  let police: Client
  let comensha: Client
  let leader: Client
  let matchId: string
  beforeAll(async () => {
    gateway = await startTestGateway()
    ;[police, comensha, leader] = (await Promise.all(
      ['politie', 'comensha', 'comensha.teamleider-1'].map(gateway.connect),
    )) as [Client, Client, Client]
    // Two people in the report, of whom the first does not pass: the recipient counts from the one it got.
    const { dataSubjects, ...report } = Object(policeReport({ achternaam: 'Exempel' }))
    await readAs('Exchange', 201, await submit(police, policeReport()))
    const suspect = {
      ...dataSubjects[0],
      role: 'verdachte',
      data: { achternaam: 'Testpersoon', geboortedatum: '1990-02-03' },
    }
    await readAs('Exchange', 201, await submit(police, { ...report, dataSubjects: [suspect, ...dataSubjects] }))
    const { matches } = await readAs('MatchPage', 200, await comensha.request('GET', '/v1/matches?status=possible'))
    expect(matches).toHaveLength(1)
    matchId = matches[0]!.id
  })
  afterAll(() => gateway?.stop())

  const answer = (client: Client, verb: '_confirm' | '_reject') => post(client, `/v1/matches/${matchId}/${verb}`)
  const count = async () =>
    (await readAs('MatchCounts', 200, await leader.request('GET', '/v1/matches/_count'))).possible
  const kindsInInbox = async () =>
    (await readAs('DeliveryPage', 200, await comensha.request('GET', '/v1/deliveries'))).deliveries.map(
      ({ kind, sender, exchangeId }) => [kind, sender, exchangeId !== undefined].join(' '),
    )

  test('a match shows the recipient its own pseudonyms and where it received them', async () => {
    const match = await readAs('Match', 200, await comensha.request('GET', `/v1/matches/${matchId}`))
    const contents = await openInbox(gateway, 'comensha')
    expect(match).toMatchObject({
      domain: 'comensha-registratie',
      status: 'possible',
      pseudonyms: contents.map(({ dataSubjects }) => dataSubjects[0]!.pseudonym),
      mentions: contents.map(({ exchangeId, at }) => ({
        exchangeId,
        dataSubject: 0,
        deliveryId: expect.any(String),
        sender: 'politie',
        at,
        role: 'slachtoffer',
      })),
      comparable: ['geboortedatum', 'nationaliteit'],
    })
    expect(await count()).toBe(1)
    expect(await kindsInInbox()).toEqual(['exchange politie true', 'exchange politie true'])
  })

  test('an answer to another status than the match has is refused, unless it is the same answer', async () => {
    const seeing = (client: Client, verb: string, seen: string) =>
      post(client, `/v1/matches/${matchId}/${verb}?seen=${seen}`)
    expect(await readProblem(await seeing(comensha, '_confirm', 'rejected'))).toBe('409 match-changed')
    expect(await readProblem(await seeing(comensha, '_confirm', 'open'))).toBe('400 query-invalid')
    expect(await count()).toBe(1)
    expect(await readAs('MatchAnswer', 200, await seeing(leader, '_reject', 'possible'))).toHaveProperty('receipt')
    expect(await count()).toBe(0)
    expect(await readProblem(await seeing(comensha, '_confirm', 'possible'))).toBe('409 match-changed')
    const same = await readAs('MatchAnswer', 200, await seeing(comensha, '_reject', 'possible'))
    expect(same).not.toHaveProperty('receipt')
    const match = await readAs('Match', 200, await comensha.request('GET', `/v1/matches/${matchId}`))
    expect(match).toMatchObject({ status: 'rejected', answeredBy: 'comensha.teamleider-1' })
  })

  test('a match is answered by a person with that right, and the answer can be changed', async () => {
    const confirmed = await readAs('MatchAnswer', 200, await answer(leader, '_confirm'))
    expect(confirmed).toMatchObject({ status: 'confirmed', effect: 'merged', answeredBy: 'comensha.teamleider-1' })
    expect(JSON.parse(confirmed.receipt!.record)).toMatchObject({ type: 'match', by: 'comensha.teamleider-1' })
    const again = await readAs('MatchAnswer', 200, await answer(comensha, '_confirm'))
    expect(again).toMatchObject({ effect: 'none', answeredBy: 'comensha.teamleider-1' })
    expect(again).not.toHaveProperty('receipt')
    const rejected = await readAs('MatchAnswer', 200, await answer(comensha, '_reject'))
    expect(rejected).toMatchObject({ status: 'rejected', effect: 'split', answeredBy: 'comensha' })
    expect((await kindsInInbox()).slice(2)).toEqual(['notice sluis false', 'notice sluis false'])
  })

  test('a match of another party is as absent as one that never was', async () => {
    for (const [method, path] of [
      ['GET', `/v1/matches/${matchId}`],
      ['POST', `/v1/matches/${matchId}/_confirm`],
      ['POST', `/v1/matches/${matchId}/_reject`],
    ] as const) {
      const absent = path.replace(matchId, '01a201c8-ce67-77ef-8e37-000000000000')
      const [refused, none] = await Promise.all([path, absent].map((address) => police.request(method, address)))
      expect(await refused!.clone().text()).toBe(await none!.text())
      expect(await readProblem(refused!)).toBe('404 not-found')
    }
    expect((await readAs('MatchPage', 200, await police.request('GET', '/v1/matches'))).matches).toEqual([])
  })

  test.each(['status=open', 'status=', 'cursor=%25', 'cursor=', 'score=1'])(
    'a list of matches is refused with %s',
    async (query) => {
      expect(await readProblem(await comensha.request('GET', `/v1/matches?${query}`))).toBe('400 query-invalid')
    },
  )

  test('a list of matches is paged, with each match once', async () => {
    const all = await readAs('MatchPage', 200, await comensha.request('GET', '/v1/matches'))
    expect(all.hasMore).toBe(false)
    const rest = await readAs('MatchPage', 200, await comensha.request('GET', `/v1/matches?cursor=${all.cursor}`))
    expect(rest).toEqual({ matches: [], cursor: all.cursor, hasMore: false })
  })
})
