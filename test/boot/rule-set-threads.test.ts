import { expect, test } from 'vitest'
import { createRuleSetThreads, QUEUE_BOUNDS, WORK_BOUNDS } from '../../src/boot/rule-set-threads.ts'
import { formatArchive, loadArchive } from '../../src/exchange/rule-sets/archived.ts'
import { workHere } from '../../src/exchange/rule-sets/rule-set-work.ts'
import { runCases } from '../../src/policy/analysis/cases.ts'
import { dutySet, mutateSet } from '../exchange/duty-set.ts'

const ON = '2026-11-22'
const ANNA = 'politie.functionaris-1'
const BO = 'comensha.functionaris-1'
const stricter = mutateSet('wet-a', '\n      generaliseren: {geboortedatum: geboortejaar}', '')
const tooComplex = { code: 'policy-too-complex' }

test('a thread works out the same as the caller itself', async () => {
  const threads = createRuleSetThreads()
  for (const files of [dutySet(), mutateSet('wet-a', 'als: [politietaak]', 'als: [politietaken]')])
    expect(await threads.inspect(ANNA, files)).toEqual(await workHere.inspect(ANNA, files))
  const sets = [formatArchive(stricter), formatArchive(dutySet()), ON] as const
  expect(await threads.review(ANNA, ...sets)).toEqual(await workHere.review(ANNA, ...sets))
})

test('a thread that takes too long is ended, and others are served meanwhile', async () => {
  const threads = createRuleSetThreads({ ...WORK_BOUNDS, ms: 200 })
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await expect(threads.inspect(ANNA, dutySet())).rejects.toMatchObject(tooComplex)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(2)
})

test('a thread that needs too much memory is ended', async () => {
  const hostile = [...dutySet(), { path: 'policies/groot.yaml', text: `a: [${'{b: [1, 2, 3]},'.repeat(60_000)}]` }]
  const threads = createRuleSetThreads({ ...WORK_BOUNDS, megabytes: 48 })
  await expect(threads.inspect(ANNA, hostile)).rejects.toMatchObject(tooComplex)
})

test('an answer that is too large is not given', async () => {
  const threads = createRuleSetThreads({ ...WORK_BOUNDS, answer: 100 })
  await expect(threads.review(ANNA, formatArchive(stricter), formatArchive(dutySet()), ON)).rejects.toMatchObject(
    tooComplex,
  )
})

test('a set that is loaded in a thread is the set itself, and decides alike', async () => {
  const set = await createRuleSetThreads().load(formatArchive(dutySet()))
  expect(set).toEqual(loadArchive(formatArchive(dutySet())))
  expect(runCases(set)).toEqual(runCases(loadArchive(formatArchive(dutySet()))))
  expect(runCases(set).length).toBeGreaterThan(0)
})

test('texts that cannot be read are no set, and say why', async () => {
  const broken = formatArchive(mutateSet('wet-a', 'als: [politietaak]', 'als: [politietaken]'))
  await expect(createRuleSetThreads().load(broken)).rejects.toThrow(/rule set: the archived texts have faults/)
})

test('an officer who asks for more than is allowed at once is refused, and another is served', async () => {
  const threads = createRuleSetThreads(WORK_BOUNDS, { ...QUEUE_BOUNDS, perCaller: 2 })
  const ofAnna = [threads.inspect(ANNA, dutySet()), threads.inspect(ANNA, dutySet())]
  await expect(threads.inspect(ANNA, dutySet())).rejects.toMatchObject({
    code: 'too-many-requests',
    retryAfterSeconds: QUEUE_BOUNDS.retrySeconds,
  })
  expect(await threads.inspect(BO, dutySet())).toMatchObject({ ok: true })
  expect(await Promise.all(ofAnna)).toMatchObject([{ ok: true }, { ok: true }])
  expect(await threads.inspect(ANNA, dutySet())).toMatchObject({ ok: true })
})

test('a set in force is loaded although officers fill the queue', async () => {
  const threads = createRuleSetThreads(WORK_BOUNDS, { ...QUEUE_BOUNDS, inAll: 1 })
  const ofAnna = threads.inspect(ANNA, dutySet())
  await expect(threads.inspect(BO, dutySet())).rejects.toMatchObject({ code: 'too-many-requests' })
  expect((await threads.load(formatArchive(dutySet()))).sourceHash).toMatch(/^[0-9a-f]{64}$/)
  await ofAnna
})
