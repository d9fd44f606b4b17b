import { expect, test } from 'vitest'
import { sluisError } from '../../../src/errors.ts'
import { checkExchange } from '../../../src/exchange/check.ts'
import { activatePolicySet } from '../../../src/exchange/rule-sets/activate.ts'
import type { Store } from '../../../src/ports/store.ts'
import { report } from '../../exchange/duty-set.ts'
import { composeApp } from '../composed-app.ts'
import { readAs } from '../duty-gateway.ts'

const SECOND = 1000

/** A started application on a store whose disk can fail, under a time that the test sets. */
async function startOnFailingDisk() {
  let canWrite = true
  let canRead = true
  let probes = 0
  const guard = () => {
    if (!canWrite) throw sluisError('log-unavailable', { nl: 'schijf vol', en: 'disk full' })
  }
  const wrapStore = (real: Store): Store => ({
    ...real,
    async commit(commits) {
      guard()
      return real.commit(commits)
    },
    async probeWrite() {
      probes += 1
      guard()
      await real.probeWrite()
    },
    async findActivePolicyHash() {
      if (!canRead) throw new Error('SQLITE_IOERR: kanarie4711')
      return real.findActivePolicyHash()
    },
  })
  const { gateway, heartbeatWriter, fetch, passMs } = await composeApp({ wrapStore })
  await activatePolicySet(gateway)
  await heartbeatWriter.writeFirst('p')
  return {
    ready: () => fetch('/readyz'),
    check: () => checkExchange(gateway, 'politie', gateway.schemas.parseCheck(report('registratie'))),
    setWritable(writable: boolean) {
      canWrite = writable
    },
    setReadable(readable: boolean) {
      canRead = readable
    },
    probes: () => probes,
    async pass(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        passMs(SECOND)
        await heartbeatWriter.writeIfDue('p').catch(() => undefined)
      }
    },
  }
}

const expectNotReady = async (response: Response) => {
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  const problem = await readAs('Problem', 503, response)
  expect(problem.type).toBe('/problems/not-ready')
  expect(problem.detail).toMatch(/log cannot be written/)
  expect(JSON.stringify(problem)).not.toMatch(/kanarie4711|SQLITE|disk full/)
}

test('a commit that fails makes a gateway not ready, until the log can be written again', async () => {
  const gateway = await startOnFailingDisk()
  expect((await gateway.ready()).status).toBe(200)
  gateway.setWritable(false)
  await expect(gateway.check()).rejects.toMatchObject({ code: 'log-unavailable' })
  await expectNotReady(await gateway.ready())
  await gateway.pass(60)
  await expectNotReady(await gateway.ready())
  gateway.setWritable(true)
  await expectNotReady(await gateway.ready())
  await gateway.pass(10)
  expect((await gateway.ready()).status).toBe(200)
})

test('a disk that becomes full while nobody asks anything makes a gateway not ready, and is recovered from', async () => {
  const gateway = await startOnFailingDisk()
  expect((await gateway.ready()).status).toBe(200)
  gateway.setWritable(false)
  await gateway.pass(10)
  await expectNotReady(await gateway.ready())
  gateway.setWritable(true)
  await gateway.pass(10)
  expect((await gateway.ready()).status).toBe(200)
})

test('whoever asks for readiness in a loop causes one write in ten seconds', async () => {
  const gateway = await startOnFailingDisk()
  await Promise.all(Array.from({ length: 50 }, gateway.ready))
  expect(gateway.probes()).toBe(1)
  await gateway.pass(9)
  await gateway.ready()
  expect(gateway.probes()).toBe(1)
  await gateway.pass(1)
  await Promise.all(Array.from({ length: 50 }, gateway.ready))
  expect(gateway.probes()).toBe(2)
})

test('a database that cannot be read makes a gateway not ready, without a word of why', async () => {
  const gateway = await startOnFailingDisk()
  gateway.setReadable(false)
  await expectNotReady(await gateway.ready())
})
