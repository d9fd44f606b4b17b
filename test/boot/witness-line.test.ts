import { describe, expect, test } from 'vitest'
import { formatWitnessLine } from '../../src/boot/fault-line.ts'
import type { Submission } from '../../src/witness/client.ts'

const AT = new Date('2026-11-28T20:00:00Z')
const lineOf = (submission: Submission) =>
  JSON.parse(formatWitnessLine('south', submission, AT)) as Record<string, unknown>

describe('line about a witness', () => {
  const troubles: readonly Submission[] = [
    { status: 'rolled-back', treeSize: 9, note: 'the note' },
    { status: 'forked', treeSize: 9, note: 'the note' },
    ...(['unknown-log', 'untrusted-key', 'malformed', 'inconsistent'] as const).map((reason) => ({
      status: 'refused' as const,
      reason,
    })),
    ...(['unreachable', 'unintelligible'] as const).map((reason) => ({ status: 'failed' as const, reason })),
  ]
  test.each(troubles)('the line about a witness states for $status $reason what to do', (submission) => {
    const line = lineOf(submission)
    expect(line).toMatchObject({ at: AT.toISOString(), event: 'witness', witness: 'south', status: submission.status })
    expect(line.reason).toBe('reason' in submission ? submission.reason : undefined)
    expect(line.mend).toMatch(/\w{4}/)
    expect(JSON.stringify(line)).not.toContain('the note')
  })

  test('the line about a witness asks for nothing when all is well', () => {
    expect(lineOf({ status: 'cosigned', treeSize: 9, lines: [] })).toEqual({
      at: AT.toISOString(),
      event: 'witness',
      witness: 'south',
      status: 'cosigned',
      treeSize: 9,
    })
  })
})
