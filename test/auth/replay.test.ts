import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReplayMemory } from '../../src/auth/replay.ts'

describe('a replay memory', () => {
  test('a replay memory accepts an identifier once until it expires', () => {
    const memory = createReplayMemory({ capacity: 10 })
    expect(memory.remember('a', 'one', 60, 0)).toBe('fresh')
    expect(memory.remember('a', 'one', 60, 1)).toBe('replayed')
    expect(memory.remember('a', 'one', 60, 60)).toBe('replayed')
    expect(memory.remember('a', 'one', 121, 61)).toBe('fresh')
  })

  test('a replay memory keeps namespaces apart, also where their texts run together', () => {
    const memory = createReplayMemory({ capacity: 10 })
    expect(memory.remember('a', 'bc', 60, 0)).toBe('fresh')
    expect(memory.remember('ab', 'c', 60, 0)).toBe('fresh')
    expect(memory.remember('b', 'bc', 60, 0)).toBe('fresh')
  })

  test('a replay memory refuses what it cannot remember, and has room again when entries expire', () => {
    const memory = createReplayMemory({ capacity: 2 })
    expect(memory.remember('a', 'one', 10, 0)).toBe('fresh')
    expect(memory.remember('a', 'two', 20, 0)).toBe('fresh')
    expect(memory.remember('a', 'three', 20, 0)).toBe('full')
    expect(memory.remember('a', 'one', 10, 0)).toBe('replayed')
    expect(memory.remember('a', 'three', 31, 11)).toBe('fresh')
    expect(memory.remember('a', 'two', 20, 11)).toBe('replayed')
  })

  test('a replay memory does not forget when the clock is set back', () => {
    const memory = createReplayMemory({ capacity: 10 })
    expect(memory.remember('a', 'one', 60, 0)).toBe('fresh')
    expect(memory.remember('a', 'two', 160, 100)).toBe('fresh')
    expect(memory.remember('a', 'one', 60, 10)).toBe('replayed')
  })

  test('a replay memory never accepts the same identifier twice while it is valid, whatever comes in between', () => {
    const use = fc.record({
      jti: fc.constantFrom('one', 'two', 'three'),
      step: fc.double({ min: 0, max: 30, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), (uses) => {
        const memory = createReplayMemory({ capacity: 100 })
        const validUntil = new Map<string, number>()
        let now = 0
        for (const { jti, step } of uses) {
          now += step
          const isValid = (validUntil.get(jti) ?? -1) >= now
          const answer = memory.remember('a', jti, now + 60, now)
          if (isValid) expect(answer).toBe('replayed')
          if (answer === 'fresh') validUntil.set(jti, now + 60)
        }
      }),
    )
  })
})
