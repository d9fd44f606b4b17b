import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { policeReport } from '../../exchange/reports.ts'
import { startMailServer } from '../../mail/mail-server.ts'
import { startTestGateway, type TestGateway } from '../../start-gateway.ts'

const NOON = Date.UTC(2026, 11, 1, 12, 10)
const HOUR_MS = 3_600_000
let policies: string
beforeAll(() => {
  policies = mkdtempSync(join(tmpdir(), 'sluis-mail-'))
  cpSync('policies', policies, { recursive: true })
  const parties = join(policies, 'partijen.yaml')
  const text = readFileSync(parties, 'utf8').replace(
    '\n  comensha:\n',
    '\n  comensha:\n    e-mail: inbox@comensha.example\n',
  )
  writeFileSync(parties, text)
})
afterAll(() => rmSync(policies, { recursive: true }))
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON })
})
afterEach(() => {
  vi.useRealTimers()
})

const startMailing = (port: number): Promise<TestGateway> =>
  startTestGateway({
    SLUIS_POLICIES: policies,
    SLUIS_SMTP_HOST: '127.0.0.1',
    SLUIS_SMTP_PORT: String(port),
    SLUIS_SMTP_TLS: 'none',
    SLUIS_MAIL_FROM: 'sluis@example.org',
  })

async function report(gateway: TestGateway): Promise<number> {
  const police = await gateway.connect('politie')
  const answer = await police.request('POST', '/v1/exchanges', {
    body: JSON.stringify(policeReport()),
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  })
  return answer.status
}

const nextHour = async (gateway: TestGateway) => {
  vi.setSystemTime(Date.now() + HOUR_MS)
  await gateway.keepTime()
}

test('a gateway mails once that there is something in an inbox, whatever arrived, and says what of it', async () => {
  const mail = await startMailServer()
  const gateway = await startMailing(mail.port)
  onTestFinished(() => gateway.stop())
  for (let count = 0; count < 3; count++) expect(await report(gateway)).toBe(201)
  await gateway.keepTime()
  expect(mail.connections()).toBe(0)
  await nextHour(gateway)
  await vi.waitFor(() => expect(mail.taken).toHaveLength(1))
  expect(mail.taken[0]).toMatchObject({ from: 'sluis@example.org', to: ['inbox@comensha.example'] })
  expect(mail.taken[0]!.text).toContain(`\r\n${gateway.issuer}/inbox\r\n`)
  await nextHour(gateway)
  await nextHour(gateway)
  expect(mail.connections()).toBe(1)
})

test('a mail server that never answers delays no exchange and no stop', async () => {
  const silent = createServer((socket) => socket.resume())
  const connections = () => new Promise<number>((resolve) => silent.getConnections((_, open) => resolve(open)))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => silent.close(() => resolve())))
  const gateway = await startMailing((silent.address() as { port: number }).port)
  await report(gateway)
  await nextHour(gateway)
  await vi.waitFor(async () => expect(await connections()).toBe(1))
  expect(await report(gateway)).toBe(201)
  await gateway.stop()
  await vi.waitFor(async () => expect(await connections()).toBe(0))
})
