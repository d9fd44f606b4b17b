import { expect, test } from 'vitest'
import { canInjectFaults, type DiskFault, sweepFaults } from './disk-faults.ts'

const canInject = canInjectFaults()

/** One of each kind; `npm run test:faults` tries many more places. */
const FAULTS: readonly DiskFault[] = [
  { call: 'fsync', error: 'EIO', when: 1, next: 'kill' },
  { call: 'fsync', error: 'ENOSPC', when: 3, next: 'go on' },
  { call: 'pwrite64', error: 'EIO', when: 2, next: 'kill' },
  { call: 'pwrite64', error: 'ENOSPC', when: 30, next: 'go on' },
  { call: 'write', error: 'ENOSPC', when: 1, next: 'go on' },
  { call: 'rename', error: 'EIO', when: 1, next: 'kill' },
]

test.skipIf(!canInject)(
  `a write or fsync that fails once never makes an accepted exchange that no durable checkpoint covers${canInject ? '' : ' (skipped: strace is not installed or not permitted)'}`,
  { timeout: 180_000 },
  async () => {
    const injected = await sweepFaults(FAULTS)
    expect(injected, 'each fault really happened').toEqual(FAULTS.map(() => 1))
  },
)
