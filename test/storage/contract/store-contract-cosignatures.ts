import { describe, expect } from 'vitest'
import { parseVerifierKey, verifyNote } from '../../../src/audit/checkpoint/signed-note.ts'
import type { CosignatureLine, Store } from '../../../src/ports/store.ts'
import { newCosigner } from '../../witness/test-log.ts'
import { record } from '../commits.ts'
import type { InStore } from './store-under-test.ts'

const witnesses = ['a.example', 'b.example', 'c.example'].map((name) => {
  const cosigner = newCosigner(name)
  return { cosigner, key: parseVerifierKey(cosigner.verifierKey, 'cosignature/v1') }
})
const [a, b, c] = witnesses as [(typeof witnesses)[0], (typeof witnesses)[0], (typeof witnesses)[0]]

const commit = (store: Store, name: string) => store.commit([{ record: record(name) }])

async function cosign(store: Store, by: typeof a, time = 1): Promise<{ treeSize: number; line: CosignatureLine }> {
  const { treeSize, note } = (await store.log.checkpoint())!
  const text = note.slice(0, note.indexOf('\n\n') + 1)
  return { treeSize, line: { keyName: by.key.name, keyId: by.key.keyId, line: by.cosigner.cosign(time, text) } }
}

async function cosignersOf(note: string | undefined, verifierKey: string): Promise<readonly [string, number][]> {
  const keys = [parseVerifierKey(verifierKey), ...witnesses.map(({ key }) => key)]
  const verification = await verifyNote(note ?? '', keys)
  return verification.ok
    ? verification.signatures.flatMap(({ key, time }) => (time === undefined ? [] : [[key.name, time]]))
    : []
}

/** What a store promises of cosignatures. */
export function cosignatureContract(name: string, inStore: InStore): void {
  describe(`${name}: cosignatures`, () => {
    inStore(
      'cosignatures stand under the checkpoint that they are of, in the order of the names',
      async (store, verifierKey) => {
        await commit(store, 'one')
        const [first, second] = [await cosign(store, b), await cosign(store, a)]
        await store.addCosignatures(1, [first.line])
        await store.addCosignatures(1, [second.line])
        const { note, treeSize } = (await store.log.checkpoint())!
        expect(treeSize).toBe(1)
        expect(await cosignersOf(note, verifierKey)).toEqual([
          ['a.example', 1],
          ['b.example', 1],
        ])
        await commit(store, 'two')
        expect(await cosignersOf((await store.log.checkpoint())!.note, verifierKey)).toEqual([])
      },
    )

    inStore('of two cosignatures of one key for one size the last stays', async (store, verifierKey) => {
      await commit(store, 'one')
      await store.addCosignatures(1, [(await cosign(store, a, 10)).line, (await cosign(store, b, 10)).line])
      await store.addCosignatures(1, [(await cosign(store, a, 20)).line])
      expect(await cosignersOf((await store.log.checkpoint())!.note, verifierKey)).toEqual([
        ['a.example', 20],
        ['b.example', 10],
      ])
    })

    inStore('cosignatures of a size that was never signed are left out', async (store, verifierKey) => {
      await commit(store, 'one')
      const { line } = await cosign(store, a)
      await store.addCosignatures(2, [line])
      await commit(store, 'two')
      expect(await cosignersOf((await store.log.checkpoint())!.note, verifierKey)).toEqual([])
    })

    inStore(
      'cosignatures decide which is the newest checkpoint that enough witnesses cosigned',
      async (store, verifierKey) => {
        expect(await store.log.cosignedCheckpoint(1)).toBeUndefined()
        for (const by of [[a, b, c], [a, b], [c], []]) {
          await commit(store, `by ${by.length}`)
          for (const witness of by) {
            const { treeSize, line } = await cosign(store, witness)
            await store.addCosignatures(treeSize, [line])
          }
        }
        for (const [atLeast, treeSize] of [
          [1, 3],
          [2, 2],
          [3, 1],
        ] as const) {
          const cosigned = await store.log.cosignedCheckpoint(atLeast)
          expect(cosigned?.treeSize).toBe(treeSize)
          expect(await cosignersOf(cosigned?.note, verifierKey)).toHaveLength(atLeast)
        }
        expect(await store.log.cosignedCheckpoint(4)).toBeUndefined()
      },
    )
  })
}
