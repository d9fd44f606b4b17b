import '../../src/cli/check-node.js'
import { defineConfig } from 'vitest/config'

/** Attacks take longer than tests and print what they got: `npm run test:attack`. */
export default defineConfig({
  test: {
    include: ['test/attack/**/*.attack.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    disableConsoleIntercept: true,
  },
})
