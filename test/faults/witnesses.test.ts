import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { verifyCosignedCheckpoint } from '../../src/audit/checkpoint/cosigned-checkpoint.ts'
import { parseVerifierKey } from '../../src/audit/checkpoint/signed-note.ts'
import { parseWitnessPolicy, type WitnessPolicy } from '../../src/audit/checkpoint/witness-policy.ts'
import { parseReceiptFile } from '../../src/audit/receipt/receipt-file.ts'
import { checkReceipt } from '../../src/audit/verify/check-receipt.ts'
import { DATA_FILES } from '../../src/boot/key-files.ts'
import { pullDeliveries } from '../../src/cli/party/deliveries.ts'
import { ensurePartyKeys } from '../../src/cli/party/party-folder.ts'
import { type RunningWitness, startWitness } from '../../src/cli/start-witness.ts'
import { verifyDelivery } from '../../src/delivery/verify-delivery.ts'
import { submissionExample } from '../../src/http/examples.ts'
import { createPrivateFile } from '../../src/storage/files/private-file.ts'
import { generateLogKey } from '../../src/storage/log/checkpoint-signer.ts'
import { readWitnessed } from '../../src/witness/read-witnessed.ts'
import { connectTo, startTestGateway, type TestGateway } from '../start-gateway.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { newCosigner } from '../witness/test-log.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** One organisation: a gateway with a log of its own, and a witness for the other's. */
function newOrganisation(name: string) {
  const folder = temporaryFolder()
  const dataFolder = join(folder, 'gateway')
  mkdirSync(dataFolder, { mode: 0o700 })
  const { privateKey, verifierKey } = generateLogKey(`gateway.${name}.example`, random)
  createPrivateFile(join(dataFolder, DATA_FILES.logKey), `${privateKey}\n`, random)
  const path = (file: string, text: string) => {
    writeFileSync(join(folder, file), text)
    return join(folder, file)
  }
  return {
    verifierKey,
    dataFolder,
    path,
    async witnessFor(log: string): Promise<RunningWitness> {
      const witness = await startWitness({
        logsPath: path('logs', `log ${log}\n`),
        dataFolder: join(folder, 'witness'),
        name: `witness.${name}.example`,
        port: 0,
        host: '127.0.0.1',
        print() {},
      })
      onTestFinished(() => witness.close())
      return witness
    },
    async gateway(policy: string): Promise<TestGateway> {
      const partyFolder = join(folder, 'parties')
      for (const party of ['politie', 'comensha'])
        await ensurePartyKeys(partyFolder, join(dataFolder, DATA_FILES.partyKeys), party)
      const gateway = await startTestGateway({ SLUIS_DATA: dataFolder, SLUIS_WITNESS_POLICY: path('policy', policy) })
      let closing: Promise<void> | undefined
      const close = () => (closing ??= gateway.close())
      onTestFinished(close)
      onTestFinished(() => rmSync(gateway.folder, { recursive: true }))
      return { ...gateway, close, connect: (party) => connectTo(gateway.issuer, partyFolder, party) }
    },
  }
}

const policyOf = (text: string): WitnessPolicy => {
  const reading = parseWitnessPolicy(text, 'policy')
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  return reading.policy
}

async function share(gateway: TestGateway, key: string): Promise<number> {
  const police = await gateway.connect('politie')
  const response = await police.request('POST', '/v1/exchanges', {
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(submissionExample),
  })
  await response.text()
  return response.status
}

/** What the sender keeps and what the recipient pulls rest on a checkpoint that a witness cosigned too. */
async function expectCosignedAtBothEnds(
  gateway: TestGateway,
  verifierKey: string,
  policy: WitnessPolicy,
  strange: WitnessPolicy,
): Promise<void> {
  const police = await gateway.connect('politie')
  const list = (await (await police.request('GET', '/v1/exchanges')).json()) as { exchanges: { id: string }[] }
  const answer = await police.request('GET', `/v1/exchanges/${list.exchanges[0]!.id}/receipt`)
  const receipt = parseReceiptFile(await answer.text())
  expect(await checkReceipt(receipt, [verifierKey], policy)).toMatchObject({
    ok: true,
    cosignatures: [{ witness: 'other' }],
    uncheckedSignatures: [],
  })
  expect(await checkReceipt(receipt, [verifierKey], strange)).toMatchObject({ ok: false, place: '/proof' })
  let count = 0
  for await (const { delivery } of pullDeliveries(await gateway.connect('comensha'))) {
    expect(await verifyDelivery(delivery, 'comensha', verifierKey, policy)).toMatchObject({ ok: true })
    expect(await verifyDelivery(delivery, 'comensha', verifierKey, strange)).toMatchObject({ ok: false })
    count += 1
  }
  expect(count).toBe(2)
}

const fetchCheckpoint = async (gateway: TestGateway) => {
  const response = await fetch(`${gateway.issuer}/checkpoint`)
  return { note: await response.text(), cacheControl: response.headers.get('cache-control') }
}

test('two organisations witness each other: what either shares is soon under a checkpoint that both signed', {
  timeout: 120_000,
}, async () => {
  const [north, south] = [newOrganisation('north'), newOrganisation('south')]
  const pairs = [
    { watched: north, witness: await south.witnessFor(north.verifierKey) },
    { watched: south, witness: await north.witnessFor(south.verifierKey) },
  ]
  for (const { watched, witness } of pairs) {
    const text = `log ${watched.verifierKey}\nwitness other ${witness.verifierKey} ${witness.url}\nquorum other\n`
    const gateway = await watched.gateway(text)
    const policy = policyOf(text)
    for (const key of ['first', 'second']) {
      expect(await share(gateway, key)).toBe(201)
      const { treeSize } = (await gateway.gateway.store.log.checkpoint())!
      await vi.waitFor(
        async () => {
          const { note, cacheControl } = await fetchCheckpoint(gateway)
          const verification = await verifyCosignedCheckpoint(note, [], policy)
          expect(verification).toMatchObject({
            ok: true,
            checkpoint: { treeSize },
            cosignatures: [{ witness: 'other' }],
          })
          expect(cacheControl).toBe('public, max-age=1')
        },
        { timeout: 10_000, interval: 50 },
      )
    }
    const [reachable] = policy.witnesses
    const reading = await readWitnessed({ ...reachable!, url: witness.url }, parseVerifierKey(watched.verifierKey), {
      fetch: (request) => fetch(request),
      timeoutMs: 5_000,
    })
    expect(reading).toMatchObject({ ok: true, treeSize: (await gateway.gateway.store.log.checkpoint())!.treeSize })
    const known = await gateway.gateway.store.log.cosignedCheckpoint(1)
    expect(await verifyCosignedCheckpoint(known!.note, [], policy)).toMatchObject({ ok: true })
    const strange = policyOf(`witness strange ${newCosigner('strange.example').verifierKey}\nquorum strange\n`)
    await expectCosignedAtBothEnds(gateway, watched.verifierKey, policy, strange)
  }
})

test('a gateway whose whole data folder was put back does not start, because a witness remembers what came after', {
  timeout: 120_000,
}, async () => {
  const [north, south] = [newOrganisation('north'), newOrganisation('south')]
  const witness = await south.witnessFor(north.verifierKey)
  const text = `witness south ${witness.verifierKey} ${witness.url}\nquorum south\n`
  const first = await north.gateway(text)
  expect(await share(first, 'first')).toBe(201)
  await first.close()
  const backup = join(temporaryFolder(), 'backup')
  cpSync(north.dataFolder, backup, { recursive: true })

  const second = await north.gateway(text)
  expect(await share(second, 'second')).toBe(201)
  await vi.waitFor(
    async () =>
      expect(await second.gateway.store.log.cosignedCheckpoint(1)).toMatchObject({
        treeSize: (await second.gateway.store.log.checkpoint())!.treeSize,
      }),
    { timeout: 10_000 },
  )
  await second.close()

  rmSync(north.dataFolder, { recursive: true })
  cpSync(backup, north.dataFolder, { recursive: true })
  await expect(north.gateway(text)).rejects.toMatchObject({
    code: 'not-ready',
    message: expect.stringMatching(/rolled back; .* according to `south` this log signed .*new-origin/),
  })
  await witness.close()
  const third = await north.gateway(text)
  expect(await share(third, 'third'), 'without its witness nobody knows').toBe(201)
})

test('a witness that never answers delays neither an exchange nor the start and the end of the gateway', {
  timeout: 120_000,
}, async () => {
  const asked: string[] = []
  let waiting = 0
  const silent = createServer((request, response) => {
    asked.push(request.method!)
    waiting += 1
    response.once('close', () => (waiting -= 1))
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const organisation = newOrganisation('north')
  const text = `witness silent ${newCosigner('silent.example').verifierKey} ${url}\nquorum silent\n`
  const gateway = await organisation.gateway(text)
  for (let number = 0; number < 3; number++) expect(await share(gateway, `report-${number}`)).toBe(201)
  // The start gave up on it; the submission still waits, and no exchange waited with it.
  expect({ asked, waiting }).toEqual({ asked: ['GET', 'POST'], waiting: 1 })
  const { note } = await fetchCheckpoint(gateway)
  expect(
    await verifyCosignedCheckpoint(note, [parseVerifierKey(organisation.verifierKey)], policyOf(text)),
  ).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/cosigned by 0 of 1 witnesses/),
  })
  const closing = performance.now()
  await gateway.close()
  expect(performance.now() - closing, 'a submission is given up after ten seconds').toBeLessThan(5_000)
  silent.closeAllConnections()
})
