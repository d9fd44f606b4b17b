import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { AuditRecord } from '../../../src/audit/record/record.ts'
import { createHeartbeatCheck } from '../../../src/audit/verify/heartbeats.ts'
import { formatStaleHeartbeatLine } from '../../../src/boot/fault-line.ts'
import { startGateway } from '../../../src/boot/node.ts'
import { parseSettings } from '../../../src/boot/settings.ts'
import { activatePolicySet } from '../../../src/exchange/rule-sets/activate.ts'
import { report } from '../../exchange/duty-set.ts'
import { connectTo } from '../../start-gateway.ts'
import { composeApp } from '../composed-app.ts'
import { type DutyGateway, post, readAs, readProblem, startDutyGateway, submit } from '../duty-gateway.ts'
import { readLog } from '../party-mail.ts'

function findingsOf(records: readonly AuditRecord[]) {
  const check = createHeartbeatCheck()
  for (const [leafIndex, record] of records.entries()) check.add({ leafIndex, record })
  return check.finish(new Date().toISOString())
}

describe('a gateway that runs', () => {
  let gateway: DutyGateway
  beforeAll(async () => {
    gateway = await startDutyGateway()
  })
  afterAll(() => gateway?.stop())

  test('a gateway accounts for every record that it wrote before it served anybody', async () => {
    const records = await readLog(gateway)
    const types = records.map(({ type }) => type)
    expect(types.at(-1)).toBe('heartbeat')
    expect(new Set(types)).toEqual(new Set(['key', 'policy', 'party', 'heartbeat']))
    expect(records.at(-1)).toMatchObject({
      occasion: 'start',
      since: 0,
      counts: { key: 1, policy: 1, party: 5 },
      failed: 0,
      everyMinutes: 60,
      policyHash: gateway.gateway.policySet.policyHash,
    })
    expect(findingsOf(records)).toMatchObject({ heartbeats: 1, findings: [] })
  })

  test('a gateway shows everybody how far the log is and when its newest heartbeat was, and nothing else', async () => {
    const status = await readAs('LogStatus', 200, await fetch(`${gateway.issuer}/v1/log/status`))
    const records = await readLog(gateway)
    expect(status).toEqual({
      origin: gateway.verifierKey.split('+')[0],
      treeSize: records.length,
      newestHeartbeatAt: records.findLast(({ type }) => type === 'heartbeat')!.at,
      heartbeatMinutes: 60,
    })
    await readAs('Health', 200, await fetch(`${gateway.issuer}/readyz`))
  })

  test('a gateway publishes the schema of its records, open and cacheable', async () => {
    const response = await fetch(`${gateway.issuer}/v1/log/record-schema.json`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/schema+json')
    expect(response.headers.get('cache-control')).toBe('public, max-age=86400')
    expect(await response.json()).toMatchObject({ $id: 'urn:sluis:record:1' })
  })
})

test('a gateway that stops records what it wrote, and the next one continues from there', async () => {
  const gateway = await startDutyGateway()
  onTestFinished(() => rmSync(gateway.folder, { recursive: true, force: true }))
  onTestFinished(() => rmSync(gateway.policyFolder, { recursive: true }))
  const police = await gateway.connect('politie')
  await readAs('Exchange', 201, await submit(police, report('registratie')))
  await readAs('Check', 200, await post(police, '/v1/exchanges/_check', report('registratie')))
  await gateway.close()

  const settings = parseSettings({
    PORT: '0',
    SLUIS_DATA: join(gateway.folder, 'gateway'),
    SLUIS_POLICIES: gateway.policyFolder,
  })
  if (!settings.ok) throw new Error(settings.faults.join('; '))
  const next = await startGateway(settings.settings)
  try {
    const again = await connectTo(next.issuer, gateway.partyFolder, 'politie')
    await readAs('Check', 200, await post(again, '/v1/exchanges/_check', report('registratie')))
    const records = await readLog({ ...gateway, gateway: next.gateway })
    expect(records.slice(-3)).toMatchObject([
      { type: 'heartbeat', occasion: 'stop', counts: { exchange: 1, check: 1 } },
      // Parties that are as they were are not recorded again.
      { type: 'heartbeat', occasion: 'start', counts: {} },
      { type: 'check' },
    ])
    expect(findingsOf(records)).toMatchObject({ heartbeats: 3, findings: [] })
    // With one record less, the heartbeat after it no longer fits.
    const exchange = records.findIndex(({ type }) => type === 'exchange')
    expect(findingsOf(records.toSpliced(exchange, 1)).findings[0]).toMatchObject({ kind: 'miscount' })
  } finally {
    await next.close()
  }
})

test('a gateway without a heartbeat for twice the interval is not ready, and reports so once on its own line', async () => {
  const stale: string[] = []
  const { gateway, heartbeatWriter, fetch, passMs } = await composeApp({
    heartbeatMinutes: 30,
    reportStale: (newestAt, now) => stale.push(formatStaleHeartbeatLine(newestAt, now)),
  })
  const ready = () => fetch('/readyz')
  await activatePolicySet(gateway)
  expect(await readProblem(await ready())).toBe('503 not-ready')
  await heartbeatWriter.writeFirst('p')
  passMs(60 * 60_000)
  expect((await ready()).status).toBe(200)
  passMs(1)
  for (let time = 0; time < 3; time++) {
    const response = await ready()
    expect(response.headers.get('retry-after')).not.toBeNull()
    expect(await readProblem(response)).toBe('503 not-ready')
  }
  expect(stale.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      at: '2026-11-22T11:00:00.001Z',
      event: 'heartbeat-stale',
      newestHeartbeatAt: '2026-11-22T10:00:00.000Z',
      mend: expect.stringContaining('/readyz'),
    },
  ])
  const status = await fetch('/v1/log/status')
  expect(await readAs('LogStatus', 200, status)).toMatchObject({
    newestHeartbeatAt: '2026-11-22T10:00:00.000Z',
    heartbeatMinutes: 30,
  })
  await heartbeatWriter.writeIfDue('p')
  expect((await ready()).status).toBe(200)
})
