import { describe, expect, test } from 'vitest'
import { canInjectFaults, type DiskFault, sweepFaults } from './disk-faults.ts'

const canInject = canInjectFaults()

/** The first calls of each kind fail one by one, half of them in a machine that then stops dead. */
function faultsOf(call: DiskFault['call'], upTo: number): readonly DiskFault[] {
  return Array.from({ length: upTo }, (_, index) => ({
    call,
    error: index % 2 === 0 ? 'EIO' : 'ENOSPC',
    when: index + 1,
    next: index % 4 < 2 ? 'kill' : 'go on',
  }))
}

describe.skipIf(!canInject)('an exchange is accepted only under a durable checkpoint', () => {
  test.each([
    ['fsync', 6],
    ['fdatasync', 2],
    ['pwrite64', 60],
    ['write', 5],
    ['rename', 5],
  ] as const)('whichever of the first calls of %s fails', async (call, upTo) => {
    const injected = await sweepFaults(faultsOf(call, upTo))
    const count = injected.reduce((sum, failed) => sum + failed, 0)
    console.log(`${call}: ${count} of ${upTo} faults injected`)
    // Not every build of SQLite calls fdatasync.
    if (call !== 'fdatasync') expect(count).toBeGreaterThan(0)
  })
})
