import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseRecord } from '../../src/audit/record/parse.ts'
import type { Client } from '../../src/auth/client.ts'
import { bsnAt, vNumberAt } from '../../src/synthetic/numbers.ts'
import { readRecords } from '../exchange/database.ts'
import { policeReport } from '../exchange/reports.ts'
import { startTestGateway } from '../start-gateway.ts'
import { report } from './attacked-gateway.ts'

/**
 * Sweep through the API: without the key the gateway itself is the only thing that can compute a pseudonym, so the attack that
 * remains is to send it every number and look what comes out. It may not get far, and the log must say that somebody tried.
 */

const REPORTS = 40
const REQUESTS = 10

test('enumerating numbers through the API is stopped and recorded', async () => {
  const gateway = await startTestGateway({
    SLUIS_REPORTS_PER_HOUR: String(REPORTS),
    SLUIS_SUBJECT_REQUESTS_PER_HOUR: String(REQUESTS),
  })
  let isStopped = false
  onTestFinished(async () => {
    if (!isStopped) await gateway.stop()
  })
  const police = await gateway.connect('politie')
  const officer = await gateway.connect('politie.functionaris-1')
  const startedAt = currentHour()

  const reports = await sweep(3 * REPORTS, (n) =>
    send(police, '/v1/exchanges', policeReport({ bsn: bsnAt(n), 'v-nummer': vNumberAt(n, 0) })),
  )
  // Sixteen persons in one report are sixteen questions.
  const bundled = await send(police, '/v1/exchanges', policeReport({ 'v-nummer': vNumberAt(1, 1) }))
  const requests = await sweep(3 * REQUESTS, (n) =>
    send(officer, '/v1/subject-requests', { request: 'access', identifiers: { 'v-nummer': vNumberAt(n, 0) } }),
  )
  const byBsn = await send(officer, '/v1/subject-requests', { request: 'access', identifiers: { bsn: bsnAt(0) } })
  const isOneHour = currentHour() === startedAt

  const records = (await readRecords(join(gateway.folder, 'gateway'))).map(parseRecord)
  const limits = records.filter((record) => record.type === 'access' && record.what === 'limit')
  isStopped = true
  await gateway.stop()
  report(
    'sweep',
    `${count(reports, 201)} of ${reports.length} reports and ${count(requests, 200)} of ${requests.length} subject requests got through, ` +
      `the others were answered 429; ${limits.length} records of a limit; a request by BSN is answered ${byBsn}`,
  )
  expect(isOneHour ? count(reports, 201) : REPORTS).toBe(REPORTS)
  // A quarter of the requests is kept for erasure.
  const answered = Math.ceil((REQUESTS * 3) / 4)
  expect(isOneHour ? count(requests, 200) : answered).toBe(answered)
  expect(new Set(reports)).toEqual(new Set([201, 429]))
  expect(new Set(requests)).toEqual(new Set([200, 429]))
  expect(bundled).toBe(429)
  expect([400, 429]).toContain(byBsn)
  expect(
    limits.map((record) => record.type === 'access' && record.what === 'limit' && record.limit).toSorted(),
  ).toEqual(['reports', 'subject-requests'])
})

const currentHour = () => Math.floor(Date.now() / 3_600_000)

const count = (statuses: readonly number[], status: number) => statuses.filter((found) => found === status).length

async function sweep(numbers: number, ask: (n: number) => Promise<number>): Promise<readonly number[]> {
  const statuses: number[] = []
  for (let n = 0; n < numbers; n++) statuses.push(await ask(n))
  return statuses
}

async function send(client: Client, path: string, body: unknown): Promise<number> {
  const response = await client.request('POST', path, {
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  })
  await response.bytes()
  if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  return response.status
}
