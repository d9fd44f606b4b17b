import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  formatCosignature,
  formatCosignedMessage,
  parseCosignature,
} from '../../../src/audit/checkpoint/cosignature.ts'
import {
  formatNote,
  formatVerifierKey,
  parseVerifierKey,
  verifierKeyOf,
  verifyNote,
} from '../../../src/audit/checkpoint/signed-note.ts'
import { formatHex, formatUtf8 } from '../../../src/encoding/bytes.ts'
import { createCosigner } from '../../../src/storage/log/cosigner.ts'

const TEXT = 'log.example/2026\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'
const TIME = 1_764_360_000

// The witness of this test writes its bytes by hand, so that nothing here is checked against itself.
const pair = generateKeyPairSync('ed25519')
const publicKey = Uint8Array.from(Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url'))
const key = verifierKeyOf('witness.example/w1', publicKey, 'cosignature/v1')
const signText = (text: string) => sign(null, Buffer.from(text), pair.privateKey)
function cosign(time: number, text = TEXT, saidTime = time): Uint8Array {
  const bytes = Buffer.alloc(72)
  bytes.writeBigUInt64BE(BigInt(saidTime))
  signText(`cosignature/v1\ntime ${time}\n${text}`).copy(bytes, 8)
  return Uint8Array.from(bytes)
}
const note = (...signatures: Uint8Array[]) =>
  formatNote(
    TEXT,
    signatures.map((signature) => ({ ...key, signature })),
  )

describe('cosignature', () => {
  test('a cosignature verifies under the key of the witness, and carries the time it was made', async () => {
    const signature = cosign(TIME)
    expect(await verifyNote(note(signature), [key])).toEqual({
      ok: true,
      text: TEXT,
      signatures: [{ key, signature, time: TIME }],
    })
  })

  test('a cosignature is read and written', () => {
    const bytes = cosign(TIME)
    expect(parseCosignature(bytes)).toEqual({ time: TIME, signature: bytes.slice(8) })
    expect(formatCosignature(parseCosignature(bytes))).toEqual(bytes)
    expect(formatHex(formatCosignature({ time: 2 ** 53 - 1, signature: new Uint8Array(64) }).subarray(0, 8))).toBe(
      '001fffffffffffff',
    )
  })

  const flipped = (bit: number) =>
    cosign(TIME).map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
  test('a cosignature is refused when any one bit of it changes', async () => {
    for (let bit = 0; bit < 72 * 8; bit++)
      expect((await verifyNote(note(flipped(bit)), [key])).ok, `bit ${bit}`).toBe(false)
  })

  test.each([
    { what: 'another text', signature: cosign(TIME, TEXT.replace('\n7\n', '\n8\n')) },
    { what: 'another time than it says', signature: cosign(TIME, TEXT, TIME + 1) },
    { what: 'the text without a heading', signature: Uint8Array.from([...new Uint8Array(8), ...signText(TEXT)]) },
    { what: 'the text as a log signs it', signature: Uint8Array.from(signText(TEXT)) },
    { what: 'a byte less', signature: cosign(TIME).slice(0, 71) },
    { what: 'a byte more', signature: Uint8Array.from([...cosign(TIME), 0]) },
    { what: 'a time above 2^53 - 1', signature: cosign(TIME).map((byte, index) => (index < 8 ? 255 : byte)) },
  ])('a cosignature over $what rejects the note, also beside one that verifies', async ({ signature }) => {
    expect(await verifyNote(note(signature), [key])).toMatchObject({ ok: false })
    expect(await verifyNote(note(cosign(TIME), signature), [key])).toMatchObject({ ok: false })
  })

  test('cosignatures of one witness count once, with the latest time', async () => {
    const verification = await verifyNote(note(cosign(TIME), cosign(TIME + 60), cosign(TIME + 30)), [key])
    expect(verification).toMatchObject({ ok: true, signatures: [{ time: TIME + 60 }] })
    expect(verification.ok && verification.signatures).toHaveLength(1)
  })

  test('a cosignature does not pass for the signature of a log with the same name and public key', async () => {
    const logKey = verifierKeyOf(key.name, publicKey)
    expect(logKey.keyId).not.toBe(key.keyId)
    expect(await verifyNote(note(cosign(TIME)), [logKey])).toMatchObject({ ok: false })
    expect(
      await verifyNote(formatNote(TEXT, [{ ...logKey, signature: Uint8Array.from(signText(TEXT)) }]), [key]),
    ).toMatchObject({
      ok: false,
    })
  })
})

describe('cosigner', () => {
  // Made outside this project from C2SP tlog-cosignature, in Python on OpenSSL. Seed 00 01 … 1f.
  const GOLDEN_TEXT = 'sluis.example/log\n300\n03bJr+gHoYkxSeqtXyVbcDzLltvdGZ5lX6uzQ2YoGnw=\n'
  const GOLDEN_KEY = 'witness.example/golden+bbd1eb64+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4'
  const GOLDEN_LINE =
    '— witness.example/golden u9HrZAAAAABpKf9AQgdixrLcAFGEodPl7WpctwiUtAWvwOtZiQd1XHFKJDv04fGghCO02mHgNu61kyLyo9shYZQwCb3xJawD78rwBg==\n'
  const privateKey = 'PRIVATE+KEY+witness.example/golden+bbd1eb64+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'

  test('a cosigner with a fixed key, time and text gives the bytes that another implementation gives', () => {
    const cosigner = createCosigner(privateKey)
    expect(cosigner.verifierKey).toBe(GOLDEN_KEY)
    expect(cosigner.cosign(1_764_360_000, GOLDEN_TEXT)).toBe(GOLDEN_LINE)
  })

  test('a cosigner verifies what another implementation gives', async () => {
    const key = parseVerifierKey(GOLDEN_KEY, 'cosignature/v1')
    expect(await verifyNote(`${GOLDEN_TEXT}\n${GOLDEN_LINE}`, [key])).toMatchObject({
      ok: true,
      signatures: [{ time: 1_764_360_000 }],
    })
  })

  test.each([
    { what: 'of a log', line: privateKey.replace('+BAAB', '+AQAB') },
    { what: 'with the id of another', line: privateKey.replace('bbd1eb64', 'bbd1eb65') },
    { what: 'that is cut off', line: privateKey.slice(0, -8) },
    { what: 'that is none', line: GOLDEN_KEY },
  ])('a private key $what is refused without being shown', ({ line }) => {
    expect(() => createCosigner(line)).toThrow(/^witness key: /)
    expect(() => createCosigner(line)).not.toThrow(/AQAB|BAAB/)
  })
})

describe('verifier key of a witness', () => {
  const line = formatVerifierKey(key)

  test('the verifier key of a witness is read and written with its type', () => {
    expect(parseVerifierKey(line, 'cosignature/v1')).toEqual(key)
    expect(line).toMatch(/^witness\.example\/w1\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{43}$/)
  })

  test.each([
    { what: 'where the key of a log is asked for', parse: () => parseVerifierKey(line) },
    {
      what: 'when it is the key of a log',
      parse: () => parseVerifierKey(formatVerifierKey(verifierKeyOf(key.name, publicKey)), 'cosignature/v1'),
    },
    {
      what: 'with the id of another type',
      parse: () =>
        parseVerifierKey(line.replace(key.keyId, verifierKeyOf(key.name, publicKey).keyId), 'cosignature/v1'),
    },
    { what: 'with another name', parse: () => parseVerifierKey(line.replace('w1', 'w2'), 'cosignature/v1') },
    { what: 'that is cut off', parse: () => parseVerifierKey(line.slice(0, -4), 'cosignature/v1') },
  ])('the verifier key of a witness is refused $what', ({ parse }) => {
    expect(parse).toThrow(SyntaxError)
  })
})

test('the message of a cosignature is the heading, the time and the text', () => {
  expect(formatCosignedMessage(1679315147, TEXT)).toEqual(formatUtf8(`cosignature/v1\ntime 1679315147\n${TEXT}`))
})
