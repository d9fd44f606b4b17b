import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  formatNote,
  formatSignedNote,
  formatVerifierKey,
  type NoteSignature,
  parseNote,
  parseVerifierKey,
  type VerifierKey,
  verifierKeyOf,
  verifyNote,
} from '../../../src/audit/checkpoint/signed-note.ts'
import { formatUtf8, parseUtf8 } from '../../../src/encoding/bytes.ts'
import { hasVectors, readVector, vectorsNote } from '../vectors.ts'

interface Notes {
  'signed-note-example': { vkey: string; note: string }
  sumdb: { vkey: string; checkpoint: string }
}

describe.skipIf(!hasVectors)(`published notes${vectorsNote}`, () => {
  const notes = hasVectors ? readVector<Notes>('notes.json') : undefined
  const rows = notes
    ? [
        { name: 'the C2SP example', vkey: notes['signed-note-example'].vkey, note: notes['signed-note-example'].note },
        { name: 'a checkpoint of the Go checksum database', vkey: notes.sumdb.vkey, note: notes.sumdb.checkpoint },
      ]
    : []

  test.each(rows)('the published note $name verifies under its key', async ({ vkey, note }) => {
    const key = parseVerifierKey(vkey)
    expect(await verifyNote(note, [key])).toMatchObject({ ok: true, signatures: [{ key }] })
  })

  test.each(rows)('the published note $name comes back from its parts, and so does its key', ({ vkey, note }) => {
    expect(formatVerifierKey(parseVerifierKey(vkey))).toBe(vkey)
    const { text, signatures } = parseNote(note)
    expect(formatNote(text, signatures)).toBe(note)
  })

  test.each(rows)('the published note $name is refused when any one bit of it changes', async ({ vkey, note }) => {
    const key = parseVerifierKey(vkey)
    const bytes = formatUtf8(note)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Uint8Array.from(bytes)
      changed[Math.floor(bit / 8)]! ^= 1 << (bit % 8)
      expect(await isVerified(changed, key), `bit ${bit}`).toBe(false)
    }
  })

  test.each(rows)('the published note $name is refused when it is cut off anywhere', async ({ vkey, note }) => {
    const key = parseVerifierKey(vkey)
    const bytes = formatUtf8(note)
    for (let length = 0; length < bytes.length; length++) {
      expect(await isVerified(bytes.subarray(0, length), key), `first ${length} bytes`).toBe(false)
    }
  })

  test.each([
    { what: 'another name', mutate: (vkey: string) => vkey.replace('sum', 'som') },
    { what: 'another key id', mutate: (vkey: string) => vkey.replace('033de0ae', '033de0af') },
    { what: 'an upper-case key id', mutate: (vkey: string) => vkey.replace('033de0ae', '033DE0AE') },
    { what: 'another key', mutate: (vkey: string) => vkey.replace('ctda', 'ctdb') },
    { what: 'a key of another type', mutate: (vkey: string) => vkey.replace('Ac4z', 'BM4z') },
    { what: 'a key that is cut off', mutate: (vkey: string) => vkey.slice(0, -4) },
    { what: 'an empty name', mutate: (vkey: string) => vkey.replace('sum.golang.org', '') },
    { what: 'a name with a space', mutate: (vkey: string) => vkey.replace('sum.', 'sum ') },
    { what: 'a newline at the end', mutate: (vkey: string) => `${vkey}\n` },
    { what: 'no key', mutate: (vkey: string) => vkey.split('+').slice(0, 2).join('+') },
  ])('a verifier key with $what is refused', ({ mutate }) => {
    expect(() => parseVerifierKey(mutate(notes!.sumdb.vkey))).toThrow(SyntaxError)
  })
})

async function isVerified(bytes: Uint8Array, key: VerifierKey): Promise<boolean> {
  try {
    return (await verifyNote(parseUtf8(bytes), [key])).ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function newKey(name: string): { key: VerifierKey; sign: (text: string) => NoteSignature } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = verifierKeyOf(name, Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')))
  return { key, sign: (text) => ({ ...key, signature: sign(null, formatUtf8(text), privateKey) }) }
}

describe('note', () => {
  const log = newKey('log.example/2026')
  const witness = newKey('witness.example')
  const stranger = newKey('stranger.example')
  const text = 'one\n\ntwo — three\n'
  const broken = (signature: NoteSignature): NoteSignature => ({
    ...signature,
    signature: signature.signature.map((byte, index) => (index === 0 ? byte ^ 1 : byte)),
  })

  const rows: { what: string; signatures: NoteSignature[]; verifies: boolean; by?: VerifierKey[] }[] = [
    { what: 'one known signature', signatures: [log.sign(text)], verifies: true, by: [log.key] },
    {
      what: 'two known ones',
      signatures: [log.sign(text), witness.sign(text)],
      verifies: true,
      by: [log.key, witness.key],
    },
    { what: 'the same one twice', signatures: [log.sign(text), log.sign(text)], verifies: true, by: [log.key] },
    {
      what: 'a known and an unknown one',
      signatures: [stranger.sign(text), log.sign(text)],
      verifies: true,
      by: [log.key],
    },
    {
      what: 'a known and a failing unknown one',
      signatures: [broken(stranger.sign(text)), log.sign(text)],
      verifies: true,
      by: [log.key],
    },
    {
      what: 'a known one among 16',
      signatures: [...Array(15).fill(stranger.sign(text)), log.sign(text)],
      verifies: true,
      by: [log.key],
    },
    {
      what: 'a known and a failing known one',
      signatures: [log.sign(text), broken(witness.sign(text))],
      verifies: false,
    },
    { what: 'a failing known one', signatures: [broken(log.sign(text))], verifies: false },
    { what: 'only an unknown one', signatures: [stranger.sign(text)], verifies: false },
    {
      what: 'a known name with the id of another key',
      signatures: [{ ...stranger.sign(text), name: log.key.name }],
      verifies: false,
    },
    { what: 'a signature over another text', signatures: [log.sign('one\n')], verifies: false },
    {
      what: 'a signature that is too short',
      signatures: [{ ...log.key, signature: new Uint8Array(63) }],
      verifies: false,
    },
  ]

  test.each(rows)('a note with $what: verifies is $verifies', async ({ signatures, verifies, by }) => {
    const verification = await verifyNote(formatNote(text, signatures), [log.key, witness.key])
    expect(verification.ok).toBe(verifies)
    if (verification.ok) expect(verification.signatures.map(({ key }) => key)).toEqual(by)
  })

  test('a note splits at the last empty line, so that its text may look like a note', async () => {
    const inner = formatSignedNote('inner\n', stranger.key, stranger.sign('inner\n').signature)
    expect(await verifyNote(formatSignedNote(inner, log.key, log.sign(inner).signature), [log.key])).toMatchObject({
      text: inner,
    })
  })

  const good = formatNote(text, [log.sign(text)])
  test.each([
    { what: 'no signature lines', note: 'one\n\n' },
    { what: 'no empty line', note: good.replaceAll('\n\n', '\n') },
    { what: 'no newline at the end', note: good.slice(0, -1) },
    { what: 'an empty line at the end', note: `${good}\n` },
    { what: 'a hyphen for a dash', note: good.replace('\n— ', '\n- ') },
    { what: 'two spaces in a signature line', note: good.replace(`— ${log.key.name} `, `— ${log.key.name}  `) },
    { what: 'something after a signature', note: `${good.slice(0, -1)} x\n` },
    { what: 'a carriage return', note: good.replaceAll('\n', '\r\n') },
    { what: 'a NUL in the text', note: good.replace('one', 'o\u0000e') },
    { what: 'a lone surrogate in the text', note: good.replace('one', 'o\ud800e') },
    { what: 'more signatures than anybody needs', note: formatNote(text, Array(101).fill(log.sign(text))) },
  ])('a text with $what is no note', async ({ note }) => {
    expect(() => parseNote(note)).toThrow(SyntaxError)
    expect(await verifyNote(note, [log.key])).toMatchObject({ ok: false })
  })
})
