import { describe, expect, test } from 'vitest'
import { parseVerifierKey, verifyNote } from '../../../src/audit/checkpoint/signed-note.ts'
import { formatTlogProof, verifyReceipt } from '../../../src/audit/receipt/receipt.ts'
import {
  consistencyPath,
  inclusionPath,
  nodesOfTiles,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/audit/tree/proofs.ts'
import { appendLeaves, EMPTY_FRONTIER, type Hash, leafHash } from '../../../src/audit/tree/tree.ts'
import { formatUtf8, parseBase64, parseHex, parseUtf8 } from '../../../src/encoding/bytes.ts'
import { hashReader, newSigner } from '../memory-log.ts'
import { hasVectors, readVector, readVectors, vectorsNote } from '../vectors.ts'
import { flipBit, referenceNode, referenceRoot } from './served-log.ts'

/** Everything that holds is mutated in every small way there is, and must not hold any more. */

type InclusionClaim = Parameters<typeof verifyInclusion>[0]
type ConsistencyClaim = Parameters<typeof verifyConsistency>[0]

interface Mutation<Claim> {
  readonly what: string
  readonly claim: Claim
  /**
   * A proof says which way the path turns, not how large the tree is: another size can have the same turns. Then the checkpoint
   * tells, where size and root are signed together, and here only the definition says what must come out.
   */
  readonly isOfSize?: true
}

const STRANGE_NUMBERS = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2 ** 64]

/** Every hash with every bit flipped, and with a byte less or more. */
function* mutateHash(name: string, hash: Hash): Generator<{ what: string; hash: Hash }> {
  for (let bit = 0; bit < hash.length * 8; bit++) yield { what: `bit ${bit} of ${name}`, hash: flipBit(hash, bit) }
  yield { what: `${name} without its last byte`, hash: hash.slice(0, -1) }
  yield { what: `${name} without its first byte`, hash: hash.slice(1) }
  yield { what: `${name} with a byte after it`, hash: Uint8Array.from([...hash, 0]) }
  yield { what: `${name} with a byte before it`, hash: Uint8Array.from([0, ...hash]) }
  yield { what: `${name} twice`, hash: Uint8Array.from([...hash, ...hash]) }
  yield { what: `an empty ${name}`, hash: new Uint8Array() }
}

/** A proof with every element mutated, dropped, doubled, swapped with another, and with a strange one at every place. */
function* mutateProof(proof: readonly Hash[], strangers: readonly Hash[]): Generator<{ what: string; proof: Hash[] }> {
  for (const [at, element] of proof.entries()) {
    for (const { what, hash } of mutateHash(`element ${at}`, element)) yield { what, proof: proof.with(at, hash) }
    yield { what: `element ${at} dropped`, proof: proof.toSpliced(at, 1) }
    yield { what: `element ${at} doubled`, proof: proof.toSpliced(at, 0, element) }
    yield { what: `everything from element ${at} cut off`, proof: proof.slice(0, at) }
    for (let other = at + 1; other < proof.length; other++) {
      yield { what: `elements ${at} and ${other} swapped`, proof: proof.with(at, proof[other]!).with(other, element) }
    }
  }
  for (let at = 0; at <= proof.length; at++) {
    for (const [which, stranger] of strangers.entries()) {
      yield { what: `stranger ${which} put in at ${at}`, proof: proof.toSpliced(at, 0, stranger) }
    }
  }
  if (proof.length > 1) yield { what: 'elements in reverse', proof: proof.toReversed() }
}

const strangersOf = (...own: readonly Hash[]): Hash[] => [...own, new Uint8Array(32), new Uint8Array()]

function* mutateInclusion(claim: InclusionClaim): Generator<Mutation<InclusionClaim>> {
  const { leafIndex, treeSize, proof } = claim
  for (const name of ['leafHash', 'rootHash'] as const) {
    for (const { what, hash } of mutateHash(name, claim[name])) yield { what, claim: { ...claim, [name]: hash } }
  }
  for (const mutated of mutateProof(proof, strangersOf(claim.leafHash, claim.rootHash)))
    yield { what: mutated.what, claim: { ...claim, proof: mutated.proof } }
  for (const index of [leafIndex - 1, leafIndex + 1, treeSize, ...STRANGE_NUMBERS])
    yield { what: `index ${index}`, claim: { ...claim, leafIndex: index } }
  for (const size of [treeSize - 1, treeSize + 1, 0])
    yield { what: `size ${size}`, claim: { ...claim, treeSize: size }, isOfSize: true }
  for (const size of STRANGE_NUMBERS) yield { what: `size ${size}`, claim: { ...claim, treeSize: size } }
}

function* mutateConsistency(claim: ConsistencyClaim): Generator<Mutation<ConsistencyClaim>> {
  const { size1, size2, root1, root2, proof } = claim
  for (const name of ['root1', 'root2'] as const) {
    for (const { what, hash } of mutateHash(name, claim[name])) yield { what, claim: { ...claim, [name]: hash } }
  }
  for (const mutated of mutateProof(proof, strangersOf(root1, root2)))
    yield { what: mutated.what, claim: { ...claim, proof: mutated.proof } }
  for (const name of ['size1', 'size2'] as const) {
    for (const size of [claim[name] - 1, claim[name] + 1, 0])
      yield { what: `${name} ${size}`, claim: { ...claim, [name]: size }, isOfSize: true }
    for (const size of STRANGE_NUMBERS) yield { what: `${name} ${size}`, claim: { ...claim, [name]: size } }
  }
  if (size1 === size2) return
  yield { what: 'sizes swapped', claim: { ...claim, size1: size2, size2: size1 } }
  yield { what: 'roots swapped', claim: { ...claim, root1: root2, root2: root1 } }
}

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.from(one).equals(other)

/** RFC 6962 §2.1.1 read backwards, from the root down, as it is written there. */
function isIncludedByDefinition({ leafIndex, treeSize, leafHash, rootHash, proof }: InclusionClaim): boolean {
  const rootOf = (m: number, n: number, path: readonly Hash[]): Hash | undefined => {
    if (n <= 1) return n === 1 && m === 0 && path.length === 0 ? leafHash : undefined
    const sibling = path.at(-1)
    const k = splitOf(n)
    const below = m < k ? rootOf(m, k, path.slice(0, -1)) : rootOf(m - k, n - k, path.slice(0, -1))
    if (sibling === undefined || below === undefined) return undefined
    return m < k ? referenceNode(below, sibling) : referenceNode(sibling, below)
  }
  const root = leafIndex < treeSize ? rootOf(leafIndex, treeSize, proof) : undefined
  return root !== undefined && isSame(root, rootHash)
}

/** RFC 6962 §2.1.2 read backwards (SUBPROOF), from the roots down. */
function isConsistentByDefinition({ size1, size2, root1, root2, proof }: ConsistencyClaim): boolean {
  const rootsOf = (m: number, n: number, isWhole: boolean, path: readonly Hash[]): [Hash, Hash] | undefined => {
    if (m === n) {
      if (isWhole) return path.length === 0 ? [root1, root1] : undefined
      return path.length === 1 ? [path[0]!, path[0]!] : undefined
    }
    const last = path.at(-1)
    const k = splitOf(n)
    const below = m <= k ? rootsOf(m, k, isWhole, path.slice(0, -1)) : rootsOf(m - k, n - k, false, path.slice(0, -1))
    if (last === undefined || below === undefined) return undefined
    return m <= k
      ? [below[0], referenceNode(below[1], last)]
      : [referenceNode(last, below[0]), referenceNode(last, below[1])]
  }
  const roots = size1 > 0 && size1 <= size2 ? rootsOf(size1, size2, true, proof) : undefined
  return roots !== undefined && isSame(roots[0], root1) && isSame(roots[1], root2)
}

function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** How many mutations were refused; fails with the name of the first that was not. */
function expectRefused<Claim>(
  mutations: Iterable<Mutation<Claim>>,
  verify: (claim: Claim) => boolean,
  holdsByDefinition: (claim: Claim) => boolean,
): number {
  let refused = 0
  for (const { what, claim, isOfSize } of mutations) {
    expect(verify(claim), what).toBe(isOfSize ? holdsByDefinition(claim) : false)
    refused++
  }
  return refused
}

const hashesOf = (proof: readonly string[] | null) => (proof ?? []).map(parseBase64)

describe.skipIf(!hasVectors)(`every mutation of a published proof${vectorsNote}`, () => {
  type InclusionVector = { leafIdx: number; treeSize: number; root: string; leafHash: string; proof: string[] | null }
  type ConsistencyVector = { size1: number; size2: number; root1: string; root2: string; proof: string[] | null }
  const valid = <Vector>(path: string) =>
    hasVectors ? readVectors<Vector & { wantErr: boolean }>(path).filter(({ vector }) => !vector.wantErr) : []

  test.each(valid<InclusionVector>('merkle/inclusion'))(
    'every mutation of a published proof of inclusion in $name is refused',
    ({ vector }) => {
      const claim: InclusionClaim = {
        leafIndex: vector.leafIdx,
        treeSize: vector.treeSize,
        leafHash: parseBase64(vector.leafHash),
        rootHash: parseBase64(vector.root),
        proof: hashesOf(vector.proof),
      }
      expect(verifyInclusion(claim) && isIncludedByDefinition(claim)).toBe(true)
      const refused = expectRefused(mutateInclusion(claim), verifyInclusion, isIncludedByDefinition)
      expect(refused).toBeGreaterThan(256 * (2 + claim.proof.length))
    },
  )

  test.each(valid<ConsistencyVector>('merkle/consistency'))(
    'every mutation of a published proof of consistency in $name is refused',
    ({ vector }) => {
      const { size1, size2, root1, root2, proof } = vector
      const claim = { size1, size2, root1: parseBase64(root1), root2: parseBase64(root2), proof: hashesOf(proof) }
      expect(verifyConsistency(claim) && isConsistentByDefinition(claim)).toBe(true)
      const refused = expectRefused(mutateConsistency(claim), verifyConsistency, isConsistentByDefinition)
      expect(refused).toBeGreaterThan(256 * claim.proof.length)
    },
  )

  test('there are as many published proofs as expected', () => {
    expect(valid('merkle/inclusion')).toHaveLength(6)
    expect(valid('merkle/consistency')).toHaveLength(6)
  })
})

describe.skipIf(!hasVectors)(`every published root${vectorsNote}`, () => {
  const { leafInputsHex, rootsHexBySize } = hasVectors
    ? readVector<{ leafInputsHex: string[]; rootsHexBySize: string[] }>('merkle/roots.json')
    : { leafInputsHex: [], rootsHexBySize: [] }
  const inputs = leafInputsHex.map(parseHex)
  const leaves = inputs.map(leafHash)
  const roots = rootsHexBySize.map(parseHex)
  const sizes = roots.map((_, size) => size).filter((size) => size > 0)
  const readNodes = nodesOfTiles(hashReader(leaves))

  test.each(sizes)('every published root of size %i is that of its leaves and of no others', (size) => {
    const own = leaves.slice(0, size)
    expect(referenceRoot(own)).toEqual(roots[size])
    const others = [
      ...own.flatMap((leaf, at) => [own.toSpliced(at, 1), own.toSpliced(at, 0, leaf)]),
      ...own.flatMap((leaf, at) => own.slice(at + 1).map((other, gap) => own.with(at, other).with(at + 1 + gap, leaf))),
      ...inputs
        .slice(0, size)
        .flatMap((input, at) =>
          Array.from({ length: input.length * 8 }, (_, bit) => own.with(at, leafHash(flipBit(input, bit)))),
        ),
    ]
    for (const other of others) expect(referenceRoot(other)).not.toEqual(roots[size])
  })

  test.each(sizes)(
    'every mutation of every proof that leads to a published root of size %i is refused',
    async (size) => {
      for (let leafIndex = 0; leafIndex < size; leafIndex++) {
        const proof = await inclusionPath(leafIndex, size, readNodes)
        const claim = { leafIndex, treeSize: size, leafHash: leaves[leafIndex]!, rootHash: roots[size]!, proof }
        expect(verifyInclusion(claim)).toBe(true)
        expectRefused(mutateInclusion(claim), verifyInclusion, isIncludedByDefinition)
      }
      for (let size1 = 1; size1 <= size; size1++) {
        const proof = await consistencyPath(size1, size, readNodes)
        const claim = { size1, size2: size, root1: roots[size1]!, root2: roots[size]!, proof }
        expect(verifyConsistency(claim)).toBe(true)
        expectRefused(mutateConsistency(claim), verifyConsistency, isConsistentByDefinition)
      }
    },
  )
})

describe.skipIf(!hasVectors)(`every mutation of a published note${vectorsNote}`, () => {
  type Notes = Record<'signed-note-example' | 'sumdb', { vkey: string; note?: string; checkpoint?: string }>
  const rows = hasVectors
    ? Object.entries(readVector<Notes>('notes.json')).map(([name, { vkey, note, checkpoint }]) => ({
        name,
        vkey,
        note: (note ?? checkpoint)!,
      }))
    : []

  // What a flipped bit and a cut do to the note itself is in note.test.ts.
  test.each(rows)(
    'every mutation of the published note $name, line by line and at its end, is refused',
    async ({ vkey, note }) => {
      const key = parseVerifierKey(vkey)
      const lines = note.split('\n')
      const signed = note.indexOf('\n\n')
      const mutated: { what: string; text: string }[] = []
      for (const [at, line] of lines.entries()) {
        mutated.push({ what: `line ${at} dropped`, text: lines.toSpliced(at, 1).join('\n') })
        for (let other = at + 1; other < lines.length; other++) {
          const swapped = lines.with(at, lines[other]!).with(other, line).join('\n')
          if (swapped !== note) mutated.push({ what: `lines ${at} and ${other} swapped`, text: swapped })
        }
        // The same signature twice still is a signature by the key.
        if (!line.startsWith('—'))
          mutated.push({ what: `line ${at} doubled`, text: lines.toSpliced(at, 0, line).join('\n') })
      }
      for (let code = 0; code < 256; code++) {
        const strange = String.fromCharCode(code)
        mutated.push({ what: `character ${code} at the end`, text: note + strange })
        mutated.push({ what: `character ${code} at the start`, text: strange + note })
        mutated.push({
          what: `character ${code} after the text`,
          text: note.slice(0, signed) + strange + note.slice(signed),
        })
      }
      for (const { what, text } of mutated) expect(await verifyNote(text, [key]), what).toMatchObject({ ok: false })
    },
  )

  test.each(rows)('every mutation of the key of $name is refused', ({ vkey }) => {
    const bytes = formatUtf8(vkey)
    const parse = (mutated: Uint8Array) => () => parseVerifierKey(Buffer.from(mutated).toString())
    for (let bit = 0; bit < bytes.length * 8; bit++)
      expect(parse(flipBit(bytes, bit)), `bit ${bit}`).toThrow(SyntaxError)
    for (let length = 0; length < bytes.length; length++) {
      expect(parse(bytes.subarray(0, length)), `first ${length} bytes`).toThrow(SyntaxError)
      expect(parse(bytes.subarray(bytes.length - length)), `last ${length} bytes`).toThrow(SyntaxError)
    }
    for (let code = 0; code < 256; code++) {
      expect(() => parseVerifierKey(vkey + String.fromCharCode(code)), `character ${code} at the end`).toThrow(
        SyntaxError,
      )
      expect(() => parseVerifierKey(String.fromCharCode(code) + vkey), `character ${code} at the start`).toThrow(
        SyntaxError,
      )
    }
  })
})

describe('every mutation of a receipt', () => {
  const signer = newSigner('log.example/2026')
  const records = Array.from({ length: 7 }, (_, index) => `{"record":${index}}`)
  const leaves = records.map((record) => leafHash(formatUtf8(record)))
  const hashes = appendLeaves(EMPTY_FRONTIER, leaves).proofs[4]!
  const checkpoint = signer.sign(leaves.length, referenceRoot(leaves))
  const receipt = { leafIndex: 4, record: records[4]!, proof: formatTlogProof({ leafIndex: 4, hashes, checkpoint }) }
  const isVerified = async (mutated: typeof receipt) => (await verifyReceipt(mutated, signer.verifierKey)).ok

  const read = (bytes: Uint8Array): string | undefined => {
    try {
      return parseUtf8(bytes)
    } catch {
      return undefined
    }
  }

  test('a receipt is refused when any bit of its proof changes, or when it is cut off or continued anywhere', async () => {
    expect(await isVerified(receipt)).toBe(true)
    const bytes = formatUtf8(receipt.proof)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const proof = read(flipBit(bytes, bit))
      // What is no UTF-8 never becomes a text.
      if (proof !== undefined) expect(await isVerified({ ...receipt, proof }), `bit ${bit}`).toBe(false)
    }
    for (let length = 0; length < bytes.length; length++) {
      const proof = read(bytes.subarray(0, length))
      if (proof !== undefined) expect(await isVerified({ ...receipt, proof }), `first ${length} bytes`).toBe(false)
    }
    for (const strange of [' ', '\n', '\r\n', '\n\n', '\0', 'x', '='])
      expect(await isVerified({ ...receipt, proof: receipt.proof + strange })).toBe(false)
  })

  test('a receipt is refused when any bit of its record changes', async () => {
    const bytes = formatUtf8(receipt.record)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const record = read(flipBit(bytes, bit))
      if (record !== undefined) expect(await isVerified({ ...receipt, record }), `bit ${bit}`).toBe(false)
    }
  })

  test.each([-1, 0, 3, 5, 6, 7, 4.5, Number.NaN])('a receipt is refused for index %d', async (leafIndex) => {
    expect(await isVerified({ ...receipt, leafIndex })).toBe(false)
    const proof = receipt.proof.replace('\nindex 4\n', `\nindex ${leafIndex}\n`)
    expect(await isVerified({ ...receipt, leafIndex, proof })).toBe(false)
  })

  // Unlike a bare proof, a receipt cannot pass for one of a tree of another size.
  test.each([5, 6, 8, 9, 14])('a receipt is refused for size %i', async (size) => {
    expect(await isVerified({ ...receipt, proof: receipt.proof.replace('\n7\n', `\n${size}\n`) })).toBe(false)
  })
})
