import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import { legalDate } from '../../../src/policy/legal-date.ts'
import { report } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, readProblem, startDutyGateway, submit } from '../duty-gateway.ts'

/** A party lists its own exchanges: in an order, and only those that it asks for. */

let gateway: DutyGateway
let police: Client
const ids: Record<string, string> = {}
beforeAll(async () => {
  gateway = await startDutyGateway()
  police = await gateway.connect('politie')
  const leader = await gateway.connect('politie.teamleider-1')
  const send = async (name: string, client: Client, kind: Parameters<typeof report>[0]) => {
    ids[name] = ((await (await submit(client, report(kind))).json()) as { id: string }).id
  }
  await send('stopped', police, 'opvang')
  await readAs('ApprovalAnswer', 200, await post(leader, `/v1/exchanges/${ids.stopped}/_refuse`))
  await send('waiting', police, 'opvang')
  await send('placed', police, 'registratie')
  await send('recalled', police, 'registratie')
  await readAs('Recall', 200, await post(police, `/v1/exchanges/${ids.recalled}/_recall`, { ground: 'onjuist' }))
})
afterAll(() => gateway?.stop())

const list = async (query: string) => {
  const page = await readAs('ExchangePage', 200, await police.request('GET', `/v1/exchanges?${query}`))
  return page.exchanges.map(({ id }) => Object.entries(ids).find(([, known]) => known === id)?.[0])
}
const ALL = ['stopped', 'waiting', 'placed', 'recalled']

describe('the list of exchanges of a party', () => {
  test.each([
    ['', ALL],
    ['order=oldest-first', ALL],
    ['order=newest-first', ALL.toReversed()],
    ['state=waiting', ['waiting']],
    ['state=stopped', ['stopped']],
    ['state=placed', ['placed']],
    ['state=recalled', ['recalled']],
    ['state=answered', []],
    ['recipient=comensha', ALL],
    ['recipient=kmar', []],
    [`since=${legalDate(new Date())}&until=${legalDate(new Date())}`, ALL],
    ['until=2020-01-01', []],
    ['since=2199-01-01', []],
  ])('?%s lists %j', async (query, names) => {
    expect(await list(query)).toEqual(names)
  })

  test('a cursor continues in the order of its page', async () => {
    expect(await list(`order=newest-first&cursor=${ids.placed}`)).toEqual(['waiting', 'stopped'])
    expect(await list(`order=oldest-first&cursor=${ids.placed}`)).toEqual(['recalled'])
  })

  test('each has the state that its events give it', async () => {
    const page = await readAs('ExchangePage', 200, await police.request('GET', '/v1/exchanges'))
    expect(page.exchanges.map(({ state }) => state)).toEqual(ALL)
  })

  test.each(['order=newest', 'state=gone', 'since=2026-02-30', 'until=yesterday', 'recipient='])(
    '?%s is refused with what may stand there',
    async (query) => {
      expect(await readProblem(await police.request('GET', `/v1/exchanges?${query}`))).toBe('400 query-invalid')
    },
  )
})
