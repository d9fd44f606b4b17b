import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { formatBase64Url, formatHex, formatUtf8 } from '../../src/encoding/bytes.ts'
import { KEY_USES, type KeyPath, type Keyring, type KeyUse } from '../../src/ports/keys.ts'
import { retireEpoch } from '../../src/pseudonym/key-rotation.ts'
import type { KeyringMaterial } from '../../src/pseudonym/keyring.ts'
import { testMaterial } from './fixtures.ts'

/**
 * Codes of the message `bericht`, computed apart from this project with Python's `hmac` and `hashlib`: HKDF (RFC 5869, checked
 * against its appendix A.3) without salt over 32 bytes of the epoch's number, with as info the framed texts
 * `sluis`, `2`, use, domain, family and epoch (a count and then each behind its length, four bytes big-endian each).
 */
const VECTORS: readonly (readonly [use: KeyUse, domain: string, family: string, epoch: number, code: string])[] = [
  ['match', 'comensha-registratie', 'bsn', 1, 'e5f39fbd561f15d9da30a71e6fb35d4693951ec2bcf3fef2dec76b2fbeee3aeb'],
  ['match', 'comensha-registratie', 'bsn', 2, 'f4d6f64cfc47dacfa0ca2070f68fcdc107b5458bf118fb3c1ab95caf55a9a1d8'],
  ['match', 'comensha-registratie', 'voornaam', 1, '8a5e5c3a7ce088159e23177d7853df4f8f448ae8acda1833644077db931aa125'],
  ['pseudonym', 'comensha-registratie', '', 1, 'c51616b7724293e24f9b96e6659a867da648ab915c738df1a590d65901a4ffdf'],
  ['pseudonym', 'opvang/coördinatie', '', 1, '049bdacb492f0fd0a232b58a8cd8f9346390cefb4bff66fa779ed82073b3164c'],
  ['reference', 'politie', '', 1, 'e2fecce200578f34f86d37ce63ce985d4f03acc349c39cace37b8036e6e23d8b'],
  ['idempotency', 'politie', '', 1, '192d5cc0ca0258292e746071e5e0abe43a704cd8821dba4662ac72430a68aff6'],
  ['padding', 'comensha-registratie', 'bsn', 1, '5084b50e4d4024625408d9da038e595161b659344d27b4bc99dc944979138c37'],
  ['own', 'politie', 'code', 1, '2ea6e7b3785016340e15ada44a03533030ad85a57b097234cfc2799149841c36'],
  ['check', '', '', 1, '65388bc6c565c67f22d7a3a95a495cbacf2ff288a843f2cd602c47b0f6879eb3'],
]

/** Epoch 1 is retired from pseudonyms, epoch 2 serves everything, epoch 3 matches only. */
const PARTED: KeyringMaterial = {
  epochs: [
    ...retireEpoch(testMaterial([1, 2]), 1, ['pseudonym']).material.epochs,
    { ...testMaterial([3]).epochs[0]!, uses: ['match'] },
  ],
}

const message = formatUtf8('bericht')
const at = (use: KeyUse, epoch: number, domain = 'a', family = 'f'): KeyPath => ({ use, domain, family, epoch })

/** What every implementation of the port must do, a KMS or an HSM included. `open` makes one from known secrets. */
export function testKeyringContract(name: string, open: (material: KeyringMaterial) => Promise<Keyring>): void {
  describe(`a keyring ${name}`, () => {
    test.each(VECTORS)(
      `a keyring ${name} returns the published code for %s of %s, family %j, epoch %i`,
      async (use, domain, family, epoch, code) => {
        const keyring = await open(testMaterial())
        const codes = await keyring.mac({ use, domain, family, epoch }, [message])
        expect(codes.map(formatHex)).toEqual([code])
      },
    )

    test(`a keyring ${name} answers every message at its position, and none with none`, async () => {
      const keyring = await open(testMaterial())
      const messages = ['x', '', 'y', 'x'].map(formatUtf8)
      const codes = (await keyring.mac(at('match', 1), messages)).map(formatHex)
      expect(codes[3]).toBe(codes[0])
      expect(new Set(codes).size).toBe(3)
      expect((await keyring.mac(at('match', 1), [messages[2]!])).map(formatHex)).toEqual([codes[2]])
      expect(await keyring.mac(at('match', 1), [])).toEqual([])
    })

    test(`a keyring ${name} returns another code for another use, domain, family or epoch`, async () => {
      const keyring = await open(testMaterial())
      const paths = KEY_USES.flatMap((use) =>
        ['', 'a', 'a1'].flatMap((domain) =>
          ['', 'a', '1a'].flatMap((family) => [1, 2, 3].map((epoch) => at(use, epoch, domain, family))),
        ),
      )
      const codes = await Promise.all(paths.map((path) => keyring.mac(path, [message])))
      expect(new Set(codes.map(([code]) => formatHex(code!))).size).toBe(paths.length)
    })

    test(`a keyring ${name} lists the epochs of each use, newest first; padding and own go with match, and every epoch can be checked`, async () => {
      const keyring = await open(PARTED)
      expect(Object.fromEntries(KEY_USES.map((use) => [use, keyring.epochs(use)]))).toEqual({
        match: [3, 2, 1],
        padding: [3, 2, 1],
        own: [3, 2, 1],
        pseudonym: [2],
        reference: [2, 1],
        idempotency: [2, 1],
        check: [3, 2, 1],
      })
    })

    test(`a keyring ${name} refuses an epoch it does not hold, and one for a use that it does not serve`, async () => {
      const keyring = await open(PARTED)
      await expect(keyring.mac(at('match', 4), [message])).rejects.toThrow(RangeError)
      await expect(keyring.mac(at('pseudonym', 1), [message])).rejects.toThrow(RangeError)
      await expect(keyring.mac(at('pseudonym', 3), [message])).rejects.toThrow(RangeError)
    })

    test(`a keyring ${name} recognises an epoch after it was retired from everything, and does nothing else with it`, async () => {
      const [before, after] = await Promise.all(
        [testMaterial(), retireEpoch(testMaterial(), 1).material].map((material) => open(material)),
      )
      const check = { use: 'check', domain: '', family: '', epoch: 1 } as const
      expect(await after!.mac(check, [message])).toEqual(await before!.mac(check, [message]))
      expect(after!.epochs('check')).toEqual([3, 2, 1])
      for (const use of KEY_USES.filter((use) => use !== 'check')) {
        expect(after!.epochs(use)).toEqual([3, 2])
        await expect(after!.mac(at(use, 1), [message])).rejects.toThrow(RangeError)
      }
    })

    test(`a keyring ${name} is not changed when a caller changes a code`, async () => {
      const keyring = await open(testMaterial())
      const [first] = await keyring.mac(at('match', 1), [message])
      const code = formatHex(first!)
      first!.fill(0)
      expect((await keyring.mac(at('match', 1), [message])).map(formatHex)).toEqual([code])
    })

    test(`a keyring ${name} shows no secret, however it is printed`, async () => {
      const master = Uint8Array.from({ length: 32 }, (_, index) => 0x60 + index)
      const { epochs } = testMaterial([1])
      const keyring = await open({
        epochs: [{ ...epochs[0]!, secret: { ...epochs[0]!.secret, reveal: () => master } }],
      })
      await keyring.mac(at('match', 1), [message])
      const printed = [inspect(keyring, { depth: 9, showHidden: true }), JSON.stringify(keyring), `${keyring}`]
      for (const text of printed) {
        for (const spelling of [formatHex(master), formatBase64Url(master), master.join(','), master.join(', ')])
          expect(text).not.toContain(spelling)
        expect(text).not.toMatch(/Uint8Array/)
      }
    })
  })
}
