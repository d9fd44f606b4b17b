import type { Receipt } from '../../ports/stored.ts'
import { formatTlogProof, parseTlogProof } from './receipt.ts'

/**
 * A self-contained receipt: all that an outsider needs besides the log's verifier key. One receipt has exactly one form, so no two
 * programs can read one file differently.
 */

const VERSION = 1

export interface ReceiptFile extends Receipt {
  /** The verifier key that the file names. It can be forged with the file: compare it with a trusted one. */
  readonly verifierKey: string
}

/** The text of a receipt file: one line of JSON, members in a fixed order. */
export const formatReceiptFile = ({ verifierKey, leafIndex, record, proof }: ReceiptFile): string =>
  `${JSON.stringify({ sluisReceipt: VERSION, verifierKey, leafIndex, record, proof })}\n`

/**
 * Reads a receipt file. Verifies nothing.
 *
 * @throws SyntaxError that names the position, unless it is byte for byte what {@link formatReceiptFile} writes (except for a
 *   missing last newline), with a proof in canonical form and without unsigned bytes
 */
export function parseReceiptFile(text: string): ReceiptFile {
  const file = readMembers(text)
  const written = formatReceiptFile(file)
  if (text !== written && `${text}\n` !== written) {
    let at = 0
    while (text[at] === written[at]) at++
    throw new SyntaxError(
      `receipt file: has another spelling than Sluis writes, from character ${at + 1} on; save the receipt again and leave it as it is`,
    )
  }
  checkProof(file.proof)
  return file
}

function readMembers(text: string): ReceiptFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new SyntaxError('receipt file: is not JSON; save the receipt again and leave it as it is')
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value) || !('sluisReceipt' in value)) {
    throw new SyntaxError('receipt file: has no `sluisReceipt`; give a file that `sluis receipt save` wrote')
  }
  const { sluisReceipt, verifierKey, leafIndex, record, proof } = value as Readonly<Record<string, unknown>>
  if (sluisReceipt !== VERSION) {
    throw new SyntaxError(`/sluisReceipt: is not ${VERSION}; read this receipt with the version of Sluis that wrote it`)
  }
  if (typeof verifierKey !== 'string') throw new SyntaxError('/verifierKey: is not text; save the receipt again')
  if (typeof leafIndex !== 'number' || !Number.isSafeInteger(leafIndex) || leafIndex < 0) {
    throw new SyntaxError('/leafIndex: is not a whole number from 0; save the receipt again')
  }
  if (typeof record !== 'string') throw new SyntaxError('/record: is not text; save the receipt again')
  if (typeof proof !== 'string') throw new SyntaxError('/proof: is not text; save the receipt again')
  return { verifierKey, leafIndex, record, proof }
}

function checkProof(text: string): void {
  const proof = located('/proof', () => parseTlogProof(text))
  // No signature covers it, and Sluis never writes it.
  if (proof.extra !== undefined) {
    throw new SyntaxError('/proof: has `extra` bytes that no signature covers; save the receipt again')
  }
  if (formatTlogProof(proof) !== text) {
    throw new SyntaxError('/proof: has another spelling than a log writes; save the receipt again')
  }
}

/** Prefixes the position to the error of a reader. */
function located<Value>(place: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof SyntaxError) throw new SyntaxError(`${place}: ${error.message}`, { cause: error })
    throw error
  }
}
