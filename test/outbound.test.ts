import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** What leaves the process: requests and files. */

const FILES = globSync('src/**/*.ts').map((path) => ({ path, text: readFileSync(path, 'utf8') }))

const callsOf = (pattern: RegExp) =>
  FILES.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(({ index }) => ({ path, call: bracketed(text, text.indexOf('(', index)) })),
  )

/** The arguments of a call whose bracket opens at `start`. */
function bracketed(text: string, start: number): string {
  let depth = 0
  for (let end = start; end < text.length; end++) {
    if (text[end] === '(') depth++
    if (text[end] === ')' && --depth === 0) return text.slice(start, end + 1)
  }
  return text.slice(start)
}

describe('requests', () => {
  test('no request follows a redirect: each says so, or passes on one that does', () => {
    const fetches = callsOf(/(?<![\w.])fetch\((?!request: Request)/g)
    const requests = callsOf(/new Request\(/g).filter(({ path }) => path !== 'src/worker.ts')
    expect([fetches.length, requests.length].every((count) => count >= 2)).toBe(true)
    const following = [...fetches, ...requests].filter(
      ({ path, call }) => !/redirect: '(manual|error)'/.test(call) && !FORWARDED.has(`${path} ${call}`),
    )
    expect(following).toEqual([])
  })
})

/** Calls that pass on a request made elsewhere, or that are no requests. */
const FORWARDED = new Set([
  'src/worker.ts (request)',
  'src/boot/node.ts (request)',
  'src/boot/listen.ts (request)',
  'src/cli/party/open-client.ts (request)',
  'src/cli/demo/play.ts (request)',
  'src/witness/ask.ts (request)',
  'src/audit/verify/verify-tiled-log.ts (next++)',
])

describe('files', () => {
  test('files are written by the functions that set a mode and follow no link', () => {
    const writing = /\b(writeFileSync|createWriteStream|appendFileSync|copyFileSync|cpSync)\(/
    const others = FILES.filter(({ path, text }) => writing.test(text) && !WRITERS.has(path))
    expect(others.map(({ path }) => path)).toEqual([])
  })

  test('a file that may be created is opened by flags that follow no link', () => {
    const opens = callsOf(/\bopenSync\(/g).filter(({ call }) => /O_CREAT|'[wa]\+?'/.test(call))
    expect(opens.length).toBeGreaterThan(3)
    expect(opens.filter(({ call }) => !/O_NOFOLLOW|O_EXCL/.test(call))).toEqual([])
  })
})

const WRITERS = new Set([
  'src/storage/files/private-file.ts',
  // Changes a copy in a folder of its own, to show that the change is found.
  'src/cli/demo/play.ts',
])
