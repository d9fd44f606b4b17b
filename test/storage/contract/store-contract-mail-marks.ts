import { describe, expect } from 'vitest'
import type { InStore } from './store-under-test.ts'

/** What a store promises of the marks up to which parties were told of their inbox. */
export function mailMarkContract(name: string, inStore: InStore): void {
  describe(`${name}: mail marks`, () => {
    inStore('a mark is found by its party as it was put last', async ({ mailMarks }) => {
      expect(await mailMarks.find('fier')).toBeUndefined()
      await mailMarks.put({ party: 'fier', failures: 2 })
      await mailMarks.put({ party: 'comensha', deliveryId: 'one', failures: 0 })
      expect(await mailMarks.find('fier')).toEqual({ party: 'fier', failures: 2 })
      await mailMarks.put({ party: 'fier', deliveryId: 'two', failures: 0 })
      expect(await mailMarks.find('fier')).toEqual({ party: 'fier', deliveryId: 'two', failures: 0 })
      expect(await mailMarks.find('comensha')).toEqual({ party: 'comensha', deliveryId: 'one', failures: 0 })
    })

    inStore('a mark leaves the log as it is', async ({ mailMarks, log }) => {
      await mailMarks.put({ party: 'fier', failures: 1 })
      expect(await log.checkpoint()).toBeUndefined()
    })
  })
}
