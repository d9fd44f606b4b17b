import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commit, SALT_BYTES } from '../../../src/audit/record/commitment.ts'
import { formatUtf8 } from '../../../src/encoding/bytes.ts'

const salt = new Uint8Array(SALT_BYTES).fill(7)

describe('commitment', () => {
  test('a commitment is SHA-256 over tag, length of label, label, salt and value', () => {
    const expected = createHash('sha256')
      .update('sluis commitment v1\n')
      .update(Uint8Array.of(0, 0, 0, 7))
      .update('payload')
      .update(salt)
      .update('value')
      .digest()
    expect(commit('payload', salt, formatUtf8('value'))).toEqual(Uint8Array.from(expected))
  })

  test('a commitment differs whenever label, salt or value differs, wherever the boundary between them lies', () => {
    const input = fc.record({
      label: fc.string({ maxLength: 4 }),
      salt: fc.uint8Array({ minLength: SALT_BYTES, maxLength: SALT_BYTES }),
      value: fc.uint8Array({ maxLength: 4 }),
    })
    fc.assert(
      fc.property(input, input, (one, other) => {
        const isSameInput =
          one.label === other.label &&
          Buffer.compare(one.salt, other.salt) === 0 &&
          Buffer.compare(one.value, other.value) === 0
        const [first, second] = [one, other].map(({ label, salt, value }) => commit(label, salt, value))
        expect(Buffer.compare(first!, second!) === 0).toBe(isSameInput)
      }),
    )
    expect(commit('ab', salt, formatUtf8('c'))).not.toEqual(commit('a', salt, formatUtf8('bc')))
    expect(commit('', salt, formatUtf8('ab'))).not.toEqual(commit('ab', salt, formatUtf8('')))
  })

  test('a commitment with a salt of another length is refused', () => {
    for (const length of [0, 16, 31, 33, 64]) {
      expect(() => commit('payload', new Uint8Array(length), formatUtf8('value'))).toThrow(RangeError)
    }
  })
})
