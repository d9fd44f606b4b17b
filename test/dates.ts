import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

/**
 * Runs the tests under clocks of other dates, child processes and workerd included: `npm run test:dates -- [DATE…] [FILE…]`.
 * Needs libfaketime (Debian: `apt-get install faketime`). It is slow, and so no part of `npm test`.
 */

/** Moments at which code that counts in days, months or local hours goes wrong; each run starts there and time goes on. */
const DATES: Readonly<Record<string, string>> = {
  'leap-day': '2028-02-29T12:00:00Z',
  'last-day-of-the-year': '2026-12-31T12:00:00Z',
  'new-year-in-amsterdam': '2026-12-31T23:30:00Z',
  'one-minute-before-summer-time': '2027-03-28T00:59:00Z',
  'one-minute-before-winter-time': '2027-10-31T00:59:00Z',
  'three-years-ahead': '2029-12-01T09:00:00Z',
}

const LIBRARIES = [
  '/usr/lib/*-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib*/faketime/libfaketime.so.1',
  '/usr/local/lib/faketime/libfaketime.so.1',
]

const library = LIBRARIES.flatMap((pattern) => globSync(pattern))[0]
if (library === undefined) {
  console.error(
    `test:dates needs libfaketime, which is in none of ${LIBRARIES.join(', ')}; install the package \`faketime\``,
  )
  process.exit(1)
}

const asked = process.argv.slice(2)
const names = asked.filter((word) => word in DATES)
const files = asked.filter((word) => !(word in DATES))
const failed = (names.length > 0 ? names : Object.keys(DATES)).filter((name) => {
  const start = DATES[name]!
  console.log(`\n${name}: from ${start}`)
  // An offset, because an absolute start would begin again in every child process.
  const seconds = Math.round((Date.parse(start) - Date.now()) / 1000)
  const { status } = spawnSync('vitest', ['run', ...files], {
    stdio: 'inherit',
    env: {
      ...process.env,
      LD_PRELOAD: library,
      FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}`,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  })
  return status !== 0
})
if (failed.length > 0) {
  console.error(`\ntests fail at: ${failed.join(', ')}`)
  process.exit(1)
}
