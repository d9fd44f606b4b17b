import { describe, expect, test } from 'vitest'
import { verifyCosignedCheckpoint } from '../../../src/audit/checkpoint/cosigned-checkpoint.ts'
import { formatVerifierKey, parseVerifierKey, verifierKeyOf } from '../../../src/audit/checkpoint/signed-note.ts'
import type { PolicyLog, WitnessPolicy } from '../../../src/audit/checkpoint/witness-policy.ts'
import { formatTlogProof, verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import { inclusionPath, nodesOfTiles } from '../../../src/audit/tree/proofs.ts'
import { formatUtf8, parseUtf8 } from '../../../src/encoding/bytes.ts'
import { newCosigner, newTestLog } from '../../witness/test-log.ts'
import { newSigner } from '../memory-log.ts'

const ORIGIN = 'log.example/2026'
const TIME = 1_764_360_000
const signer = newSigner(ORIGIN)
const log = newTestLog(ORIGIN, signer)
const RECORDS = ['zero', 'one', 'two', 'three', 'four']
log.append(...RECORDS)
const checkpoint = log.checkpoint()
const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1)
const [one, two, stranger] = [
  newCosigner('witness.example/1'),
  newCosigner('witness.example/2'),
  newCosigner('other.example'),
]
const witnessKey = (cosigner: typeof one) => parseVerifierKey(cosigner.verifierKey, 'cosignature/v1')
const policyWith = (quorum: string, logs: readonly PolicyLog[] = []): WitnessPolicy => ({
  logs,
  witnesses: [
    { name: 'first', key: witnessKey(one) },
    { name: 'second', key: witnessKey(two) },
  ],
  groups: [{ name: 'both', threshold: 2, members: ['first', 'second'] }],
  quorum,
})
const cosigned = checkpoint + two.cosign(TIME + 5, text) + one.cosign(TIME, text)

describe('cosigned checkpoint', () => {
  test('a cosigned checkpoint names who cosigned it and when, in the order of the policy', async () => {
    expect(await verifyCosignedCheckpoint(cosigned, [log.key], policyWith('both'))).toEqual({
      ok: true,
      checkpoint: { origin: ORIGIN, treeSize: 5, rootHash: log.root(5) },
      cosignatures: [
        { witness: 'first', time: TIME },
        { witness: 'second', time: TIME + 5 },
      ],
    })
  })

  const listed: PolicyLog = { key: log.key }
  const other: PolicyLog = { key: parseVerifierKey(newSigner('other.example').verifierKey) }
  const rows: {
    what: string
    note?: string
    keys?: readonly (typeof log.key)[]
    policy: WitnessPolicy
    verifies: boolean
    reason?: RegExp
  }[] = [
    { what: 'a quorum of one', policy: policyWith('first'), verifies: true },
    { what: 'no quorum asked for', note: checkpoint, policy: policyWith('none'), verifies: true },
    {
      what: 'the log named by the policy alone',
      keys: [],
      policy: policyWith('both', [other, listed]),
      verifies: true,
    },
    { what: 'the log named by both', policy: policyWith('both', [listed]), verifies: true },
    {
      what: 'a cosignature of somebody unknown beside it',
      note: cosigned + stranger.cosign(TIME, text),
      policy: policyWith('both'),
      verifies: true,
    },
    {
      what: 'a failing cosignature of somebody unknown beside it',
      note: cosigned + stranger.cosign(TIME, 'other\n'),
      policy: policyWith('both'),
      verifies: true,
    },
    {
      what: 'no cosignature',
      note: checkpoint,
      policy: policyWith('both'),
      verifies: false,
      reason: /cosigned by 0 of 2/,
    },
    {
      what: 'one cosignature of two',
      note: checkpoint + one.cosign(TIME, text),
      policy: policyWith('both'),
      verifies: false,
      reason: /cosigned by 1 of 2/,
    },
    {
      what: 'one cosignature twice',
      note: checkpoint + one.cosign(TIME, text) + one.cosign(TIME + 1, text),
      policy: policyWith('both'),
      verifies: false,
      reason: /cosigned by 1 of 2/,
    },
    {
      what: 'the cosignature of a stranger',
      note: checkpoint + one.cosign(TIME, text) + stranger.cosign(TIME, text),
      policy: policyWith('both'),
      verifies: false,
    },
    {
      what: 'a cosignature of another text',
      note: checkpoint + one.cosign(TIME, text) + two.cosign(TIME, text.replace('\n5\n', '\n6\n')),
      policy: policyWith('first'),
      verifies: false,
      reason: /fails/,
    },
    {
      what: 'cosignatures without the signature of the log',
      note: `${text}\n${one.cosign(TIME, text)}${two.cosign(TIME, text)}`,
      policy: policyWith('both'),
      verifies: false,
      reason: /no log of that origin/,
    },
    { what: 'the key of another log', keys: [other.key], policy: policyWith('first'), verifies: false },
    {
      what: 'other logs in the policy',
      policy: policyWith('both', [other]),
      verifies: false,
      reason: /lists other logs/,
    },
    { what: 'no log anywhere', keys: [], policy: policyWith('both'), verifies: false, reason: /no log is given/ },
    {
      what: 'a log key of another origin',
      keys: [verifierKeyOf('log.example/2027', log.key.publicKey)],
      policy: policyWith('first'),
      verifies: false,
    },
    { what: 'nothing', note: '', policy: policyWith('none'), verifies: false },
  ]
  test.each(rows)(
    'a cosigned checkpoint with $what: verifies is $verifies',
    async ({ note = cosigned, keys = [log.key], policy, verifies, reason }) => {
      const verification = await verifyCosignedCheckpoint(note, keys, policy)
      expect(verification.ok).toBe(verifies)
      if (!verification.ok) expect(verification.reason).toMatch(reason ?? /./)
    },
  )

  test('a cosigned checkpoint is refused when any one bit of it changes', async () => {
    const bytes = formatUtf8(cosigned)
    const verify = async (changed: Uint8Array) => {
      try {
        return (await verifyCosignedCheckpoint(parseUtf8(changed), [log.key], policyWith('both'))).ok
      } catch (error) {
        if (error instanceof TypeError) return false
        throw error
      }
    }
    expect(await verify(bytes)).toBe(true)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Uint8Array.from(bytes)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(await verify(changed), `bit ${bit}`).toBe(false)
    }
  })
})

describe('receipt with witnesses', async () => {
  const hashes = await inclusionPath(3, 5, nodesOfTiles(log.reader))
  const receipt = (note: string) => ({
    leafIndex: 3,
    record: RECORDS[3]!,
    proof: formatTlogProof({ leafIndex: 3, hashes, checkpoint: note }),
  })
  const verifierKey = formatVerifierKey(log.key)

  test('a receipt verifies under a policy whose quorum cosigned its checkpoint, and names the witnesses', async () => {
    expect(await verifyReceipt(receipt(cosigned), verifierKey, policyWith('both'))).toEqual({
      ok: true,
      treeSize: 5,
      cosignatures: [
        { witness: 'first', time: TIME },
        { witness: 'second', time: TIME + 5 },
      ],
    })
  })

  test('a receipt that is verified without a policy names no witnesses', async () => {
    expect(await verifyReceipt(receipt(cosigned), verifierKey)).toEqual({ ok: true, treeSize: 5 })
  })

  test.each([
    { what: 'nobody cosigned', changed: receipt(checkpoint) },
    { what: 'one of two cosigned', changed: receipt(checkpoint + one.cosign(TIME, text)) },
    { what: 'the record is another', changed: { ...receipt(cosigned), record: 'two' } },
  ])('a receipt does not verify under a policy when $what', async ({ changed }) => {
    expect(await verifyReceipt(changed, verifierKey, policyWith('both'))).toMatchObject({ ok: false })
  })
})
