import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { formatAddCheckpoint } from '../../src/audit/checkpoint/add-checkpoint.ts'
import { createWitness } from '../../src/witness/server.ts'
import { createWitnessStore } from '../../src/witness/witness-store.ts'
import { failingDriver } from '../storage/failing-driver.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newCosigner, newTestLog, post, records, requestBody } from './test-log.ts'

const log = newTestLog('log.example/2026')
log.append(...records(9))
const fork = log.fork(3)
fork.append(...records(6, 'forked'))

function openWitness() {
  const real = new Database(join(temporaryFolder(), 'witness.sqlite'))
  onTestFinished(() => void real.close())
  const driver = failingDriver(real)
  const faults: unknown[] = []
  const app = createWitness({
    logs: [log.key],
    store: createWitnessStore(driver.client),
    cosigner: newCosigner('witness.example'),
    clock: () => new Date(0),
    reportFault: (error) => faults.push(error),
  })
  const add = async (body: string) => {
    const response = await app.fetch(post(body))
    return { status: response.status, text: await response.text() }
  }
  return { driver, add, faults }
}

/** How many statements a request takes, so that each of them can fail. */
async function countStatements(): Promise<number> {
  const { driver, add } = openWitness()
  await add(await requestBody(log, 0, 5))
  driver.failAt(0)
  await add(await requestBody(log, 5))
  return driver.count()
}

test.each(['first', 'next'] as const)(
  'whichever statement of a %s request fails, nothing is cosigned and nothing forgotten',
  async (which) => {
    const statements = await countStatements()
    expect(statements).toBeGreaterThanOrEqual(3)
    for (let failing = 1; failing <= statements; failing++) {
      const { driver, add, faults } = openWitness()
      const known = which === 'first' ? 0 : 5
      if (known > 0) expect((await add(await requestBody(log, 0, known))).status).toBe(200)
      driver.failAt(failing)
      const answer = await add(await requestBody(log, known))
      expect(answer, `statement ${failing}`).toMatchObject({ status: 503, text: expect.not.stringContaining('—') })
      expect(faults).toHaveLength(1)

      driver.failAt(0)
      if (known > 0) {
        const other = formatAddCheckpoint({
          oldSize: known,
          proof: await fork.proof(known, 9),
          checkpoint: fork.checkpoint(),
        })
        expect((await add(other)).status, 'another tree').toBe(422)
      }
      expect((await add(await requestBody(log, known))).status, 'the same again').toBe(200)
      expect(await add(await requestBody(log, known))).toMatchObject({ status: 409, text: '9\n' })
    }
  },
)
