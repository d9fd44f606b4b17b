import { describe, expect, test } from 'vitest'
import { parseCheckpointBody } from '../../src/audit/checkpoint/checkpoint.ts'
import { parseNote } from '../../src/audit/checkpoint/signed-note.ts'
import { verifyReceipt } from '../../src/audit/receipt/receipt.ts'
import { policeReport } from '../../src/cli/demo/reports.ts'
import type { Gateway } from '../../src/exchange/gateway.ts'
import { findHistory, renewReceipt } from '../../src/exchange/receipts.ts'
import type { LogReader } from '../../src/ports/store.ts'
import { newSigner } from '../audit/memory-log.ts'
import { testContext } from './context.ts'

/** The same store under a log that reads otherwise. */
const withLog = (gateway: Gateway, log: Partial<LogReader>, verifierKey = gateway.verifierKey): Gateway => ({
  ...gateway,
  verifierKey,
  store: { ...gateway.store, log: { ...gateway.store.log, ...log } },
})

describe('the receipt that is given again', () => {
  test('a repeated receipt is the one that was given out, while nothing else vouches for it', async () => {
    const { gateway, exchange, verifierKey } = await testContext()
    const { id, receipt } = await exchange('politie', policeReport)
    await exchange('politie', policeReport)
    expect(await findHistory(gateway, 'politie', id)).toMatchObject({ receipt: { ...receipt, verifierKey } })
    expect(await findHistory(gateway, 'fier', id)).toBeUndefined()
  })

  test('a repeated receipt is under the new origin once the log continued under one', async () => {
    const { gateway, exchange, verifierKey } = await testContext()
    const { receipt } = await exchange('politie', policeReport)
    await exchange('politie', policeReport)
    const { note: old, treeSize } = (await gateway.store.log.checkpoint())!
    const { rootHash } = parseCheckpointBody(parseNote(old).text)
    const next = newSigner('sluis.example/log-2')
    const moved = withLog(
      gateway,
      { checkpoint: async () => ({ treeSize, note: next.sign(treeSize, rootHash) }) },
      next.verifierKey,
    )
    const renewed = await renewReceipt(moved, receipt)
    expect(await verifyReceipt(renewed, next.verifierKey)).toEqual({ ok: true, treeSize })
    expect(await verifyReceipt(renewed, verifierKey)).toMatchObject({ ok: false })
    expect(renewed.record).toBe(receipt.record)
  })

  test('a repeated receipt is not on a cosigned checkpoint that is too old, or of another origin', async () => {
    const { gateway, exchange } = await testContext()
    await exchange('politie', policeReport)
    const older = (await gateway.store.log.checkpoint())!
    const { receipt } = await exchange('politie', policeReport)
    const { treeSize } = (await gateway.store.log.checkpoint())!
    const strange = { treeSize, note: newSigner('other.example').sign(treeSize, new Uint8Array(32)) }
    for (const checkpoint of [older, strange]) {
      const renewed = await renewReceipt(withLog(gateway, { cosignedCheckpoint: async () => checkpoint }), receipt)
      expect(renewed.proof).toBe(receipt.proof)
    }
  })
})
