import { describe, expect, test } from 'vitest'
import { keyJtis } from '../../src/auth/keyed-jtis.ts'
import { testKeyring } from '../pseudonym/fixtures.ts'
import { createJtiMemory } from './context.ts'

/** A memory that shows what it was given. */
function openMemory() {
  const memory = createJtiMemory()
  const given: string[] = []
  return {
    given,
    store: {
      rememberJti: (...[issuer, jti, expiresAt, now]: Parameters<typeof memory.rememberJti>) => {
        given.push(jti)
        return memory.rememberJti(issuer, jti, expiresAt, now)
      },
    },
  }
}

describe('the id of a token', () => {
  test('the id of a token is new once for each issuer', async () => {
    const { store } = openMemory()
    const keyed = keyJtis(store, testKeyring([1]))
    expect(await keyed.rememberJti('politie', 'een', 100, 0)).toBe(true)
    expect(await keyed.rememberJti('politie', 'een', 100, 0)).toBe(false)
    expect(await keyed.rememberJti('politie', 'twee', 100, 0)).toBe(true)
    expect(await keyed.rememberJti('fier', 'een', 100, 0)).toBe(true)
  })

  test('the id of a token is not kept as it was sent, and differs for two issuers', async () => {
    const { store, given } = openMemory()
    const keyed = keyJtis(store, testKeyring([1]))
    for (const issuer of ['politie', 'fier']) await keyed.rememberJti(issuer, '999990639', 100, 0)
    expect(given.join()).not.toContain('999990639')
    expect(new Set(given).size).toBe(2)
    for (const kept of given) expect(kept).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  test('the id of a token stays used after a rotation, and as long as its epoch is held', async () => {
    const { store } = openMemory()
    expect(await keyJtis(store, testKeyring([1])).rememberJti('politie', 'een', 100, 0)).toBe(true)
    expect(await keyJtis(store, testKeyring([1, 2])).rememberJti('politie', 'een', 100, 0)).toBe(false)
    expect(await keyJtis(store, testKeyring([2])).rememberJti('politie', 'twee', 100, 0)).toBe(true)
  })

  test('the id of a token is not accepted when it cannot be remembered', async () => {
    const { store } = openMemory()
    const keyless = { ...testKeyring([1]), epochs: () => [] }
    expect(await keyJtis(store, keyless).rememberJti('politie', 'een', 100, 0)).toBe(false)
  })
})
