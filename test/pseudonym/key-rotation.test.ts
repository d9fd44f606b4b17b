import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LocalisedError } from '../../src/errors.ts'
import { secret } from '../../src/model/secret.ts'
import { KEY_USES } from '../../src/ports/keys.ts'
import { addEpoch, newKeyring, ROTATIONS, type Rotation, retireEpoch } from '../../src/pseudonym/key-rotation.ts'
import { createKeyring, type KeyringMaterial, type ServedUse } from '../../src/pseudonym/keyring.ts'
import { testMaterial } from './fixtures.ts'

const fresh = (fill: number) => secret(new Uint8Array(32).fill(fill))
const start = newKeyring(fresh(1), '2026-11-22')
const epochsByUse = (material: KeyringMaterial) => {
  const keyring = createKeyring(material)
  return Object.fromEntries(KEY_USES.map((use) => [use, keyring.epochs(use)]))
}

describe('a new keyring', () => {
  test('a new keyring has one epoch that serves everything', () => {
    expect(Object.values(epochsByUse(start)).every((epochs) => epochs.join() === '1')).toBe(true)
  })
})

describe('addEpoch', () => {
  test('addEpoch makes the newest epoch for the named uses and leaves the others as they are', () => {
    const { epoch, material } = addEpoch(start, ['match'], fresh(2), '2026-11-23')
    expect(epoch).toBe(2)
    expect(epochsByUse(material)).toEqual({
      ...epochsByUse(start),
      match: [2, 1],
      own: [2, 1],
      padding: [2, 1],
      check: [2, 1],
    })
  })

  test('addEpoch never gives out the number of a retired epoch', () => {
    const { material } = retireEpoch(addEpoch(start, ROTATIONS.match, fresh(2), '2026-11-23').material, 1, ['match'])
    expect(addEpoch(material, ROTATIONS.match, fresh(3), '2026-11-24').epoch).toBe(3)
  })
})

describe('retireEpoch', () => {
  test('retireEpoch keeps the master secret for as long as the epoch serves anything, and destroys it with the last use', () => {
    const { material, retired } = retireEpoch(testMaterial([1, 2]), 1, ['match'])
    expect(retired).toEqual(['match'])
    expect(material.epochs[0]).toMatchObject({ epoch: 1, uses: ['pseudonym', 'reference', 'idempotency'] })
    expect(material.epochs[0]!.secret.reveal()).toEqual(new Uint8Array(32).fill(1))
    const last = retireEpoch(material, 1).material.epochs[0]!
    expect(last.uses).toEqual([])
    expect(last.secret.reveal()).not.toEqual(new Uint8Array(32).fill(1))
  })

  const two = addEpoch(start, ['match'], fresh(2), '2026-11-23').material
  const wrong: readonly (readonly [
    what: string,
    epoch: number,
    uses: readonly ServedUse[] | undefined,
    message: RegExp,
  ])[] = [
    ['an epoch that is not there', 3, undefined, /not in the keyring/],
    ['a use that the epoch does not serve', 2, ['pseudonym'], /does not serve pseudonym/],
    ['the newest of a use', 2, ['match'], /is the newest for match/],
    ['an epoch that is the newest of one of its uses', 1, undefined, /is the newest for pseudonym/],
  ]
  test.each(wrong)('retireEpoch refuses %s', (_, epoch, uses, message) => {
    expect(() => retireEpoch(two, epoch, uses)).toThrow(LocalisedError)
    expect(() => retireEpoch(two, epoch, uses)).toThrow(message)
  })

  test('retireEpoch refuses an epoch that is retired already', () => {
    const { material } = retireEpoch(testMaterial([1, 2]), 1)
    expect(() => retireEpoch(material, 1)).toThrow(/retired already/)
  })
})

describe('however a keyring is rotated and retired', () => {
  type Step = { readonly rotate: Rotation } | { readonly retire: number; readonly use: Rotation | undefined }
  const rotation = fc.constantFrom<Rotation>('match', 'pseudonym', 'lookup')
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ rotate: rotation }),
    fc.record({ retire: fc.integer({ min: 1, max: 6 }), use: fc.option(rotation, { nil: undefined }) }),
  )
  const take = (material: KeyringMaterial, next: Step): KeyringMaterial => {
    if ('rotate' in next) return addEpoch(material, ROTATIONS[next.rotate], fresh(9), '2026-11-22').material
    try {
      return retireEpoch(material, next.retire, next.use && ROTATIONS[next.use]).material
    } catch {
      return material
    }
  }

  test('a keyring opens however it is rotated and retired; no use is ever without an epoch, or comes back to one', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let material = start
        for (const next of steps) {
          const changed = take(material, next)
          createKeyring(changed)
          for (const { epoch, uses } of material.epochs) {
            const now = changed.epochs.find((entry) => entry.epoch === epoch)
            expect(now?.uses.every((use) => uses.includes(use))).toBe(true)
          }
          material = changed
        }
      }),
    )
  })
})
