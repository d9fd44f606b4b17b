import { expect, test } from 'vitest'
import { createLockWait } from '../../src/storage/lock-wait.ts'

const PATIENCE = { pauseMs: 1, pauses: 3 }
const locked = () => Object.assign(new Error('query failed'), { cause: busy('SQLITE_BUSY') })
const busy = (code: string) => Object.assign(new Error('database is locked'), { code })

/** Work that fails this often before it succeeds. */
function failing(times: number, error: () => Error = locked): { work: () => string; tries: () => number } {
  let tries = 0
  return {
    tries: () => tries,
    work() {
      tries += 1
      if (tries <= times) throw error()
      return 'done'
    },
  }
}

test.each(['SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_BUSY_TIMEOUT'])(
  'work that meets a lock (%s) is tried again until the lock is gone',
  async (code) => {
    const { work, tries } = failing(3, () => busy(code))
    expect(await createLockWait(PATIENCE)(work)).toBe('done')
    expect(tries()).toBe(4)
  },
)

test('a lock that lasts ends with log-unavailable', async () => {
  const { work, tries } = failing(Number.POSITIVE_INFINITY)
  await expect(createLockWait(PATIENCE)(work)).rejects.toMatchObject({ code: 'log-unavailable' })
  expect(tries()).toBe(4)
})

test('another error is given on at once, as it is', async () => {
  const { work, tries } = failing(1, () => busy('SQLITE_FULL'))
  await expect(createLockWait(PATIENCE)(work)).rejects.toThrow('database is locked')
  expect(tries()).toBe(1)
})

test('once a lock was waited for in vain, others fail at once until the database is free', async () => {
  const whenUnlocked = createLockWait(PATIENCE)
  const held = failing(Number.POSITIVE_INFINITY)
  await expect(whenUnlocked(held.work)).rejects.toMatchObject({ code: 'log-unavailable' })
  const later = failing(1)
  await expect(whenUnlocked(later.work)).rejects.toMatchObject({ code: 'log-unavailable' })
  expect(later.tries()).toBe(1)
  expect(await whenUnlocked(later.work)).toBe('done')
  const after = failing(2)
  expect(await whenUnlocked(after.work)).toBe('done')
})

test('work that waits together shares one wait, and is tried in order', async () => {
  const whenUnlocked = createLockWait(PATIENCE)
  let isHeld = true
  const order: number[] = []
  const waiting = [1, 2, 3].map((number) =>
    whenUnlocked(() => {
      if (isHeld) throw locked()
      order.push(number)
    }),
  )
  await new Promise((resolve) => setTimeout(resolve, 0))
  isHeld = false
  await Promise.all(waiting)
  expect(order).toEqual([1, 2, 3])
})
