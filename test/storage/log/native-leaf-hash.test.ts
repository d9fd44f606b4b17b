import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leafHash } from '../../../src/audit/tree/tree.ts'
import { nativeLeafHash } from '../../../src/storage/log/native-leaf-hash.ts'

test('the leaf hash of node:crypto is that of the tree, for any record', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096, size: 'max' }), (record) => {
      expect(nativeLeafHash(record)).toEqual(leafHash(record))
    }),
  )
})
