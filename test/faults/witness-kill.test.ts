import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { formatVerifierKey, parseNote, parseVerifierKey, verifyNote } from '../../src/audit/checkpoint/signed-note.ts'
import { readWitnessed } from '../../src/witness/read-witnessed.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newTestLog, requestBody } from '../witness/test-log.ts'
import { startChildWitness } from './child-witness.ts'

const ROUNDS = 8

test('a witness that is killed at any moment under load forgets nothing that it answered', {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder()
  const log = newTestLog('log.example/2026')
  const logs = join(folder, 'logs')
  writeFileSync(logs, `log ${formatVerifierKey(log.key)}\n`)
  /** The largest size that the witness answered for. */
  let answered = 0
  let cutOff = 0
  for (let round = 0; round < ROUNDS; round++) {
    const witness = await startChildWitness({
      logs,
      data: join(folder, 'witness'),
      ...(round === 0 && { name: 'witness.example' }),
    })
    const key = parseVerifierKey(witness.verifierKey, 'cosignature/v1')
    const reading = await readWitnessed({ name: 'w', key, url: witness.url }, log.key, {
      fetch: (request) => fetch(request),
      timeoutMs: 5_000,
    })
    if (answered > 0) expect(reading).toMatchObject({ ok: true })
    // It may have kept one more than it came to answer for; never one less, and never another tree.
    let known = reading.ok ? reading.treeSize : 0
    expect(known).toBeGreaterThanOrEqual(answered)
    if (reading.ok) expect(reading.rootHash).toEqual(log.root(known))

    let isOver = false
    const load = (async () => {
      while (!isOver) {
        log.append(`record ${log.size}`)
        const size = log.size
        try {
          const response = await fetch(`${witness.url}/add-checkpoint`, {
            method: 'POST',
            body: await requestBody(log, known, size),
          })
          const line = await response.text()
          expect(response.status).toBe(200)
          expect(await verifyNote(`${parseNote(log.checkpoint(size)).text}\n${line}`, [key])).toMatchObject({
            ok: true,
          })
          known = answered = size
        } catch (error) {
          if (!(error instanceof TypeError)) throw error
          cutOff += 1
          return
        }
      }
    })()
    await delay(40 + ((round * 53) % 120))
    await witness.kill()
    isOver = true
    await load
  }
  expect(answered).toBeGreaterThan(ROUNDS)
  expect(cutOff, 'requests that the kills cut off').toBeGreaterThan(0)
})
