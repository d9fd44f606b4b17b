import { describe, expect } from 'vitest'
import type { InStore } from './store-under-test.ts'

const HOUR = 3600

/** What a store promises of what it remembers for a while: token ids that were used, and budgets that were spent. */
export function memoryContract(name: string, inStore: InStore): void {
  describe(`${name}: token ids`, () => {
    inStore('a token id is new once for each issuer, until it expires', async (store) => {
      expect(await store.rememberJti('a', 'jti', 100, 0)).toBe(true)
      expect(await store.rememberJti('a', 'jti', 100, 50)).toBe(false)
      expect(await store.rememberJti('b', 'jti', 100, 50)).toBe(true)
      expect(await store.rememberJti('a', 'jti', 100, 99)).toBe(false)
      expect(await store.rememberJti('a', 'jti', 300, 200)).toBe(true)
    })

    inStore('of many who show one token id at once exactly one is the first', async (store) => {
      const answers = await Promise.all(Array.from({ length: 300 }, () => store.rememberJti('a', 'jti', 100, 0)))
      expect(answers.filter((isNew) => isNew)).toHaveLength(1)
    })
  })

  describe(`${name}: probes`, () => {
    inStore('a probe leaves the log as it is, and costs no party anything', async (store) => {
      const before = await store.log.checkpoint()
      await Promise.all(Array.from({ length: 300 }, () => store.probeWrite()))
      expect(await store.log.checkpoint()).toEqual(before)
      expect(await store.spend('reports', 'politie', 0, 1)).toEqual({ isAllowed: true, isFirstRefusal: false })
    })
  })

  describe(`${name}: budgets`, () => {
    const allowed = { isAllowed: true, isFirstRefusal: false }
    const firstRefusal = { isAllowed: false, isFirstRefusal: true }
    const refused = { isAllowed: false, isFirstRefusal: false }

    inStore(
      'a party may do something as often as its limit in each window, and one refusal is the first',
      async (store) => {
        const spend = (window: number) => store.spend('reports', 'politie', window, 2)
        for (const window of [0, HOUR]) {
          for (const answer of [allowed, allowed, firstRefusal, refused]) expect(await spend(window)).toEqual(answer)
        }
      },
    )

    inStore('parties and budgets are counted apart', async (store) => {
      expect(await store.spend('reports', 'politie', 0, 1)).toEqual(allowed)
      expect(await store.spend('reports', 'kmar', 0, 1)).toEqual(allowed)
      expect(await store.spend('subject-requests', 'politie', 0, 1)).toEqual(allowed)
      expect(await store.spend('reports', 'politie', 0, 1)).toEqual(firstRefusal)
    })

    inStore('a limit of nothing refuses at once, and a wider one allows again', async (store) => {
      expect(await store.spend('reports', 'politie', 0, 0)).toEqual(firstRefusal)
      expect(await store.spend('reports', 'politie', 0, 1)).toEqual(allowed)
      expect(await store.spend('reports', 'politie', 0, 1)).toEqual(refused)
    })

    inStore('a clock that goes back gives nobody a second budget', async (store) => {
      expect(await store.spend('reports', 'politie', HOUR, 1)).toEqual(allowed)
      expect(await store.spend('reports', 'politie', 0, 1)).toEqual(firstRefusal)
      expect(await store.spend('reports', 'politie', HOUR, 1)).toEqual(refused)
    })

    inStore(
      'of many who spend at once exactly as many are allowed as may be, and one hears it first',
      async (store) => {
        const answers = await Promise.all(Array.from({ length: 300 }, () => store.spend('reports', 'politie', 0, 200)))
        expect(answers.filter(({ isAllowed }) => isAllowed)).toHaveLength(200)
        expect(answers.filter(({ isFirstRefusal }) => isFirstRefusal)).toHaveLength(1)
      },
    )
  })
}
