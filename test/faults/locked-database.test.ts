import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { verifyDatabase } from '../../src/cli/audit/verify-database.ts'
import { createSite, runServe, type Site, startChild } from './child-gateway.ts'
import { reportAbout } from './reports.ts'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Another process locks the database of a site. @returns how to end that process, and its lock with it */
async function lock({ databasePath }: Site, statement: string): Promise<() => Promise<void>> {
  const holder = spawn(process.execPath, ['test/faults/lock-holder.ts', databasePath, statement], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const release = async () => {
    if (holder.exitCode !== null || holder.signalCode !== null) return
    holder.kill('SIGKILL')
    await once(holder, 'exit')
  }
  onTestFinished(release)
  await once(holder.stdout, 'data')
  return release
}

/** Asks again and again whether the gateway lives. @returns how often it answered so far, and how to stop */
function poll({ issuer }: Site): { answers(): number; stop(): Promise<void> } {
  let answers = 0
  let isOver = false
  const polling = (async () => {
    while (!isOver) {
      expect((await fetch(`${issuer}/healthz`)).status).toBe(200)
      answers += 1
      await wait(5)
    }
  })()
  return {
    answers: () => answers,
    async stop() {
      isOver = true
      await polling
    },
  }
}

const LOCKS = ['begin immediate', 'begin exclusive'] as const

test.each(LOCKS)('%s of another program holds up what must be recorded and nothing else', async (statement) => {
  const site = await createSite()
  await startChild(site)
  const police = await site.connect('politie')
  const submit = (number: number) =>
    police.request('POST', '/v1/exchanges', {
      headers: { 'content-type': 'application/json', 'idempotency-key': `report-${number}` },
      body: JSON.stringify(reportAbout('politie', number)),
    })
  const first = await submit(0)
  const { id } = (await first.json()) as { id: string }

  const release = await lock(site, statement)
  let isAnswered = false
  const waiting = Promise.all([submit(1), submit(2), submit(3)]).finally(() => {
    isAnswered = true
  })
  const health = poll(site)
  await wait(1_000)
  expect(health.answers(), 'others are served while the lock is held').toBeGreaterThan(10)
  expect((await police.request('GET', `/v1/exchanges/${id}`)).status, 'what was recorded can be read').toBe(200)
  expect(isAnswered).toBe(false)
  await release()
  expect((await waiting).map(({ status }) => status)).toEqual([201, 201, 201])
  await health.stop()
  expect(await verifyDatabase(site.databasePath, site.verifierKey())).toMatchObject({ ok: true })
})

test('a lock that lasts is answered with log-unavailable, keeps nothing, and costs those who come later no wait', async () => {
  const site = await createSite()
  const gateway = await startChild(site)
  const police = await site.connect('politie')
  const check = () =>
    police.request('POST', '/v1/exchanges/_check', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(reportAbout('politie', 1)),
    })
  expect((await check()).status).toBe(200)
  const checkpoint = await (await fetch(`${site.issuer}/checkpoint`)).text()

  const release = await lock(site, 'begin immediate')
  const health = poll(site)
  for (const answer of [await check(), await check(), await check()]) {
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.json()).toMatchObject({ type: '/problems/log-unavailable' })
  }
  expect(health.answers(), 'others are served while the lock is held').toBeGreaterThan(10)
  await health.stop()
  expect(await (await fetch(`${site.issuer}/checkpoint`)).text()).toBe(checkpoint)
  expect(gateway.output()).toContain('"code":"log-unavailable"')

  await release()
  expect((await check()).status, 'it recovers by itself').toBe(200)
  expect(await verifyDatabase(site.databasePath, site.verifierKey())).toMatchObject({ ok: true })
})

test('a gateway does not start on a database that another program keeps locked, and says why', async () => {
  const site = await createSite()
  const gateway = await startChild(site)
  await gateway.kill()
  await lock(site, 'begin exclusive')
  const ended = await runServe(site)
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toMatch(
    /^sluis: database `[^`]+`: another program holds a lock .*; close that program and start again\n$/,
  )
})
