import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DOCUMENTS, documentAt, shellBlocks } from './documents.ts'
import { type Finished, type ScratchDemo, startScratchDemo } from './scratch-demo.ts'

/** Commands of the docs that this test does not run, each with the reason. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npm run demo': 'the demo is started by this test, on the packages that it runs on itself',
  'npm ci && npm test': 'is what runs this test',
  'npm ci': 'would replace the packages that this test runs on',
  'npm test': 'is what runs this test',
  'npx vitest run test/policy': 'is what runs this test, on another folder',
  'npm run dev:worker': 'test/blackbox runs the same Worker in workerd',
  'npx wrangler secret bulk var/worker-secrets': 'needs an account of the platform',
  'npx wrangler deploy': 'needs an account of the platform',
  'npm run bench': 'measures for minutes',
  'npm run bench:audit': 'measures for minutes',
  'npm run bench:policy': 'measures for minutes',
  'npm run bench:questions': 'measures for minutes',
  'npm run bench:linkage': 'measures for minutes',
  'npm run bench:console': 'measures for minutes',
}
/** Commands that run until they are stopped; the second is what makes them take a free port. */
const UNTIL_STOPPED: readonly [start: string, further: string][] = [
  ['npx sluis serve', ''],
  ['npx sluis witness', ' --port 0'],
]
/** Commands that want a stopped gateway, as the text above them says. */
const GATEWAY_STOPPED = ['npx sluis restore', 'npx sluis log new-origin']

const blocks = DOCUMENTS.flatMap(shellBlocks)
const isRun = (command: string) => !(command in NOT_RUN)

describe('commands that are not run', () => {
  test('each of them still occurs in the docs', () => {
    const all = blocks.flatMap(({ commands }) => commands)
    expect(Object.keys(NOT_RUN).filter((command) => !all.includes(command))).toEqual([])
  })
})

const followed = DOCUMENTS.map((document) => ({
  path: document.path,
  blocks: shellBlocks(document).filter(({ commands }) => commands.some(isRun)),
})).filter((page) => page.blocks.length > 0)

describe.each(followed)('$path', ({ path, blocks }) => {
  let demo: ScratchDemo
  let before: string[]
  beforeAll(async () => {
    demo = await startScratchDemo()
    before = readdirSync(demo.folder)
  })
  afterAll(() => demo.remove())

  /** What the newest output with an id named first. */
  let id: string | undefined

  test.each(blocks)(
    'the commands from line $line on do what the page says',
    { timeout: 120_000 },
    async ({ commands, line }) => {
      let hash: string | undefined
      for (const command of commands.filter(isRun)) {
        const filled = command.replace(/\bID\b/, () => id ?? 'ID').replace(/\bHASH\b/, () => hash ?? 'HASH')
        const finished = await runDocumented(demo, filled)
        expect(finished.code, `${path}:${line}: ${filled}\n${finished.stdout}${finished.stderr}`).toBe(0)
        id = /"id": ?"([^"]+)"/.exec(finished.stdout)?.[1] ?? id
        hash ??= /\b[0-9a-f]{64}\b/.exec(finished.stdout)?.[0]
      }
    },
  )

  test('they write only where git does not look', () => {
    const ignored = ['var', 'dist']
    expect(readdirSync(demo.folder).filter((name) => !before.includes(name) && !ignored.includes(name))).toEqual([])
  })

  if (path === 'README.md') {
    test('the demo prints what the page shows', () => {
      const shown = /^```\n(1\. .*?)^```$/ms.exec(documentAt(path).text)![1]!
      let rest = squeeze(demo.printed)
      for (const line of shown.trim().split('\n')) {
        const found = new RegExp(squeeze(line).split('…').map(escapePattern).join('.*?')).exec(rest)
        expect(found, `the demo does not print, after the lines above it: ${line}`).not.toBeNull()
        rest = rest.slice(found!.index + found![0].length)
      }
    })
  }
})

async function runDocumented(demo: ScratchDemo, command: string): Promise<Finished> {
  const untilStopped = UNTIL_STOPPED.find(([start]) => command.startsWith(start))
  if (untilStopped) return demo.runUntilListening(`${command}${untilStopped[1]}`)
  if (GATEWAY_STOPPED.some((start) => command.startsWith(start))) await demo.stopGateway()
  return demo.run(command)
}

const squeeze = (text: string) => text.trim().replace(/\s+/g, ' ')
const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
