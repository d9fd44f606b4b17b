import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/auth/client.ts'
import type { Json } from '../../../src/encoding/json.ts'
import type { PolicyText } from '../../../src/policy/files/load.ts'
import { mutateSet, report } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, readAs, startDutyGateway, submit } from '../duty-gateway.ts'

let gateway: DutyGateway
let police: Client
let leader: Client
let other: Client

beforeAll(async () => {
  gateway = await startDutyGateway()
  const names = ['politie', 'politie.teamleider-1', 'politie.teamleider-2'] as const
  ;[police, leader, other] = (await Promise.all(names.map(gateway.connect))) as [Client, Client, Client]
})
afterAll(() => gateway?.stop())

/** The statement as a reader sees it. */
async function read(id: string, language = 'en'): Promise<string> {
  const headers = { accept: 'text/html', 'accept-language': language }
  const response = await police.request('GET', `/v1/exchanges/${id}/receipt`, { headers })
  expect(response.status).toBe(200)
  const html = await response.text()
  return html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Puts a rule set in force, proposed and approved by two officers. */
async function activate(texts: readonly PolicyText[]): Promise<void> {
  const proposer = await gateway.connect('politie.functionaris-1')
  const approver = await gateway.connect('comensha.functionaris-1')
  const files = { files: texts as unknown as Json }
  const { sourceHash } = await readAs('Proposal', 201, await post(proposer, '/v1/policy-proposals', files))
  await readAs('Proposal', 200, await post(approver, `/v1/policy-proposals/${sourceHash}/_approve`, {}))
}

describe('the statement of a held exchange', () => {
  test('the statement of a held exchange follows it from waiting to the inbox', async () => {
    const { id } = await readAs('Exchange', 202, await submit(leader, report('opvang')))
    const waiting = await read(id)
    expect(waiting).toContain('Only after approval')
    expect(waiting).toContain('Waiting: other people must approve first (1 person, before ')
    expect(waiting).toContain(
      '1 approval is still needed; they can come from politie.teamleider-2, politie.teamleider-3',
    )
    expect(waiting).toContain('Submitted by politie.teamleider-1')
    expect(waiting).not.toMatch(/Approved by|inbox of the recipient/)
    await post(other, `/v1/exchanges/${id}/_approve`)
    const approved = await read(id)
    expect(approved).toContain('Approved by politie.teamleider-2')
    expect(approved).toContain('Sealed and placed in the inbox of the recipient')
  })

  test('the statement of a stopped exchange shows that a second person stopped it, and that nothing was sent', async () => {
    const { id } = await readAs('Exchange', 202, await submit(leader, report('opvang')))
    await post(other, `/v1/exchanges/${id}/_refuse`)
    const text = await read(id, 'nl')
    expect(text).toContain('Geweigerd door een tweede persoon; de inhoud is vernietigd')
    expect(text).not.toContain('postbus van de ontvanger')
  })
})

describe('the statement of an old exchange', () => {
  test('the statement of an old exchange keeps the words, sources and rule set of its moment when all of them changed', async () => {
    const { id, decision } = await readAs('Exchange', 201, await submit(police, report('registratie')))
    const before = await read(id)
    for (const word of ['Nationality', 'Wet A', 'version of 1 January 2020', decision.policyHash])
      expect(before).toContain(word)

    const changed = [
      ['woordenlijst', 'nl: Nationaliteit, en: Nationality', 'nl: Staatsburgerschap, en: Citizenship'],
      ['wet-a', 'geldend: 2020-01-01', 'geldend: 2021-02-03'],
    ] as const
    const texts = mutateSet(...changed[0]).map((one) =>
      one.path.endsWith('wet-a.yaml') ? mutateSet(...changed[1]).find(({ path }) => path === one.path)! : one,
    )
    await activate(texts)

    const { id: newer } = await readAs('Exchange', 201, await submit(police, report('registratie')))
    const withNewWords = await read(newer)
    expect(withNewWords).toContain('Citizenship')
    expect(withNewWords).toContain('version of 3 February 2021')
    const after = await read(id)
    const withoutMoment = (text: string) => text.replace(/Made on .*?\./, '')
    expect(withoutMoment(after)).toBe(withoutMoment(before))
  })

  test('the statement of an old exchange is in plain words when the archive can no longer be read', async () => {
    // A set that nothing was read under, so that it is not in memory, and that is not in force any more.
    await activate(mutateSet('woordenlijst', 'nl: Nationaliteit, en: Nationality', 'nl: Paspoort, en: Passport'))
    const { id } = await readAs('Exchange', 201, await submit(police, report('registratie')))
    await activate(mutateSet('woordenlijst', 'nl: Nationaliteit, en: Nationality', 'nl: Afkomst, en: Origin'))
    const { store } = gateway.gateway
    const find = store.findPolicyArchive
    Object.assign(store, { findPolicyArchive: async () => undefined })
    try {
      const text = await read(id)
      expect(text).toContain('can no longer be read here')
      expect(text).toContain('nationaliteit')
      expect(text).toContain('The law allows it.')
    } finally {
      Object.assign(store, { findPolicyArchive: find })
    }
  })
})
