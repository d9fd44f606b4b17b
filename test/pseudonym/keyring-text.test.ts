import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBase64Url } from '../../src/encoding/bytes.ts'
import { secret } from '../../src/model/secret.ts'
import { type KeyringMaterial, SERVED_USES } from '../../src/pseudonym/keyring.ts'
import { formatKeyring, parseKeyring } from '../../src/pseudonym/keyring-text.ts'
import { testMaterial } from './fixtures.ts'

const spell = (fill: number) => formatBase64Url(new Uint8Array(32).fill(fill))
const reveal = ({ epochs }: KeyringMaterial) =>
  epochs.map((entry) => ({ ...entry, secret: [...entry.secret.reveal()] }))

describe('the JSON form of a keyring', () => {
  test('the JSON form of a keyring is the documented one', () => {
    const [one, two, three] = testMaterial([1, 2, 3]).epochs
    const { created: _, ...undated } = one!
    const material = { epochs: [{ ...three!, uses: [] }, { ...two!, uses: ['pseudonym', 'match'] as const }, undated] }
    expect(JSON.parse(formatKeyring(material))).toEqual({
      version: 2,
      epochs: [
        { epoch: 1, uses: ['match', 'pseudonym', 'reference', 'idempotency'], secret: spell(1) },
        { epoch: 2, created: '2026-11-22', uses: ['match', 'pseudonym'], secret: spell(2) },
        { epoch: 3, created: '2026-11-22', uses: [], secret: spell(3) },
      ],
    })
  })

  test('the JSON form of a keyring gives back the keyring it was made from', () => {
    const entry = fc.record({
      epoch: fc.integer({ min: 1, max: 99 }),
      created: fc.constantFrom('2026-11-22', '2024-02-29'),
      uses: fc.subarray([...SERVED_USES]),
      secret: fc.uint8Array({ minLength: 32, maxLength: 64 }).map(secret),
    })
    const epochs = fc.uniqueArray(entry, { minLength: 1, maxLength: 9, selector: ({ epoch }) => epoch })
    fc.assert(
      fc.property(epochs, (list) => {
        const sorted = list.toSorted((a, b) => a.epoch - b.epoch)
        expect(reveal(parseKeyring(formatKeyring({ epochs: list })))).toEqual(reveal({ epochs: sorted }))
      }),
    )
  })

  test('the JSON form of a keyring opens in version 1: every epoch serves everything, since nobody knows when', () => {
    const epochs = [1, 2].map((epoch) => ({ epoch, secret: spell(epoch) }))
    expect(reveal(parseKeyring(JSON.stringify({ version: 1, currentEpoch: 2, epochs })))).toEqual(
      reveal({ epochs: testMaterial([1, 2]).epochs.map(({ created: _, ...rest }) => rest) }),
    )
  })

  const good = spell(200)
  const second = (members: object) =>
    JSON.stringify({ version: 2, epochs: [{ epoch: 1, uses: ['match'], secret: good, ...members }] })
  const wrong: readonly (readonly [what: string, text: string, place: string])[] = [
    ['cut off', second({}).slice(0, -4), 'not JSON'],
    ['a bare secret', good, 'not JSON'],
    ['a list', `["${good}"]`, 'the whole text'],
    ['another version', `{"version":3,"epochs":[{"epoch":1,"secret":"${good}"}]}`, 'version'],
    ['without epochs', '{"version":2,"epochs":[]}', 'epochs'],
    ['one with a secret as member name', second({ [good]: 1 }), 'epochs.0'],
    ['one with an epoch as text', second({ epoch: good }), 'epochs.0.epoch'],
    ['one with a date that is none', second({ created: `${good}` }), 'epochs.0.created'],
    ['one with a use that is none', second({ uses: [good] }), 'epochs.0.uses.0'],
    ['one with a use that follows from another', second({ uses: ['padding'] }), 'epochs.0.uses.0'],
    ['one with a secret with padding', second({ secret: `${good}=` }), 'epochs.0.secret'],
    ['one with a short secret', second({ secret: good.slice(0, 40) }), 'epochs.0.secret'],
    [
      'one with an epoch twice',
      JSON.stringify({ version: 2, epochs: [1, 1].map((epoch) => ({ epoch, uses: ['match'], secret: good })) }),
      'epochs.1.epoch',
    ],
    [
      'of version 1 and has a newer epoch than the current one',
      JSON.stringify({ version: 1, currentEpoch: 1, epochs: [1, 2].map((epoch) => ({ epoch, secret: good })) }),
      'currentEpoch',
    ],
  ]
  test.each(wrong)('a keyring text is refused when it is %s, in words that hold nothing of it', (_, text, place) => {
    let caught: unknown
    try {
      parseKeyring(text)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(SyntaxError)
    expect((caught as Error).message).toContain(place)
    // A stretch as short as an engine quotes.
    expect(inspect(caught, { depth: 9 })).not.toContain(good.slice(0, 8))
  })
})
