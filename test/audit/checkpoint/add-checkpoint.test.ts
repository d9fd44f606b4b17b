import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAddCheckpoint, parseAddCheckpoint } from '../../../src/audit/checkpoint/add-checkpoint.ts'
import { formatBase64 } from '../../../src/encoding/bytes.ts'

const CHECKPOINT = 'log.example\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— log.example AAAAAAA=\n'
const hash = (fill: number) => new Uint8Array(32).fill(fill)
const line = formatBase64(hash(1))
const body = `old 3\n${line}\n${formatBase64(hash(2))}\n\n${CHECKPOINT}`

describe('request to cosign', () => {
  test('a request to cosign is read and written', () => {
    const request = { oldSize: 3, proof: [hash(1), hash(2)], checkpoint: CHECKPOINT }
    expect(parseAddCheckpoint(body)).toEqual(request)
    expect(formatAddCheckpoint(request)).toBe(body)
  })

  test('a request to cosign may have no proof, and up to 63 hashes', () => {
    expect(parseAddCheckpoint(`old 0\n\n${CHECKPOINT}`)).toEqual({ oldSize: 0, proof: [], checkpoint: CHECKPOINT })
    const full = { oldSize: 1, proof: Array(63).fill(hash(1)), checkpoint: CHECKPOINT }
    expect(parseAddCheckpoint(formatAddCheckpoint(full))).toEqual(full)
    expect(() => formatAddCheckpoint({ ...full, proof: Array(64).fill(hash(1)) })).toThrow(RangeError)
  })

  test.each([
    { what: 'nothing', mutate: () => '' },
    { what: 'no old size', mutate: (text: string) => text.replace('old 3\n', '') },
    { what: 'another word for old', mutate: (text: string) => text.replace('old', 'Old') },
    { what: 'two spaces', mutate: (text: string) => text.replace('old 3', 'old  3') },
    { what: 'a leading zero', mutate: (text: string) => text.replace('old 3', 'old 03') },
    { what: 'a sign', mutate: (text: string) => text.replace('old 3', 'old -3') },
    { what: 'an old size above 2^53 - 1', mutate: (text: string) => text.replace('old 3', 'old 9007199254740992') },
    { what: 'a very long old size', mutate: (text: string) => text.replace('old 3', `old ${'9'.repeat(60_000)}`) },
    { what: 'something after the old size', mutate: (text: string) => text.replace('old 3', 'old 3 ') },
    { what: 'a carriage return', mutate: (text: string) => text.replaceAll('\n', '\r\n') },
    { what: 'a hash of 31 bytes', mutate: (text: string) => text.replace(line, formatBase64(new Uint8Array(31))) },
    { what: 'a hash of 33 bytes', mutate: (text: string) => text.replace(line, formatBase64(new Uint8Array(33))) },
    { what: 'a hash without padding', mutate: (text: string) => text.replace(line, line.slice(0, -1)) },
    { what: 'a hash with trailing bits', mutate: (text: string) => text.replace(line, line.replace(/.=$/, 'F=')) },
    { what: 'a hash in hexadecimal', mutate: (text: string) => text.replace(line, '01'.repeat(22)) },
    { what: '64 hashes', mutate: (text: string) => text.replace(line, Array(63).fill(line).join('\n')) },
    { what: 'no empty line', mutate: (text: string) => text.replaceAll('\n\n', '\n') },
  ])('a request to cosign with $what is refused', ({ mutate }) => {
    expect(mutate(body)).not.toBe(body)
    expect(() => parseAddCheckpoint(mutate(body))).toThrow(SyntaxError)
  })

  test('a request to cosign of any text is refused or comes back from its parts, byte for byte', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('old ', '0', '3', '\n', line, ' ', CHECKPOINT)).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (candidate) => {
        try {
          expect(formatAddCheckpoint(parseAddCheckpoint(candidate))).toBe(candidate)
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error
        }
      }),
      { numRuns: 2000 },
    )
  })
})
