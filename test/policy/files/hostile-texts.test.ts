import { expect, test } from 'vitest'
import { hostileTexts } from '../../../bench/hostile-texts.ts'
import { loadPolicySet } from '../../../src/policy/files/load.ts'
import { dutySet } from '../../exchange/duty-set.ts'

test.each(Object.entries(hostileTexts(5_000)))('a file of %s has faults with a position in that file', (_, text) => {
  const loaded = loadPolicySet([...dutySet(), { path: 'policies/vijandig.yaml', text }])
  expect(loaded.ok).toBe(false)
  const faults = loaded.ok ? [] : loaded.faults
  expect(faults.length).toBeGreaterThan(0)
  expect(new Set(faults.map(({ file }) => file))).toEqual(new Set(['policies/vijandig.yaml']))
})
