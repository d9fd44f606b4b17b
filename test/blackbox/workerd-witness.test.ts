import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { verifyCosignedCheckpoint } from '../../src/audit/checkpoint/cosigned-checkpoint.ts'
import { parseVerifierKey } from '../../src/audit/checkpoint/signed-note.ts'
import { parseWitnessPolicy } from '../../src/audit/checkpoint/witness-policy.ts'
import { openWitnessFiles } from '../../src/boot/witness-files.ts'
import { startWitness } from '../../src/cli/start-witness.ts'
import { submit } from './calls.ts'
import { observe } from './gateway.ts'
import { policeReport } from './reports.ts'
import { findFreePort, startWorkerd } from './start-workerd.ts'

test('a gateway in workerd has its checkpoints cosigned after a commit, and serves them with the cosignature', {
  timeout: 180_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluis-witness-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const dataFolder = join(folder, 'witness')
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  // The two have to know each other: the key of the witness first, then the log, then the witness itself.
  const { store, cosigner } = openWitnessFiles(dataFolder, 'witness.example', random)
  store.close()
  const port = await findFreePort()
  const policyPath = join(folder, 'policy')
  const text = `# the other one\nwitness other ${cosigner.verifierKey} http://127.0.0.1:${port}\nquorum other\n`
  writeFileSync(policyPath, text)
  const runtime = await startWorkerd({ SLUIS_WITNESS_POLICY: policyPath })
  onTestFinished(() => runtime.stop())
  const logsPath = join(folder, 'logs')
  writeFileSync(logsPath, `log ${runtime.verifierKey}\n`)
  const print = () => expect.unreachable('a fault of the witness')
  const witness = await startWitness({ logsPath, dataFolder, name: undefined, port, host: '127.0.0.1', print })
  onTestFinished(() => witness.close())
  // What it committed at its start found no witness; a new life asks again.
  await runtime.restart()

  const gateway = observe(runtime)
  const politie = await gateway.connect('politie')
  expect((await submit(politie, policeReport)).status).toBe(201)
  const reading = parseWitnessPolicy(text, policyPath)
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  await vi.waitFor(
    async () => {
      const note = await (await fetch(`${runtime.issuer}/checkpoint`)).text()
      expect(
        await verifyCosignedCheckpoint(note, [parseVerifierKey(runtime.verifierKey)], reading.policy),
        runtime.output(),
      ).toMatchObject({ ok: true, cosignatures: [{ witness: 'other' }] })
    },
    { timeout: 20_000, interval: 200 },
  )
})
