import '../../src/cli/check-node.js'
import { defineConfig } from 'vitest/config'

/** Every place where a disk can fail takes minutes: `npm run test:faults`. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.sweep.ts'],
    testTimeout: 1_800_000,
    maxWorkers: 1,
    disableConsoleIntercept: true,
  },
})
