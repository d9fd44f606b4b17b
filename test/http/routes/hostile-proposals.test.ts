import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostileTexts } from '../../../bench/hostile-texts.ts'
import type { Client } from '../../../src/auth/client.ts'
import type { Problem } from '../../../src/http/problem.ts'
import { dutySet } from '../../exchange/duty-set.ts'
import { type DutyGateway, post, startDutyGateway } from '../duty-gateway.ts'

let gateway: DutyGateway
let officer: Client
let other: Client
beforeAll(async () => {
  gateway = await startDutyGateway()
  officer = await gateway.connect('politie.functionaris-1')
  other = await gateway.connect('comensha.functionaris-1')
})
afterAll(() => gateway.stop())

/** Proposes the duty set with one file more. */
const propose = (client: Client, text: string) =>
  post(client, '/v1/policy-proposals', {
    files: [...dutySet().map(({ path, text }) => ({ path, text })), { path: 'policies/vijandig.yaml', text }],
  })

const TEXTS = hostileTexts(20_000)

// A thread takes a second to start; `test/policy/files/hostile-texts.test.ts` has all texts, and `bench/stalls.ts` larger ones.
test.each(
  (['nested flow lists', 'many aliases', 'distinct keys', 'one scalar'] as const).map((name) => [name, TEXTS[name]!]),
)('a proposal with a file of %s is answered with its faults, and others are served meanwhile', async (_, text) => {
  let answers = 0
  let isOver = false
  const polling = (async () => {
    while (!isOver) if ((await fetch(`${gateway.issuer}/healthz`)).ok) answers += 1
  })()
  const answer = await propose(officer, text)
  isOver = true
  await polling
  expect(answer.status).toBe(422)
  expect(((await answer.json()) as Problem).type).toBe('/problems/policy-invalid')
  expect(answers).toBeGreaterThan(3)
})

test('an officer has two sets checked at once and no more, and another officer is served', async () => {
  const answers = await Promise.all(
    [1, 2, 3].map((number) => propose(officer, `a: ${number}\n`)).concat(propose(other, 'a: 4\n')),
  )
  const refused = answers.filter(({ status }) => status === 429)
  expect(answers.map(({ status }) => status).toSorted()).toEqual([422, 422, 422, 429])
  expect(refused[0]!.headers.get('retry-after')).toBe('30')
  expect(await refused[0]!.json()).toMatchObject({ type: '/problems/too-many-requests' })
  expect(answers[3]!.status).toBe(422)
})
