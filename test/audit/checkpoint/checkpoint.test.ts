import { describe, expect, test } from 'vitest'
import {
  formatCheckpointBody,
  parseCheckpointBody,
  verifyCheckpoint,
} from '../../../src/audit/checkpoint/checkpoint.ts'
import { formatNote, parseNote, parseVerifierKey } from '../../../src/audit/checkpoint/signed-note.ts'
import { EMPTY_ROOT } from '../../../src/audit/tree/tree.ts'
import { formatBase64 } from '../../../src/encoding/bytes.ts'
import { newSigner } from '../memory-log.ts'
import { hasVectors, readVector, vectorsNote } from '../vectors.ts'

describe.skipIf(!hasVectors)(`published checkpoint${vectorsNote}`, () => {
  test('a checkpoint of the Go checksum database comes back from its parts', () => {
    const { sumdb } = readVector<{ sumdb: { checkpoint: string } }>('notes.json')
    const { text } = parseNote(sumdb.checkpoint)
    const { origin, treeSize, rootHash } = parseCheckpointBody(text)
    expect({ origin, treeSize }).toEqual({ origin: 'go.sum database tree', treeSize: 35225469 })
    expect(formatCheckpointBody(origin, treeSize, rootHash)).toBe(text)
  })

  test('a checkpoint of the Go checksum database has an origin that is not the name of its key, and is refused for that', async () => {
    const { sumdb } = readVector<{ sumdb: { checkpoint: string; vkey: string } }>('notes.json')
    expect(await verifyCheckpoint(sumdb.checkpoint, parseVerifierKey(sumdb.vkey))).toMatchObject({ ok: false })
  })
})

const ORIGIN = 'log.example/2026'
const root = formatBase64(EMPTY_ROOT)

describe('checkpoint', () => {
  test.each([
    { what: 'an empty tree', size: '0' },
    { what: 'the largest size', size: '9007199254740991' },
  ])('a checkpoint of $what is read', ({ size }) => {
    expect(parseCheckpointBody(`${ORIGIN}\n${size}\n${root}\n`)).toEqual({
      origin: ORIGIN,
      treeSize: Number(size),
      rootHash: EMPTY_ROOT,
    })
  })

  test.each([
    { what: 'a leading zero', body: `${ORIGIN}\n01\n${root}\n` },
    { what: 'a sign', body: `${ORIGIN}\n+1\n${root}\n` },
    { what: 'a hexadecimal size', body: `${ORIGIN}\n0x1\n${root}\n` },
    { what: 'a size above 2^53 - 1', body: `${ORIGIN}\n9007199254740992\n${root}\n` },
    { what: 'an extension line', body: `${ORIGIN}\n1\n${root}\nextra\n` },
    { what: 'an empty origin', body: `\n1\n${root}\n` },
    { what: 'no last newline', body: `${ORIGIN}\n1\n${root}` },
    { what: 'a root of 31 bytes', body: `${ORIGIN}\n1\n${formatBase64(new Uint8Array(31))}\n` },
    { what: 'a root without padding', body: `${ORIGIN}\n1\n${root.slice(0, -1)}\n` },
    { what: 'a root with trailing bits', body: `${ORIGIN}\n1\n${root.replace('U=', 'V=')}\n` },
    { what: 'a root with a space', body: `${ORIGIN}\n1\n${root} \n` },
  ])('a checkpoint with $what is refused', ({ body }) => {
    expect(() => parseCheckpointBody(body)).toThrow(SyntaxError)
  })

  const signer = newSigner(ORIGIN)
  const key = parseVerifierKey(signer.verifierKey)

  test('a checkpoint verifies under the key of its log, with another signature beside it', async () => {
    const { text, signatures } = parseNote(signer.sign(7, EMPTY_ROOT))
    const witnessed = formatNote(text, [
      ...parseNote(newSigner('witness.example').sign(7, EMPTY_ROOT)).signatures,
      ...signatures,
    ])
    const checkpoint = { origin: ORIGIN, treeSize: 7, rootHash: EMPTY_ROOT }
    expect(await verifyCheckpoint(witnessed, key)).toEqual({ ok: true, checkpoint })
  })

  test('a checkpoint does not verify under the key of another log with the same origin', async () => {
    expect(await verifyCheckpoint(newSigner(ORIGIN).sign(7, EMPTY_ROOT), key)).toMatchObject({ ok: false })
  })
})
