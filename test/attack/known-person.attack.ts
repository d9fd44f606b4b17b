import { expect, onTestFinished, test } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import type { Json } from '../../src/encoding/json.ts'
import { createChance } from '../../src/synthetic/names/chance.ts'
import { policeReport, shelterReport } from '../exchange/reports.ts'
import { startTestGateway, type TestGateway } from '../start-gateway.ts'
import { report } from './attacked-gateway.ts'

/**
 * Known-person oracle: a sender reports somebody and looks at everything that it can see, to learn whether another party reported
 * that person before. Half of the persons were reported; each observation is a number, and the sender guesses by the best
 * threshold on one half of the persons, tried on the other half. A guess must be as good as a coin.
 */

const PERSONS = 1000
/** A coin is this far off in a thousand tries once in about ten thousand experiments. */
const MAX_SHARE = 0.5 + 4 * Math.sqrt(0.25 / (PERSONS / 2))

/** So many known persons are reported at once; what is observed comes one at a time. */
const TOGETHER = 25

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Made-up persons with a surname and a date of birth of their own. */
const persons = Array.from({ length: PERSONS }, (_, index) => {
  const chance = createChance(index + 1)
  const name = (length: number) => Array.from({ length }, () => chance.pick([...LETTERS])).join('')
  const day = String(1 + chance.below(28)).padStart(2, '0')
  return {
    isKnown: chance.happens(0.5),
    achternaam: `V${name(4)}a${name(4)}`,
    geboortedatum: `${1970 + chance.below(36)}-${String(1 + chance.below(12)).padStart(2, '0')}-${day}`,
    given: [`B${name(3)}o${name(3)}`, `K${name(3)}i${name(3)}`] as const,
    /** Whether the second report has the same given name, so that the gateway links, or another one, so that it asks. */
    isSame: chance.happens(0.5),
    /** Reported that often before. */
    mentions: chance.happens(0.2) ? 8 : 1,
  }
})

type Observation = Readonly<Record<string, number>>

test('a sender does not learn whether a person was known from anything that it sees', async () => {
  const gateway = await startTestGateway({ SLUIS_REPORTS_PER_HOUR: '1000000', SLUIS_ANSWER_MS: '100' })
  onTestFinished(() => gateway.stop())
  const shelter = await gateway.connect('fier')
  const police = await gateway.connect('politie')
  const known = persons.filter(({ isKnown }) => isKnown)
  for (let start = 0; start < known.length; start += TOGETHER) {
    await Promise.all(
      known.slice(start, start + TOGETHER).map(async ({ given, achternaam, geboortedatum, mentions }) => {
        for (let mention = 0; mention < mentions; mention++) {
          const sent = await send(shelter, shelterReport({ voornaam: given[0], achternaam, geboortedatum }))
          expect(sent.status).toBe(201)
        }
      }),
    )
  }
  const observations: Observation[] = []
  for (const { given, achternaam, geboortedatum, isSame } of persons) {
    const voornaam = given[isSame ? 0 : 1]
    observations.push(await observe(gateway, police, policeReport({ voornaam, achternaam, geboortedatum })))
  }
  const shares = Object.keys(observations[0]!).map((what) => ({ what, share: guess(observations, what) }))
  for (const { what, share } of shares) report('known person', `${what}: ${(100 * share).toFixed(1)} % right`)
  expect(shares.filter(({ share }) => share > MAX_SHARE)).toEqual([])
}, 900_000)

/** Everything a sender can see of one report, as numbers. */
async function observe(gateway: TestGateway, police: Client, body: Json): Promise<Observation> {
  const before = await readPublic(gateway)
  const startedAt = performance.now()
  const { response, text } = await send(police, body)
  const milliseconds = performance.now() - startedAt
  const after = await readPublic(gateway)
  expect(response.status).toBe(201)
  const { id, receipt } = JSON.parse(text) as { id: string; receipt: { leafIndex: number; proof: string } }
  const history = await (await police.request('GET', `/v1/exchanges/${id}`)).text()
  const saved = await (await police.request('GET', `/v1/exchanges/${id}/receipt`)).text()
  return {
    'size of the answer': text.length - String(receipt.leafIndex).length - receipt.proof.length,
    'headers of the answer': JSON.stringify([...response.headers]).length,
    'tree size minus leaf index': treeSizeOf(receipt.proof) - receipt.leafIndex,
    'growth of the public checkpoint': after.treeSize - before.treeSize,
    'size of the public status': after.status.length,
    'size of the exchange afterwards': history.length - String(receipt.leafIndex).length,
    'tree size of the receipt afterwards':
      treeSizeOf((JSON.parse(saved) as { proof: string }).proof) - receipt.leafIndex,
    'time in milliseconds': milliseconds,
  }
}

const treeSizeOf = (proof: string): number => Number(/\n\n[^\n]+\n(\d+)\n/.exec(proof)![1])

async function readPublic({ issuer }: TestGateway) {
  const checkpoint = await (await fetch(`${issuer}/checkpoint`)).text()
  const status = await (await fetch(`${issuer}/v1/log/status`)).text()
  return { treeSize: Number(checkpoint.split('\n')[1]), status }
}

async function send(client: Client, body: Json) {
  const response = await client.request('POST', '/v1/exchanges', {
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  })
  return { response, status: response.status, text: await response.text() }
}

/** Share of right guesses by the best threshold of one half of the persons, on the other half. */
function guess(observations: readonly Observation[], what: string): number {
  const all = observations.map((observation, index) => ({
    value: observation[what]!,
    isKnown: persons[index]!.isKnown,
    isTraining: index % 2 === 0,
  }))
  const training = all.filter(({ isTraining }) => isTraining)
  const thresholds = [...new Set(training.map(({ value }) => value))]
  const rules = thresholds.flatMap((threshold) => [
    (value: number) => value >= threshold,
    (value: number) => value < threshold,
  ])
  const rightOf = (rule: (value: number) => boolean, tried: typeof all) =>
    tried.filter(({ value, isKnown }) => rule(value) === isKnown).length / tried.length
  const best = rules.reduce((one, other) => (rightOf(other, training) > rightOf(one, training) ? other : one))
  return rightOf(
    best,
    all.filter(({ isTraining }) => !isTraining),
  )
}
