import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyCheckpoint } from '../../../src/audit/checkpoint/checkpoint.ts'
import { parseVerifierKey } from '../../../src/audit/checkpoint/signed-note.ts'
import { EMPTY_ROOT } from '../../../src/audit/tree/tree.ts'
import { createCheckpointSigner, generateLogKey } from '../../../src/storage/log/checkpoint-signer.ts'
import { TEST_LOG_KEY, TEST_ORIGIN } from '../commits.ts'

// The example key pair in the documentation of golang.org/x/mod/sumdb/note.
const GO_PRIVATE_KEY = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const GO_VERIFIER_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'

describe('checkpoint signer', () => {
  test('a private key that other tools wrote has the verifier key that they derive', () => {
    expect(createCheckpointSigner({ origin: 'PeterNeumann', privateKey: GO_PRIVATE_KEY }).verifierKey).toBe(
      GO_VERIFIER_KEY,
    )
  })

  test('a new key signs checkpoints that its verifier key verifies', async () => {
    const { privateKey, verifierKey } = generateLogKey(TEST_ORIGIN, randomBytes)
    const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: `${privateKey}\n` })
    expect(signer.verifierKey).toBe(verifierKey)
    expect(await verifyCheckpoint(signer.sign(0, EMPTY_ROOT), parseVerifierKey(verifierKey))).toEqual({
      ok: true,
      checkpoint: { origin: TEST_ORIGIN, treeSize: 0, rootHash: EMPTY_ROOT },
    })
  })

  test('a checkpoint signer returns the same note for the same size and root', () => {
    const signer = createCheckpointSigner({ origin: TEST_ORIGIN, privateKey: TEST_LOG_KEY })
    expect(signer.sign(7, EMPTY_ROOT)).toBe(signer.sign(7, EMPTY_ROOT))
  })

  const faults: [statement: string, origin: string, privateKey: string, message: RegExp][] = [
    ['nothing', TEST_ORIGIN, '', /is not `PRIVATE\+KEY/],
    ['a verifier key', TEST_ORIGIN, GO_VERIFIER_KEY, /is not `PRIVATE\+KEY/],
    ['half a key', TEST_ORIGIN, TEST_LOG_KEY.slice(0, -8), /not an Ed25519 note key/],
    ['a key of another type', TEST_ORIGIN, TEST_LOG_KEY.replace('+AQAB', '+BAAB'), /not an Ed25519 note key/],
    ['a key with another id', TEST_ORIGIN, TEST_LOG_KEY.replace('ff5a', 'ff5b'), /key id does not fit/],
    ['a changed key', TEST_ORIGIN, TEST_LOG_KEY.replace('AQABAg', 'AQABAw'), /key id does not fit/],
    ['the key of another origin', 'sluis.example/other', TEST_LOG_KEY, /key of another origin/],
  ]
  test.each(faults)('a checkpoint signer with %s is refused without showing it', (_, origin, privateKey, message) => {
    const create = () => createCheckpointSigner({ origin, privateKey })
    expect(create).toThrow(message)
    expect(create).not.toThrow(/AQAB|BAAB/)
  })

  test.each(['', 'with space', 'with+plus', 'with\nnewline'])(
    'a key is not made for an origin that no note can carry: %j',
    (origin) => {
      expect(() => generateLogKey(origin, randomBytes)).toThrow(RangeError)
    },
  )
})
