import { expect, test } from 'vitest'
import { formatArchive, loadArchive } from '../../../src/exchange/rule-sets/archived.ts'
import { diffPolicySets } from '../../../src/policy/analysis/diff.ts'
import { dutySet, mutateSet } from '../../exchange/duty-set.ts'

test('a comparison of two sets that takes too much is ended with policy-too-complex', () => {
  const old = loadArchive(formatArchive(dutySet()))
  const next = loadArchive(
    formatArchive(mutateSet('wet-a', '\n      generaliseren: {geboortedatum: geboortejaar}', '')),
  )
  const compare = (most?: number) => diffPolicySets(old, next, () => {}, most)
  expect(compare().length).toBeGreaterThan(0)
  expect(() => compare(0)).toThrow(expect.objectContaining({ code: 'policy-too-complex' }))
})
