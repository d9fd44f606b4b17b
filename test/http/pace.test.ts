import { expect, test } from 'vitest'
import { createPace } from '../../src/http/pace.ts'

/** A clock that goes on only by waiting, and by work that says how long it takes. */
function createTime() {
  let now = 0
  const waiting: { at: number; resolve: () => void }[] = []
  const wait = (ms: number) => new Promise<void>((resolve) => void waiting.push({ at: now + ms, resolve }))
  const run = async (until: number) => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const [next] = waiting.sort((one, other) => one.at - other.at)
      if (next === undefined || next.at > until) return
      now = next.at
      waiting.shift()!.resolve()
    }
  }
  return { wait, run, now: () => now }
}

test.each([
  [0, 100],
  [7, 100],
  [17, 100],
  [99, 100],
  [101, 200],
  [250, 300],
])('an answer whose work takes %i ms leaves after %i ms', async (takes, leaves) => {
  const { wait, run, now } = createTime()
  const pace = createPace(100, wait)
  let left: number | undefined
  const answer = pace(async () => {
    if (takes > 0) await wait(takes)
    return 'answer'
  }).finally(() => {
    left = now()
  })
  await run(1000)
  expect(await answer).toBe('answer')
  expect(left).toBe(leaves)
})

test('an error leaves at the same distance as an answer', async () => {
  const { wait, run, now } = createTime()
  let left: number | undefined
  const answer = createPace(
    100,
    wait,
  )(async () => {
    await wait(3)
    throw new Error('refused')
  }).catch((error: unknown) => {
    left = now()
    return error
  })
  await run(1000)
  expect(await answer).toMatchObject({ message: 'refused' })
  expect(left).toBe(100)
})

test('an interval of nothing lets every answer leave at once', async () => {
  const pace = createPace(0, () => Promise.reject(new Error('waited')))
  expect(await pace(async () => 'answer')).toBe('answer')
})
