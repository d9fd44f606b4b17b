import { expect, test } from 'vitest'
import { createRuleSetQueue } from '../../src/boot/rule-set-queue.ts'

const BOUNDS = { perCaller: 2, inAll: 3, retrySeconds: 30 }

/** A queue whose works end when told to. */
function openQueue(bounds = BOUNDS) {
  const queue = createRuleSetQueue(bounds)
  const started: string[] = []
  const ends: (() => void)[] = []
  return {
    started,
    ask: (caller: string) =>
      queue(caller, () => {
        started.push(caller)
        return new Promise<string>((resolve) => ends.push(() => resolve(caller)))
      }),
    async endFirst() {
      ends.shift()!()
      await new Promise((resolve) => setTimeout(resolve, 0))
    },
  }
}

test('one work runs at a time, in the order of the calls', async () => {
  const { ask, started, endFirst } = openQueue()
  const answers = [ask('a'), ask('b'), ask('c')]
  expect(started).toEqual(['a'])
  await endFirst()
  expect(started).toEqual(['a', 'b'])
  await endFirst()
  await endFirst()
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c'])
})

test('whoever was served least recently comes first', async () => {
  const { ask, started, endFirst } = openQueue()
  const answers = [ask('a'), ask('a'), ask('b')]
  for (const _ of answers) await endFirst()
  await Promise.all(answers)
  expect(started).toEqual(['a', 'b', 'a'])
})

test.each<[what: string, before: readonly string[], caller: string]>([
  ['a caller who has as many as allowed', ['a', 'a'], 'a'],
  ['everybody when the queue is full', ['a', 'a', 'b'], 'c'],
])('%s is refused, and may try again later', async (_, before, caller) => {
  const { ask, started, endFirst } = openQueue()
  const accepted = before.map(ask)
  await expect(ask(caller)).rejects.toMatchObject({ code: 'too-many-requests', retryAfterSeconds: 30 })
  for (const _ of accepted) await endFirst()
  await Promise.all(accepted)
  expect(started).toHaveLength(before.length)
  const again = ask(caller)
  await endFirst()
  expect(await again).toBe(caller)
})

test('a work that fails fails its caller alone', async () => {
  const queue = createRuleSetQueue(BOUNDS)
  const failing = queue('a', () => Promise.reject(new Error('broken')))
  const next = queue('b', async () => 'done')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})
