import { describe, expect, test } from 'vitest'
import { formatTlogProof, parseTlogProof, verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import {
  appendLeaf,
  appendLeaves,
  EMPTY_FRONTIER,
  type Frontier,
  leafHash,
  rootHash,
} from '../../../src/audit/tree/tree.ts'
import { formatBase64, formatUtf8 } from '../../../src/encoding/bytes.ts'
import type { Receipt } from '../../../src/ports/stored.ts'
import { newSigner } from '../memory-log.ts'

const records = Array.from({ length: 11 }, (_, index) => `{"record":${index}}`)
const leaves = records.map((record) => leafHash(formatUtf8(record)))
const root = rootHash(leaves.reduce<Frontier>((frontier, leaf) => appendLeaf(frontier, leaf).frontier, EMPTY_FRONTIER))
const proofs = appendLeaves(EMPTY_FRONTIER, leaves).proofs
const signer = newSigner('log.example/2026')
const checkpoint = signer.sign(leaves.length, root)

const receiptOf = (leafIndex: number): Receipt => ({
  leafIndex,
  record: records[leafIndex]!,
  proof: formatTlogProof({ leafIndex, hashes: proofs[leafIndex]!, checkpoint }),
})
const receipt = receiptOf(6)

describe('receipt', () => {
  test.each(records.map((_, leafIndex) => leafIndex))('the receipt of record %i verifies', async (leafIndex) => {
    expect(await verifyReceipt(receiptOf(leafIndex), signer.verifierKey)).toEqual({ ok: true, treeSize: 11 })
  })

  const change = (part: Partial<Receipt>): Receipt => ({ ...receipt, ...part })
  test.each([
    { what: 'another record', changed: change({ record: records[5]! }) },
    { what: 'a record with a space added', changed: change({ record: `${receipt.record} ` }) },
    { what: 'another index beside the proof', changed: change({ leafIndex: 5 }) },
    {
      what: 'another index in both places',
      changed: change({ leafIndex: 5, proof: receipt.proof.replace('index 6', 'index 5') }),
    },
    { what: 'the proof of another record', changed: change({ proof: receiptOf(5).proof }) },
    {
      what: 'an index outside the tree',
      changed: change({ leafIndex: 11, proof: receipt.proof.replace('index 6', 'index 11') }),
    },
    { what: 'a hash less', changed: change({ proof: receipt.proof.replace(`${formatBase64(proofs[6]![0]!)}\n`, '') }) },
    { what: 'a changed size', changed: change({ proof: receipt.proof.replace('\n11\n', '\n12\n') }) },
    {
      what: 'a checkpoint of another log',
      changed: change({ proof: receipt.proof.replace(checkpoint, newSigner('log.example/2026').sign(11, root)) }),
    },
    { what: 'no checkpoint', changed: change({ proof: receipt.proof.replace(checkpoint, '') }) },
    { what: 'no proof', changed: change({ proof: '' }) },
  ])('a receipt with $what does not verify', async ({ changed }) => {
    expect(await verifyReceipt(changed, signer.verifierKey)).toMatchObject({ ok: false })
  })

  test('a receipt does not verify under a text that is no verifier key', async () => {
    expect(await verifyReceipt(receipt, 'log.example')).toMatchObject({ ok: false })
  })

  test('a receipt that fails repeats nothing of what was sent', async () => {
    const verification = await verifyReceipt(change({ record: 'secret', proof: 'secret' }), signer.verifierKey)
    expect(JSON.stringify(verification)).not.toContain('secret')
  })
})

describe('proof as text', () => {
  const hash = formatBase64(new Uint8Array(32))
  const text = `c2sp.org/tlog-proof@v1\nextra AQI=\nindex 6\n${hash}\n${hash}\n\n${checkpoint}`

  test('a proof is read and written as text, extra bytes included', () => {
    const proof = parseTlogProof(text)
    expect(proof).toEqual({
      leafIndex: 6,
      hashes: [new Uint8Array(32), new Uint8Array(32)],
      checkpoint,
      extra: Uint8Array.of(1, 2),
    })
    expect(formatTlogProof(proof)).toBe(text)
    expect(parseTlogProof(receipt.proof)).toEqual({ leafIndex: 6, hashes: proofs[6], checkpoint })
  })

  test('the proof of the only record of a log has no hashes', () => {
    const only = { leafIndex: 0, hashes: [], checkpoint }
    expect(formatTlogProof(only)).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${checkpoint}`)
    expect(parseTlogProof(formatTlogProof(only))).toEqual(only)
  })

  test.each([
    { what: 'another version', mutate: (proof: string) => proof.replace('@v1', '@v2') },
    { what: 'no index', mutate: (proof: string) => proof.replace('index 6\n', '') },
    { what: 'an index with a leading zero', mutate: (proof: string) => proof.replace('index 6', 'index 06') },
    {
      what: 'an index above 2^53 - 1',
      mutate: (proof: string) => proof.replace('index 6', 'index 18446744073709551615'),
    },
    {
      what: 'extra bytes after the index',
      mutate: (proof: string) => proof.replace('extra AQI=\nindex 6', 'index 6\nextra AQI='),
    },
    { what: 'extra bytes that are not base64', mutate: (proof: string) => proof.replace('AQI=', 'AQI') },
    { what: 'a short hash', mutate: (proof: string) => proof.replace(hash, 'AQI=') },
    { what: '64 hashes', mutate: (proof: string) => proof.replace(hash, Array(63).fill(hash).join('\n')) },
    { what: 'no empty line', mutate: (proof: string) => proof.split('\n\n')[0]! },
  ])('a proof with $what is refused', ({ mutate }) => {
    expect(() => parseTlogProof(mutate(text))).toThrow(SyntaxError)
  })
})
