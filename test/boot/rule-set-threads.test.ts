import { expect, test } from 'vitest'
import { createRuleSetThreads, WORK_BOUNDS } from '../../src/boot/rule-set-threads.ts'
import { formatArchive } from '../../src/exchange/rule-sets/archived.ts'
import { workHere } from '../../src/exchange/rule-sets/rule-set-work.ts'
import { dutySet, mutateSet } from '../exchange/duty-set.ts'

const ON = '2026-11-22'
const stricter = mutateSet('wet-a', '\n      generaliseren: {geboortedatum: geboortejaar}', '')
const tooComplex = { code: 'policy-too-complex' }

test('a thread works out the same as the caller itself', async () => {
  const threads = createRuleSetThreads()
  for (const files of [dutySet(), mutateSet('wet-a', 'als: [politietaak]', 'als: [politietaken]')])
    expect(await threads.inspect(files)).toEqual(await workHere.inspect(files))
  const sets = [formatArchive(stricter), formatArchive(dutySet()), ON] as const
  expect(await threads.review(...sets)).toEqual(await workHere.review(...sets))
})

test('a thread that takes too long is ended, and others are served meanwhile', async () => {
  const threads = createRuleSetThreads({ ...WORK_BOUNDS, ms: 20 })
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await expect(threads.inspect(dutySet())).rejects.toMatchObject(tooComplex)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(2)
})

test('a thread that needs too much memory is ended', async () => {
  const hostile = [...dutySet(), { path: 'policies/groot.yaml', text: `a: [${'{b: [1, 2, 3]},'.repeat(60_000)}]` }]
  const threads = createRuleSetThreads({ ...WORK_BOUNDS, megabytes: 48 })
  await expect(threads.inspect(hostile)).rejects.toMatchObject(tooComplex)
})

test('an answer that is too large is not given', async () => {
  const threads = createRuleSetThreads({ ...WORK_BOUNDS, answer: 100 })
  await expect(threads.review(formatArchive(stricter), formatArchive(dutySet()), ON)).rejects.toMatchObject(tooComplex)
})
