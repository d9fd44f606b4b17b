import { expect, test } from 'vitest'
import { createPartyKeys } from '../../src/boot/party-keys.ts'
import { generateEncryptionKey } from '../../src/delivery/keys.ts'
import { createSealer } from '../../src/delivery/seal.ts'
import type { Json } from '../../src/encoding/json.ts'
import { acknowledgeDelivery, fetchDelivery } from '../../src/exchange/inbox/hand-over.ts'
import { readInboxPage } from '../../src/exchange/inbox/inbox-page.ts'
import { listMatches } from '../../src/exchange/linking/matches.ts'
import { createSubmitter, formatAnswer } from '../../src/exchange/submit.ts'
import { testContext } from './context.ts'
import { policeReport, shelterReport } from './reports.ts'

/**
 * What a sender sees of its exchange while the recipient works, in worlds that differ in one thing: whether others reported the person
 * before. The recipient does the same at the same moments in each; one that treats known persons otherwise is outside this promise.
 */

/** Who was reported before, in names of one length. */
const EARLIER: Readonly<Record<string, Record<string, Json>>> = {
  unknown: { voornaam: 'Fleury', achternaam: 'Testperso', geboortedatum: '1990-03-14' },
  linked: {},
  'asked about': { voornaam: 'Kasimi' },
}
const CONTROL = { voornaam: 'Noorje', achternaam: 'Proefmens', geboortedatum: '1971-06-02' }
const RANDOM_IDS = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g

const feedback = (inReplyTo: string): Json => ({
  recipient: 'fier',
  purpose: 'terugkoppeling-aan-melder',
  legalBasis: 'avg-terugkoppeling-melder',
  kind: 'antwoord',
  inReplyTo,
  dataSubjects: [
    {
      role: 'slachtoffer',
      circumstances: {
        'eigen-signaal-van-ontvanger': true,
        toestemming: false,
        'afkomstig-van-opsporingsdienst': false,
      },
      assessments: [{ word: 'afweging-gerechtvaardigd-belang', by: 'teamleider', on: '2026-11-20' }],
      data: { opvolging: 'in-behandeling' },
    },
  ],
})

async function live(world: string) {
  let minute = 0
  const clock = () => new Date(Date.UTC(2026, 10, 22, 10, minute))
  const { publicJwk } = await generateEncryptionKey()
  const context = await testContext(({ partyKeys }) => {
    const keys = {
      ...partyKeys,
      find: (party: string, use: 'sig' | 'enc') =>
        party === 'fier'
          ? createPartyKeys(new Map([[party, [publicJwk]]])).find(party, use)
          : partyKeys.find(party, use),
    }
    return { clock, partyKeys: keys, sealer: createSealer(keys, clock) }
  })
  const { gateway } = context
  const { store } = gateway
  const submitter = createSubmitter(gateway)
  const submit = (sender: string, report: Json) =>
    submitter.submit(sender, gateway.schemas.parseSubmission(report), report, crypto.randomUUID(), { gateway })
  await submit('politie', policeReport(EARLIER[world]!))
  minute++
  const sent = [await submit('fier', shelterReport()), await submit('fier', shelterReport(CONTROL))].map(({ id }) => id)

  const seen: unknown[] = []
  const look = async () => {
    for (const id of sent) {
      const stored = (await store.findExchange('fier', id))!
      const answer = formatAnswer(gateway, stored, undefined, await store.findDeliveryOf('fier', id))
      const { receipt, delivery, ...rest } = answer
      seen.push({
        delivery,
        leafIndex: receipt.leafIndex,
        answer: JSON.stringify(rest).replace(RANDOM_IDS, 'ID'),
        bytes: JSON.stringify(answer).length,
        treeSize: (await store.log.checkpoint())!.treeSize,
      })
    }
  }
  await look()
  const { deliveries } = await readInboxPage(gateway, 'comensha', undefined, 100)
  for (const { id, exchangeId, sealed } of deliveries) {
    seen.push({ inbox: sent.indexOf(exchangeId!), bytes: sealed.length })
    for (const act of [
      () => fetchDelivery(gateway, 'comensha', id),
      () => acknowledgeDelivery(gateway, 'comensha', id),
      () => (sent.includes(exchangeId!) ? submit('comensha', feedback(exchangeId!)) : undefined),
    ]) {
      minute++
      await act()
      await look()
    }
  }
  const matches = await listMatches(gateway, 'comensha', undefined, '', 100)
  return { seen, known: [...new Set(matches.map(({ status }) => status))] }
}

test('the moments, sizes and order that a sender sees of its exchange do not depend on who was known', async () => {
  const [unknown, linked, asked] = [await live('unknown'), await live('linked'), await live('asked about')]
  // The worlds do differ.
  expect([unknown, linked, asked].map(({ known }) => known)).toEqual([[], ['automatic'], ['possible']])
  expect(unknown.seen).toHaveLength(23)
  expect(unknown.seen.at(-1)).toMatchObject({
    delivery: { state: 'answered', placedAt: '2026-11-22T10:01:00.000Z', answeredAt: expect.any(String) },
  })
  expect(linked.seen).toEqual(unknown.seen)
  expect(asked.seen).toEqual(unknown.seen)
}, 60_000)
