import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../src/encoding/uuid.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const anyMoment = fc.date({ min: new Date(0), max: new Date(2 ** 48 - 1), noInvalidDate: true })
const anyBytes = fc.uint8Array({ minLength: 16, maxLength: 16 })

test('an id is a UUID of version 7 that starts with its moment', () => {
  fc.assert(
    fc.property(anyMoment, anyBytes, (at, bytes) => {
      const id = newId(at, () => Uint8Array.from(bytes))
      expect(id).toMatch(UUID_V7)
      expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at.getTime())
    }),
  )
})

// RFC 9562 appendix A.6; the random bits are those of the example.
test('the id for the moment and bytes of RFC 9562 is the id in that document', () => {
  const bytes = Uint8Array.from([0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f])
  expect(newId(new Date(0x017f22e279b0), () => bytes)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('ids of a later millisecond sort after those of an earlier one', () => {
  fc.assert(
    fc.property(anyMoment, anyMoment, anyBytes, anyBytes, (one, other, bytes, otherBytes) => {
      fc.pre(one.getTime() < other.getTime())
      expect(newId(one, () => Uint8Array.from(bytes)) < newId(other, () => Uint8Array.from(otherBytes))).toBe(true)
    }),
  )
})
