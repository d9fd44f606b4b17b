import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Client } from '../../src/auth/client.ts'
import { verifyDatabase } from '../../src/cli/audit/verify-database.ts'
import type { ExchangeAnswer } from '../../src/exchange/pipeline.ts'
import type { Problem } from '../../src/http/problem.ts'
import { type ChildGateway, createSite, type Site, startChild } from './child-gateway.ts'
import { reportAbout } from './reports.ts'

const PASSES = reportAbout('politie', 0)
const REFUSED = reportAbout('politie', 4)

// Readiness is looked at every ten seconds, and the start of a process takes long on a busy machine.
const PATIENCE_MS = 120_000

/** A way to leave the gateway no room to write, and to give it back. */
interface Disk {
  readonly site: Site
  readonly gateway: ChildGateway
  fill(): void
  free(): void
}

const canLimit = spawnSync('prlimit', ['--version']).status === 0
const canMount = tryMount()

describe('a disk that is full', () => {
  test.skipIf(!canLimit)(
    `refuses everything that must be recorded and recovers by itself: a limit on file size${canLimit ? '' : ' (skipped: prlimit is not installed)'}`,
    async () => {
      await expectRefusalAndRecovery(await startLimited())
    },
    PATIENCE_MS,
  )

  test.skipIf(!canMount)(
    `refuses everything that must be recorded and recovers by itself: a small file system${canMount ? '' : ' (skipped: mounting is not permitted here)'}`,
    async () => {
      await expectRefusalAndRecovery(await startOnSmallDisk())
    },
    PATIENCE_MS,
  )
})

async function expectRefusalAndRecovery({ site, gateway, fill, free }: Disk): Promise<void> {
  const [police, comensha] = await Promise.all([site.connect('politie'), site.connect('comensha')])
  const before = await submit(police, 'before', PASSES)
  expect(before.status).toBe(201)
  const { id } = (await before.json()) as ExchangeAnswer
  const inbox = await readInbox(comensha)
  expect(inbox.deliveries).toHaveLength(1)
  const delivery = `/v1/deliveries/${inbox.deliveries[0]!.id}`
  const checkpoint = await readCheckpoint(site)

  expect((await fetch(`${site.issuer}/readyz`)).status, 'ready before').toBe(200)
  fill()
  await waitForReadiness(site, 503)
  const attempts: [string, () => Promise<Response>][] = [
    ['a report that would pass', () => submit(police, 'full', PASSES)],
    ['a report that would be refused', () => submit(police, 'full-refused', REFUSED)],
    ['a check', () => check(police)],
    ['handing a delivery over', () => comensha.request('GET', delivery)],
    ['an acknowledgement', () => comensha.request('POST', `${delivery}/_acknowledge`)],
  ]
  for (const [what, attempt] of attempts) {
    const response = await attempt()
    const problem = (await response.json()) as Problem
    expect(problem, what).toMatchObject({ status: 503, type: '/problems/log-unavailable' })
    expect(Object.keys(problem).toSorted(), what).toEqual(['detail', 'status', 'title', 'type'])
    expect(response.status, what).toBe(503)
    expect(response.headers.get('content-type'), what).toBe('application/problem+json')
    expect(Number(response.headers.get('retry-after')), what).toBeGreaterThan(0)
  }
  await expect(site.connect('fier').then(check), 'a token whose use cannot be remembered').rejects.toThrow(
    /no token issued/,
  )
  expect(await readCheckpoint(site), 'the log is what it was').toBe(checkpoint)
  expect(await readInbox(comensha), 'the inbox is what it was').toEqual(inbox)
  expect((await police.request('GET', `/v1/exchanges/${id}`)).status, 'what was recorded can be read').toBe(200)
  expect(gateway.output()).toContain('"code":"log-unavailable"')

  expect((await fetch(`${site.issuer}/readyz`)).status, 'still not ready').toBe(503)
  free()
  await waitForReadiness(site, 200)
  for (const [what, attempt] of attempts) {
    const response = await attempt()
    expect(response.status, what).toBe(what.endsWith('would pass') ? 201 : what.endsWith('refused') ? 403 : 200)
  }
  expect((await check(await site.connect('fier'))).status).toBe(200)
  const after = await readInbox(comensha)
  expect(after.deliveries.map(({ exchangeId }) => exchangeId)).toHaveLength(2)
  // Beside what was there: the heartbeat of the recovery, the five attempts and the last check.
  const treeSize = treeSizeOf(checkpoint) + 1 + attempts.length + 1
  expect(treeSizeOf(await readCheckpoint(site))).toBe(treeSize)
  expect(await verifyDatabase(site.databasePath, site.verifierKey())).toMatchObject({ ok: true, treeSize })
}

/** Nobody asks anything else, so the gateway finds out by itself. */
const waitForReadiness = ({ issuer }: Site, status: number) =>
  vi.waitFor(async () => expect((await fetch(`${issuer}/readyz`)).status).toBe(status), {
    timeout: 40_000,
    interval: 500,
  })

/** The kernel refuses every write to a file, as it does when a disk is full, only with another error code. */
async function startLimited(): Promise<Disk> {
  const site = await createSite()
  const gateway = await startChild(site)
  const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(gateway.pid), `--fsize=${bytes}:`])
  return { site, gateway, fill: () => limit('0'), free: () => limit('unlimited') }
}

async function startOnSmallDisk(): Promise<Disk> {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=700', 'tmpfs', folder])
  onTestFinished(() => {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true })
  })
  const site = await createSite(folder)
  const gateway = await startChild(site)
  const filler = join(folder, 'filler')
  return {
    site,
    gateway,
    fill() {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(filler, new Uint8Array(bavail * bsize))
    },
    free: () => rmSync(filler),
  }
}

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-disk-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0
  if (isMounted) execFileSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return isMounted
}

const submit = (client: Client, key: string, report: typeof PASSES) =>
  client.request('POST', '/v1/exchanges', {
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(report),
  })

const check = (client: Client) =>
  client.request('POST', '/v1/exchanges/_check', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(PASSES),
  })

async function readInbox(client: Client): Promise<{ deliveries: { id: string; exchangeId: string }[] }> {
  return (await client.request('GET', '/v1/deliveries')).json() as ReturnType<typeof readInbox>
}

const treeSizeOf = (checkpoint: string): number => Number(checkpoint.split('\n')[1])

const readCheckpoint = async ({ issuer }: Site): Promise<string> => (await fetch(`${issuer}/checkpoint`)).text()
