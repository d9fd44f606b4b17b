import type { Receipt } from '../../ports/stored.ts'
import { parseCheckpointBody } from '../checkpoint/checkpoint.ts'
import type { WitnessCosignature } from '../checkpoint/cosigned-checkpoint.ts'
import { parseNote, parseVerifierKey, type VerifierKey } from '../checkpoint/signed-note.ts'
import type { WitnessPolicy } from '../checkpoint/witness-policy.ts'
import { parseTlogProof, verifyReceipt } from '../receipt/receipt.ts'
import { parseRecord } from '../record/parse.ts'
import type { AuditRecord } from '../record/record.ts'
import type { Hash } from '../tree/tree.ts'

/** A receipt verified under one of several logs, or origins of one log. */
export type ReceiptCheck =
  | {
      readonly ok: true
      /** The given key that the proof verifies under. */
      readonly verifierKey: string
      readonly origin: string
      readonly treeSize: number
      readonly rootHash: Hash
      /** Names on signature lines by other keys, such as those of witnesses. Not verified. */
      readonly uncheckedSignatures: readonly string[]
      /** The witnesses that cosigned; only when a witness policy was given. */
      readonly cosignatures?: readonly WitnessCosignature[]
      readonly record: AuditRecord
    }
  | {
      readonly ok: false
      readonly reason: string
      /** Member of the receipt that is wrong (JSON Pointer), when known. */
      readonly place?: '/record' | '/proof' | '/leafIndex' | '/verifierKey'
    }

/**
 * Verifies that the record of the receipt is in a log of one of these keys, and parses the record. A log that continued under a new
 * origin has a key for each; the receipt itself never determines which keys count.
 *
 * @param policy when given, a quorum of its witnesses must have cosigned the checkpoint too
 */
export async function checkReceipt(
  receipt: Receipt,
  verifierKeys: readonly string[],
  policy?: WitnessPolicy,
): Promise<ReceiptCheck> {
  let keys: readonly { readonly line: string; readonly key: VerifierKey }[]
  try {
    keys = verifierKeys.map((line) => ({ line, key: parseVerifierKey(line) }))
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: error.message }
    throw error
  }
  try {
    const proof = parseTlogProof(receipt.proof)
    if (proof.leafIndex !== receipt.leafIndex) {
      return { ok: false, place: '/leafIndex', reason: 'the proof is for another index; save the receipt again' }
    }
    const note = parseNote(proof.checkpoint)
    const { origin, treeSize, rootHash } = parseCheckpointBody(note.text)
    const ofOrigin = keys.filter(({ key }) => key.name === origin)
    if (ofOrigin.length === 0) return otherOrigin(origin, keys)
    const signers = ofOrigin.filter(({ key }) =>
      note.signatures.some(({ name, keyId }) => name === key.name && keyId === key.keyId),
    )
    if (signers.length === 0) {
      const reason = `no signature is by the key that you gave for \`${origin}\`; check that key, and inform the operator`
      return { ok: false, place: '/proof', reason }
    }
    let cosignatures: readonly WitnessCosignature[] | undefined
    for (const { line } of signers) {
      const verification = await verifyReceipt(receipt, line, policy)
      if (!verification.ok) return { ok: false, place: '/proof', reason: verification.reason }
      cosignatures = verification.cosignatures
    }
    const checkedKeys = [...keys, ...(policy?.witnesses ?? [])]
    const uncheckedSignatures = note.signatures
      .filter(({ name, keyId }) => !checkedKeys.some(({ key }) => key.name === name && key.keyId === keyId))
      .map(({ name }) => name)
    const record = readRecord(receipt.record)
    if (record === undefined) {
      const reason = 'is in the log, and this version cannot read it; read it with a newer one'
      return { ok: false, place: '/record', reason }
    }
    return {
      ok: true,
      verifierKey: signers[0]!.line,
      origin,
      treeSize,
      rootHash,
      uncheckedSignatures,
      ...(cosignatures && { cosignatures }),
      record,
    }
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, place: '/proof', reason: error.message }
    throw error
  }
}

function otherOrigin(origin: string, keys: readonly { readonly key: { readonly name: string } }[]): ReceiptCheck {
  const known = [...new Set(keys.map(({ key }) => `\`${key.name}\``))].join(', ')
  const reason =
    keys.length === 0
      ? 'no key was given to check it with; give the verifier key of the log'
      : `is of the log \`${origin}\`, and the key that you gave is of ${known}; get the key of that log from its operator`
  return { ok: false, place: '/proof', reason }
}

function readRecord(text: string): AuditRecord | undefined {
  try {
    return parseRecord(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
