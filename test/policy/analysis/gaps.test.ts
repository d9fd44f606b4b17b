import { describe, expect, test } from 'vitest'
import { createGapTally, type LegalGap, type Refusal, SMALL_CELL } from '../../../src/policy/analysis/gaps.ts'
import type { PolicySet } from '../../../src/policy/policy-set.ts'
import { loadSmall } from '../small-set.ts'

const set = loadSmall()
const refusal: Refusal = {
  sender: 'politie',
  recipient: 'opvanghuis',
  purpose: 'opvang',
  at: '2024-06-01T12:00:00Z',
  role: 'slachtoffer',
  fields: ['land', 'naam'],
}

function countGaps(of: PolicySet, refusals: readonly Refusal[]): readonly LegalGap[] {
  const tally = createGapTally(of)
  for (const one of refusals) tally.add(one)
  return tally.gaps()
}

describe('the gap report', () => {
  test('senders of a group are counted together, and one without a group by itself', () => {
    const gaps = countGaps(set, [refusal, { ...refusal, sender: 'kmar' }, { ...refusal, sender: 'meldpunt' }])
    expect(gaps.map(({ senderGroup, reports }) => [senderGroup, reports])).toEqual([
      ['opsporing', 2],
      ['meldpunt', 1],
    ])
  })

  test('the gap report counts reports by month in Amsterdam and by field', () => {
    const [gap] = countGaps(set, [
      refusal,
      { ...refusal, fields: ['land'] },
      { ...refusal, at: '2024-06-30T22:30:00Z', fields: ['land', 'land'] },
    ])
    expect(gap).toMatchObject({
      reports: 3,
      months: [
        { month: '2024-06', reports: 2 },
        { month: '2024-07', reports: 1 },
      ],
      fields: [
        { field: 'land', count: 3 },
        { field: 'naam', count: 1 },
      ],
    })
  })

  test.each(['recipient', 'purpose', 'role'] as const)('gaps with another %s are counted separately', (member) => {
    expect(countGaps(set, [refusal, { ...refusal, [member]: 'anders' }])).toHaveLength(2)
  })

  test('small cells are marked and the most frequent gap comes first', () => {
    const many = Array.from({ length: SMALL_CELL }, () => ({ ...refusal, role: 'verdachte' }))
    expect(countGaps(set, [refusal, ...many]).map(({ role, isSmall }) => [role, isSmall])).toEqual([
      ['verdachte', false],
      ['slachtoffer', true],
    ])
  })

  test('the gap report of no questions is empty', () => {
    expect(countGaps(set, [])).toEqual([])
  })
})
